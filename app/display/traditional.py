"""Pages in traditional characters, as a reader's choice under /hant/ (S-50): only what is read is converted.

The path is the choice: it can be sent to others, it is part of a kept page's key like every path, and because
the prefix becomes the application's root, every link on the page stays under it. Addresses, what a visitor
has typed, and what programs read remain as they are.
"""

import re
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from flask import request

from app.display.exceptions import NONE, Exceptions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

PREFIX = "/hant"
_MARK = "ziwang.traditional"
#: Between two texts that are converted in one go. A page has no control characters to lose; at a zero byte
#: the converter would end.
_BORDER = "\x01"
_WITHOUT = dict.fromkeys((0, ord(_BORDER), 2))  # The third marks names (app/display/exceptions.py).
_TAG = re.compile(r"(<!--.*?-->|<(?:\"[^\"]*\"|'[^']*'|[^'\"<>])*>)", re.DOTALL)
_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)")
#: Their text is no prose, or is the visitor's own.
_LEFT_ALONE = frozenset({"script", "style", "textarea", "code"})
_READ_ATTRIBUTES = re.compile(r"(\s(?:title|alt|aria-label|placeholder|label)=\")([^\"]*)(?=\")")
_READ_META = re.compile(r"<meta [^>]*(?:name|property)=\"(?:description|og:title|og:description)\"")
_CONTENT = re.compile(r"(\scontent=\")([^\"]*)(?=\")")
_LANGUAGE = re.compile(r"(<html\b[^>]*?\slang=)\"zh-CN\"")


class TraditionalMount:
    """Move /hant from the path to the root, so that views and routes know nothing of it."""

    def __init__(self, wsgi_app: "WSGIApplication") -> None:
        self.wsgi_app = wsgi_app

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> "Iterable[bytes]":
        path = environ.get("PATH_INFO", "")
        if path.startswith(f"{PREFIX}/"):
            root = environ.get("SCRIPT_NAME", "") + PREFIX
            environ = {**environ, _MARK: True, "SCRIPT_NAME": root, "PATH_INFO": path[len(PREFIX) :]}
        return self.wsgi_app(environ, start_response)


def is_traditional() -> bool:
    """Say whether this request asked for traditional characters."""
    return bool(request.environ.get(_MARK))


def in_traditional(page: str, exceptions: Exceptions = NONE) -> str:
    """Return a page with all that is read in traditional characters, and says so (``lang``)."""
    pieces = _TAG.split(page.translate(_WITHOUT))
    places: list[tuple[int, list[str]]] = []
    closing = ""
    for at, piece in enumerate(pieces):
        is_tag = at % 2 == 1
        if closing:
            closing = "" if is_tag and piece.lower().startswith(closing) else closing
        elif is_tag:
            places.append((at, _parts_of(piece)))
            closing = _closing_of(piece)
        else:
            places.append((at, ["", piece]))
    converted = _converted([text for _, parts in places for text in parts[1::2]], exceptions)
    for at, parts in places:
        parts[1::2] = [next(converted) for _ in parts[1::2]]
        pieces[at] = "".join(parts)
    return _LANGUAGE.sub(r'\1"zh-Hant"', "".join(pieces), count=1)


def in_simplified(words: str) -> str:
    """Return words that a reader of traditional characters typed as the texts here have them."""
    return str(_converter("t2s").convert(words))


def _parts_of(tag: str) -> list[str]:
    """Return a tag cut up: what stays, what is read, what stays, and so on."""
    read = _CONTENT if _READ_META.match(tag) else _READ_ATTRIBUTES
    parts, end = [], 0
    for found in read.finditer(tag):
        parts += [tag[end : found.end(1)], found[2]]
        end = found.end()
    return [*parts, tag[end:]]


def _closing_of(tag: str) -> str:
    """Return how the end of an element begins whose text is left alone; empty for all others."""
    found = _NAME.match(tag)
    name = found[1].lower() if found and not tag.startswith("</") else ""
    return f"</{name}" if name in _LEFT_ALONE else ""


def _converted(texts: list[str], exceptions: Exceptions) -> "Iterator[str]":
    """Yield the texts in traditional characters, from one call: the converter's own cost is by the call."""
    whole = exceptions.converted(_BORDER.join(texts), _in_taiwan)
    return iter(whole.split(_BORDER))


def _in_taiwan(text: str) -> str:
    return str(_converter("s2tw").convert(text)) if text else ""


@cache
def _converter(direction: str) -> Any:
    """Return a converter; its dictionaries are read when the first reader asks."""
    import opencc  # noqa: PLC0415 - most processes never need it

    return cast("Any", opencc.OpenCC(direction))
