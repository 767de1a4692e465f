"""A finished page ends the request before its view; a page just finished is kept (DESIGN 8).

The key holds the validity that the request began with, so a page rendered from older data can only be kept
where nobody looks any more; and the minute of a scheduled publication ends it without anybody's doing.
What a request learns of its subsite is what app/pagecache/door.py answers the next ones by.
"""

import hashlib
import time
from http import HTTPStatus
from typing import cast

from flask import Flask, Response, current_app, g, request

from app.pagecache import sites as known
from app.pagecache.board import ANY, board
from app.pagecache.folder import folder
from app.pagecache.keys import mounted_in, path_of, variant_of
from app.pagecache.moments import holds, last_change, told, written
from app.pagecache.sites import FOR_EVER, Site, held_once, places_of, sites
from app.pagecache.store import Kept, Key, PageStore
from app.pagecache.waiting import Renderings
from app.tenancy.hostname import normalised

KEPT_TYPES = ("text/html", "application/atom+xml", "application/xml")
#: Answers that there is nothing here, or that it is elsewhere: kept for seconds, and apart from pages.
ABSENT = (HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT, HTTPStatus.NOT_FOUND, HTTPStatus.GONE)
ABSENCES = 2 * 1024 * 1024  # bytes
BRIEFLY = 5.0  # seconds
#: what the door notes before the database is asked: the stamp of any change, and the time.
BEGAN = "ziwang.began"


def init_app(app: Flask) -> None:
    """Give the application its store, and what it needs to know whether a page in it is valid."""
    app.extensions["pages"] = PageStore(int(app.config["PAGE_MEMORY"]))
    app.extensions["absences"] = PageStore(min(ABSENCES, int(app.config["PAGE_MEMORY"])))
    app.extensions["renderings"] = Renderings()
    known.init_app(app)
    app.teardown_request(_let_go)


def pages() -> PageStore:
    """Return the application's store."""
    return cast("PageStore", current_app.extensions["pages"])


def answer_from_cache() -> Response | None:
    """Return the kept page, if this request may have one and there is one; else render it, alone."""
    site = _learn()
    key = _key()
    if key is None:
        return None
    kept = _found(key, site)
    if kept is None and not _renderings().begin(key, _page_of(key)):
        kept = _found(key, site)
    elif kept is None:
        g.renders = key
        return _shown(_found_by_others(key, site))
    return _shown(kept)


def keep_in_cache(response: Response) -> Response:
    """Keep a page that was just finished, and answer in short to who has it already."""
    if changed := g.get("was_kept"):
        return in_short(response, changed)
    is_page = (
        response.status_code == HTTPStatus.OK
        and response.mimetype in KEPT_TYPES
        and not response.cache_control.no_store
    )
    key = _key()
    if key is None or not is_page:
        if key is not None and response.status_code in ABSENT:
            _keep_briefly(key, response)
        return response
    body = response.get_data()
    etag = hashlib.sha256(body).hexdigest()[:32]
    response.vary.add("Accept-Encoding")
    response.set_etag(etag)
    kept = Kept(body, response.content_type or "text/html", etag, tuple(response.headers.to_wsgi_list()))
    kept.changed = last_change(g.changed, g.changed if key[2] is None else g.county_changed)
    pages().put(key, kept)
    folder().put(key, kept, g.get("site"))
    return in_short(response, kept.changed)


def in_short(response: Response, changed: int) -> Response:
    """Say when the page was last changed, and leave it away where who asks has it: by its tag, or by date."""
    response.make_conditional(request)
    moment = time.time()
    response.headers["Last-Modified"] = written(told(changed, moment))
    asked = request.headers.get("If-Modified-Since")
    if asked is not None and "If-None-Match" not in request.headers and holds(asked, changed, moment):
        response.status_code = HTTPStatus.NOT_MODIFIED
    return response


def _keep_briefly(key: Key, response: Response) -> None:
    """Keep the answer to an address that many ask for in vain; their number cannot push a page out."""
    if "Set-Cookie" in response.headers or response.is_streamed:
        return
    body = response.get_data()
    headers = tuple(response.headers.to_wsgi_list())
    until = time.monotonic() + BRIEFLY
    kept = Kept(body, response.content_type or "", "", headers, status=response.status, until=until)
    cast("PageStore", current_app.extensions["absences"]).put(key, kept)


def _shown(kept: Kept | None) -> Response | None:
    if kept is None:
        return None
    g.was_kept = kept.changed
    response = Response(kept.body, content_type=kept.content_type)
    response.headers.extend([(n, v) for n, v in kept.headers if n not in ("Content-Type", "Content-Length")])
    response.set_etag(kept.etag)
    return response


def _found(key: Key, site: Site | None) -> Kept | None:
    """Look in memory, then in the folder, from which a page comes back into memory."""
    kept = pages().get(key)
    if kept is None and (kept := folder().get(key, site)):
        pages().put(key, kept)
    return kept


def _found_by_others(key: Key, site: Site | None) -> Kept | None:
    """Wait until no other process of this machine renders the page; return what one has left behind."""
    if folder().has_place(key, site) and not _renderings().is_in_vain(_page_of(key)):
        folder().begin(key)
        return _found(key, site)
    return pages().get(key)  # Another thread may have ended between our look and our turn.


def _let_go(_error: BaseException | None) -> None:
    if key := g.pop("renders", None):
        folder().end(key)
        _renderings().end(key, _page_of(key), was_kept=pages().get(key) is not None)


def _page_of(key: Key) -> tuple[object, ...]:
    """Return which page it is, whatever the state of the subsite."""
    return key[0], *key[3:]


def _renderings() -> Renderings:
    return cast("Renderings", current_app.extensions["renderings"])


def _key() -> Key | None:
    """Return what the page depends on, or None where it may depend on more."""
    if request.method not in ("GET", "HEAD") or g.get("tenant") is None or g.get("validity") is None:
        return None
    path = path_of(request.environ)
    variant = variant_of(request.environ, path)
    if variant is None:
        return None
    # A unit's home shows the county's news; its other pages are its own.
    county = g.county_validity if mounted_in(path)[1] == "/" else None
    return g.tenant.id, g.validity, county, path, variant


def _learn() -> Site | None:
    """Note what the database said of the subsite, unless something changed while it was asked."""
    began = request.environ.get(BEGAN)
    host = normalised(request.environ.get("HTTP_HOST", ""))
    if began is None or host is None or g.get("validity") is None:
        return None
    stamp, learnt_at = began
    portal_id = g.tenant.home_portal_id
    places = places_of(g.tenant.id, portal_id)
    site = Site(
        tenant_id=g.tenant.id,
        validity=g.validity,
        county_validity=held_once(g.county_validity),
        places=places,
        stamps=held_once(tuple(board().stamp(place) for place in places)),
        until=FOR_EVER if g.next_turn is None else g.next_turn.timestamp(),
        learnt_at=learnt_at,
    )
    if any(board().is_moving(place) for place in places) or board().stamp(ANY) != stamp:
        return None
    g.site = site
    mounted, _ = mounted_in(path_of(request.environ))
    if not request.environ.get("ziwang.mounted"):
        mounted = ""
        folder().settle(host, site)
    sites().learn(host, mounted, site)
    return site
