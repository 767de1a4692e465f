"""The county office's desk: Flask-Admin over all tenants, for operators only."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Lay out the desk."""
