"""The front door: which of the two applications a request is for, told by its host name alone."""

from functools import partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, cast

from app import create_console_app, create_public_app
from app.display.traditional import TraditionalMount
from app.pagecache.door import FinishedPages
from app.pagecache.files import lay_out
from app.pagecache.moments import drop_false_dates
from app.pagecache.watch import Watch
from app.tenancy.hostname import normalised
from app.tenancy.mount import UnitMount
from app.theming import assets
from app.visits.counting import count_kept
from app.web import visitors_scripts
from app.web.challenge import script as challenge
from app.web.proxy import TrustedProxies

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from flask import Flask

    from app.theming.registry import Registry


class Front:
    """Both applications behind one WSGI callable."""

    def __init__(self, overrides: "Mapping[str, object] | None" = None) -> None:
        self.public: Flask = create_public_app(overrides)
        self.console: Flask = create_console_app(overrides)
        self._mounted = FinishedPages(
            self.public, TraditionalMount(UnitMount(self.public)), partial(count_kept, self.public)
        )
        proxies = str(self.console.config["TRUSTED_PROXIES"])
        self._door: WSGIApplication = TrustedProxies(self._dispatch, proxies)

    def watch(self) -> None:
        """Look after kept pages beside the requests, as each worker does once it has been forked."""
        Watch(self.public).start()
        Thread(target=self.lay_out, name="files", daemon=True).start()

    def lay_out(self) -> None:
        """Let a web server before us find the files of this release."""
        themes = cast("Registry", self.public.extensions["themes"])
        files = assets.addresses_of(themes) | visitors_scripts.addresses() | challenge.addresses()
        lay_out(Path(self.public.config["DATA_DIR"]) / "pages" / "files", files)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> "Iterable[bytes]":
        drop_false_dates(environ)
        return self._door(environ, start_response)

    def _dispatch(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> "Iterable[bytes]":
        host = normalised(environ.get("HTTP_HOST", ""))
        is_console = host is not None and host == self.console.config["CONSOLE_HOST"]
        return (self.console if is_console else self._mounted)(environ, start_response)
