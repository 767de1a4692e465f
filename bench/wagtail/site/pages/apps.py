"""The application of the county's pages."""

# mypy: ignore-errors

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """Its name."""

    name = "pages"
