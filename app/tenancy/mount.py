"""A unit's subsite under /u/<slug>/ of the portal: the prefix becomes the application's root."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

MOUNTED = re.compile(r"(/u/([a-z][a-z0-9-]{0,31}))(/.*)")


class UnitMount:
    """Move /u/<slug> from the path to the root, so that views and routes know nothing of it."""

    def __init__(self, wsgi_app: "WSGIApplication") -> None:
        self.wsgi_app = wsgi_app

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> "Iterable[bytes]":
        if found := MOUNTED.fullmatch(environ.get("PATH_INFO", "")):
            root, slug, path = found.groups()
            environ = {
                **environ,
                "ziwang.mounted": slug,
                "SCRIPT_NAME": environ.get("SCRIPT_NAME", "") + root,
                "PATH_INFO": path,
            }
        return self.wsgi_app(environ, start_response)
