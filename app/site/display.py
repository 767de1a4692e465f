"""The bar of display choices for the page that was asked for."""

from flask import current_app

from app.display.steps import current_mode, page_path
from app.display.traditional import is_traditional
from app.theming.toolbar import Toolbar, toolbar_of
from app.web.visitors_scripts import script_url


def current_toolbar() -> Toolbar:
    """Return the bar; a preview in the console is shown in nobody's mode, and without a script."""
    if "pages" not in current_app.extensions:
        return toolbar_of("/")
    return toolbar_of(
        page_path(), current_mode(), is_traditional=is_traditional(), script=script_url("reading.js")
    )
