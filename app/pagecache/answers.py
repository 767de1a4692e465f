"""A kept page as an answer of WSGI: whole, packed, in short (304), without its body, or a part (206)."""

import time
from typing import TYPE_CHECKING

from werkzeug.http import parse_range_header

from app.pagecache.encodings import chosen
from app.pagecache.moments import holds, told, written
from app.pagecache.store import Kept

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIEnvironment

#: What belongs to a body, and is said of the one that is sent.
OF_BODY = frozenset({"content-length", "content-encoding", "content-range", "etag", "accept-ranges"})
Extra = tuple[tuple[str, str], ...]


def answer(
    kept: Kept, environ: "WSGIEnvironment", start_response: "StartResponse", extra: Extra = ()
) -> "Iterable[bytes]":
    """Answer a GET or HEAD from what is kept."""
    encoding = _encoding(kept, environ.get("HTTP_ACCEPT_ENCODING"))
    moment = time.time()
    second = told(kept.changed, moment) if kept.changed else 0
    headers = kept.ready.get((encoding, second))
    if headers is None:
        headers = kept.ready[encoding, second] = _headers(kept, encoding, second)
    body = kept.packed[encoding] if encoding else kept.body
    if extra:
        headers = [*headers, *extra]
    if _is_known(kept, environ, moment):
        start_response("304 NOT MODIFIED", _without_body(headers))
        return []
    if "HTTP_RANGE" in environ and not encoding and kept.status.startswith("200"):
        return _part(kept, environ, start_response, headers)
    start_response(kept.status, headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def missing(kept: Kept, asked: str) -> str:
    """Return the encoding that a reader wants best, if a page could be packed so and was not yet."""
    best = chosen(asked)[:1]
    return best[0] if best and kept.etag and best[0] not in kept.packed else ""


def _encoding(kept: Kept, asked: str | None) -> str:
    if asked:
        for name in chosen(asked):
            if kept.packed.get(name):
                return name
    return ""


def _is_known(kept: Kept, environ: "WSGIEnvironment", moment: float) -> bool:
    """Say whether who asks has the page: by its tag; by its date only where no tag is sent."""
    if "HTTP_IF_NONE_MATCH" in environ:
        return bool(kept.etag) and _has_it(kept.etag, environ["HTTP_IF_NONE_MATCH"])
    if "HTTP_IF_MODIFIED_SINCE" in environ:
        return kept.changed > 0 and holds(environ["HTTP_IF_MODIFIED_SINCE"], kept.changed, moment)
    return False


def _headers(kept: Kept, encoding: str, second: int) -> list[tuple[str, str]]:
    said = [(name, value) for name, value in kept.headers if name.lower() not in OF_BODY]
    if kept.etag:
        tag = f"{kept.etag}-{encoding}" if encoding else kept.etag
        said.append(("ETag", f'"{tag}"'))
    if second:
        said.append(("Last-Modified", written(second)))
    if encoding:
        said.append(("Content-Encoding", encoding))
    body = kept.packed[encoding] if encoding else kept.body
    return [*said, ("Content-Length", str(len(body)))]


def _has_it(etag: str, asked: str) -> bool:
    """Compare weakly: the same page in another encoding is the same page."""
    tags = (tag.strip().removeprefix("W/").strip('"').partition("-")[0] for tag in asked.split(","))
    return asked.strip() == "*" or etag in tags


def _without_body(headers: list[tuple[str, str]]) -> list[tuple[str, str]]:
    said = (pair for pair in headers if pair[0] != "Last-Modified")  # The tag says it (RFC 9110, 15.4.5).
    return [(name, value) for name, value in said if not name.startswith("Content-") or "Policy" in name]


def _part(
    kept: Kept,
    environ: "WSGIEnvironment",
    start_response: "StartResponse",
    headers: list[tuple[str, str]],
) -> "Iterable[bytes]":
    """Answer the one part that is asked for; several, or an older page's, are answered with the whole."""
    asked = parse_range_header(environ["HTTP_RANGE"])
    size = len(kept.body)
    is_of_this = environ.get("HTTP_IF_RANGE", f'"{kept.etag}"') == f'"{kept.etag}"'
    rest = [(name, value) for name, value in headers if name != "Content-Length"]
    if asked is None or asked.units != "bytes" or len(asked.ranges) != 1 or not is_of_this:
        start_response(kept.status, headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [kept.body]
    bounds = asked.range_for_length(size)
    if bounds is None:
        start_response(
            "416 REQUESTED RANGE NOT SATISFIABLE",
            [*_without_body(rest), ("Content-Range", f"bytes */{size}"), ("Content-Length", "0")],
        )
        return []
    begin, end = bounds
    said = [("Content-Range", f"bytes {begin}-{end - 1}/{size}"), ("Content-Length", str(end - begin))]
    start_response("206 PARTIAL CONTENT", [*rest, *said])
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [kept.body[begin:end]]
