"""A page in the frame of its subsite: header, menu and footer."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from threading import Lock
from typing import cast

from flask import Flask, current_app, request

from app.theming.pages import Page, Site
from app.theming.render import render
from app.theming.toolbar import Toolbar

SiteMaker = Callable[[], Site]
#: So many frames are remembered, some kilobytes each.
REMEMBERED = 256


class Frames:
    """The frames that this process has put around pages lately, by host and what is mounted there."""

    def __init__(self) -> None:
        self._frames: OrderedDict[tuple[str, str], Site] = OrderedDict()
        self._lock = Lock()

    def remember(self, site: Site) -> None:
        """Note a frame."""
        with self._lock:
            self._frames[_where()] = site
            self._frames.move_to_end(_where())
            if len(self._frames) > REMEMBERED:
                self._frames.popitem(last=False)

    def find(self) -> Site | None:
        """Return the requested subsite's frame if it is known, without what one page or one moment has."""
        site = self._frames.get(_where())
        if site is None:
            return None
        menu = tuple(replace(link, current=False) for link in site.menu)
        return replace(site, menu=menu, toolbar=Toolbar(), banners=(), announcements=())


def init_app(app: Flask, site: SiteMaker) -> None:
    """Say who knows the current subsite; the frame itself is below all features."""
    app.extensions["site"] = site
    app.extensions["frames"] = Frames()


def current_site() -> Site:
    """Return the frame of the current subsite."""
    site = cast("SiteMaker", current_app.extensions["site"])()
    cast("Frames", current_app.extensions["frames"]).remember(site)
    return site


def remembered_site() -> Site | None:
    """Return the frame of the requested subsite without asking the database, if one is remembered."""
    return cast("Frames", current_app.extensions["frames"]).find()


def _where() -> tuple[str, str]:
    return request.host, request.script_root


def render_framed(page: Page) -> str:
    """Render a page in the theme of the current subsite."""
    return render(page, current_site())
