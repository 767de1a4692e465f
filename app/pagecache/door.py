"""The first door: a finished page that is known to be valid is answered here, without Flask and the database.

What is known of a subsite was learnt by an earlier request (app/pagecache/hooks.py); where it holds no
longer, the request goes on and learns it anew. While the database is away, pages go on being answered whose
subsite has not changed as far as this machine knows, and say so in a header.
"""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from app.pagecache.answers import answer, missing
from app.pagecache.board import ANY, Board
from app.pagecache.hooks import BEGAN
from app.pagecache.keys import keep_to_questions, mounted_in, path_of, variant_of
from app.pagecache.store import Kept, PageStore
from app.tenancy.hostname import normalised

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from flask import Flask

    from app.pagecache.sites import Site, Sites

#: The database that did not answer is left alone for so long.
LEFT_ALONE = 1.0  # seconds
AWAY = (("X-Ziwang-Kept", "database-away"),)
UNAVAILABLE = "503"
#: Whose page is answered, for who looks on.
OF_TENANT = "ziwang.tenant"
#: What is told of every page that is answered here.
Seen = Callable[["WSGIEnvironment", Kept], None]


class FinishedPages:
    """Answers finished pages; hands on all else."""

    def __init__(self, app: "Flask", wsgi_app: "WSGIApplication", seen: Seen) -> None:
        self.wsgi_app = wsgi_app
        self._seen = seen
        self._board = cast("Board", app.extensions["board"])
        self._sites = cast("Sites", app.extensions["sites"])
        self._pages = cast("PageStore", app.extensions["pages"])
        self._absences = cast("PageStore", app.extensions["absences"])

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> "Iterable[bytes]":
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self.wsgi_app(environ, start_response)
        keep_to_questions(environ)
        is_away = self._sites.away_until > time.monotonic()
        kept = self._valid(environ, however_old=is_away)
        if kept is not None:
            self._seen(environ, kept)
            return answer(kept, environ, start_response, AWAY if is_away else ())
        environ[BEGAN] = self._board.stamp(ANY), time.monotonic()
        return self._asked(environ, start_response)

    def _valid(self, environ: "WSGIEnvironment", *, however_old: bool) -> Kept | None:
        """Return the page that may be answered now, if it is kept."""
        if environ.get("RAW_URI", "/")[:1] != "/":
            return None  # The target may name another host than the header.
        path = path_of(environ)
        variant = variant_of(environ, path)
        if variant is None:
            return None
        mounted, within = mounted_in(path)
        site = self._site(environ.get("HTTP_HOST", ""), mounted)
        if site is None or not (however_old or site.is_fresh()) or not site.stands(self._board):
            return None
        county = site.county_validity if within == "/" else None  # As hooks.py makes the key.
        key = site.tenant_id, site.validity, county, path, variant
        environ[OF_TENANT] = site.tenant_id
        kept = self._pages.get(key) or self._absences.get(key)
        if kept is not None and (encoding := missing(kept, environ.get("HTTP_ACCEPT_ENCODING", ""))):
            kept = self._pages.pack(key, kept, encoding)
        is_valid = kept is not None and time.monotonic() < kept.until and site.stands(self._board)
        return kept if is_valid else None

    def _site(self, written: str, mounted: str) -> "Site | None":
        """Return what is known of a host; most write it as it is known, and it need not be taken apart."""
        if (site := self._sites.find(written, mounted)) is not None:
            return site
        host = normalised(written)
        return None if host is None else self._sites.find(host, mounted)

    def _asked(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> "Iterable[bytes]":
        """Hand the request on; where the database does not answer it, answer what is kept after all."""
        said: list[Any] = []

        def note(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            if status.startswith(UNAVAILABLE) and (kept := self._valid(environ, however_old=True)):
                said.append(kept)
                return None
            return start_response(status, headers, *rest)

        body = self.wsgi_app(environ, cast("StartResponse", note))
        if not said:
            return body
        if hasattr(body, "close"):
            body.close()
        self._sites.away_until = time.monotonic() + LEFT_ALONE
        return answer(said[0], environ, start_response, AWAY)
