"""A finished page ends the request before its view; a page just finished is kept (DESIGN 8).

The key holds the validity that the request began with, so a page rendered from older data can only be kept
where nobody looks any more; and the minute of a scheduled publication ends it without anybody's doing.
"""

import hashlib
from http import HTTPStatus
from typing import cast

from flask import Flask, Response, current_app, g, request

from app.display.steps import current_mode
from app.pagecache.store import Kept, Key, PageStore

KEPT_TYPES = ("text/html", "application/atom+xml", "application/xml")


def init_app(app: Flask) -> None:
    """Give the application its store."""
    app.extensions["pages"] = PageStore(int(app.config["PAGE_MEMORY"]))


def pages() -> PageStore:
    """Return the application's store."""
    return cast("PageStore", current_app.extensions["pages"])


def answer_from_cache() -> Response | None:
    """Return the kept page, if this request may have one and there is one."""
    key = _key()
    kept = pages().get(key) if key else None
    if kept is None:
        return None
    g.was_kept = True
    response = Response(kept.body, content_type=kept.content_type)
    response.set_etag(kept.etag)
    return response


def keep_in_cache(response: Response) -> Response:
    """Keep a page that was just finished, and answer in short to who has it already."""
    key = _key()
    is_page = (
        response.status_code == HTTPStatus.OK
        and response.mimetype in KEPT_TYPES
        and not response.cache_control.no_store
    )
    if key and is_page and not g.get("was_kept"):
        body = response.get_data()
        etag = hashlib.sha256(body).hexdigest()[:32]
        response.set_etag(etag)
        pages().put(key, Kept(body, response.content_type or "text/html", etag))
    if key and is_page:
        response.make_conditional(request)
    return response


def _key() -> Key | None:
    """Return what the page depends on, or None where it may depend on more."""
    if request.method not in ("GET", "HEAD") or g.get("tenant") is None:
        return None
    query = ""
    if request.args:
        page = request.args.get("page", "")
        if set(request.args) != {"page"} or len(request.args.getlist("page")) != 1:
            return None  # Unknown parameters change nothing on a page, and make no entry.
        query = page
    # A unit's home shows the county's news; its other pages are its own.
    county = g.county_validity if request.path == "/" else None
    path = request.script_root + request.path
    return g.tenant.id, g.validity, county, path, f"{current_mode().code}:{query}"
