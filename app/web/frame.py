"""A page in the frame of its subsite: header, menu and footer."""

from collections.abc import Callable
from typing import cast

from flask import Flask, current_app

from app.theming.pages import Page, Site
from app.theming.render import render

SiteMaker = Callable[[], Site]


def init_app(app: Flask, site: SiteMaker) -> None:
    """Say who knows the current subsite; the frame itself is below all features."""
    app.extensions["site"] = site


def current_site() -> Site:
    """Return the frame of the current subsite."""
    return cast("SiteMaker", current_app.extensions["site"])()


def render_framed(page: Page) -> str:
    """Render a page in the theme of the current subsite."""
    return render(page, current_site())
