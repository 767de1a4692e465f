"""The bare application that ours is compared with: it answers as many bytes as its path says."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIEnvironment


class Hello:
    """A WSGI application that cannot be faster."""

    def build(self) -> None:
        """Do nothing: gunicorn's configuration builds ours before the first request."""

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> "Iterable[bytes]":
        body = b"h" * int(environ["PATH_INFO"].strip("/") or 2)
        start_response("200 OK", [("Content-Type", "text/html"), ("Content-Length", str(len(body)))])
        return [body]


app = Hello()
