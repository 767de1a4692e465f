"""What all pages of a subsite, or of a county, share: read for the first of them, and kept while it is valid.

It is kept by the validity that a finished page is kept by (DESIGN 8), which a request learns before it reads
anything else: what is kept under one is never older than that. Where no validity is known, as in the console,
and in requests that write, it is kept for the request.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Flask, current_app, g

from app.core.database import only_reads

#: Of so many subsites it is kept, some forty kilobytes each and as much of a county of fifty units.
MOST_SUBSITES = 128

Value = TypeVar("Value")
Values = dict[str, Any]
#: A tenant, and the root under which its pages lie on the host; for what a county shares, its portal.
Where = tuple[int, str]
COUNTY = "county"


class Shared:
    """What this process knows of the subsites that were asked for last."""

    def __init__(self) -> None:
        self._found: OrderedDict[Where, tuple[Hashable, Values]] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, where: Where, validity: Hashable) -> Values:
        """Return what is known of a subsite under a validity; nothing at first, to be filled in."""
        with self._lock:
            kept = self._found.get(where)
            if kept is None or kept[0] != validity:
                kept = self._found[where] = (validity, {})
            self._found.move_to_end(where)
            if len(self._found) > MOST_SUBSITES:
                self._found.popitem(last=False)
            return kept[1]

    def forget(self) -> None:
        """Know nothing any more."""
        with self._lock:
            self._found.clear()


def init_app(app: Flask) -> None:
    """Give the application its memory of what pages share."""
    app.extensions["shared"] = Shared()


def share_while_valid(where: Where, validity: Hashable) -> None:
    """Let what the request reads of a subsite for all its pages be kept for as long as these are valid."""
    g.shared = _kept(where, validity)


def share_in_county(portal_id: int, validity: Hashable) -> None:
    """Let what the request reads for all subsites of a county be kept while its portal's pages are valid."""
    g.shared_in_county = _kept((portal_id, COUNTY), validity)


def shared(name: str, make: Callable[[], Value]) -> Value:
    """Return what is kept under a name for all pages of the current subsite; at first, make it."""
    return _once("shared", name, make)


def shared_in_county(name: str, make: Callable[[], Value]) -> Value:
    """Return what is kept under a name for all subsites of the current county; at first, make it."""
    return _once("shared_in_county", name, make)


def shared_by_pages(make: Callable[[], Value]) -> Callable[[], Value]:
    """Keep what a function returns for all pages of the current subsite; nobody may change it."""
    return wraps(make)(lambda: shared(f"{make.__module__}.{make.__qualname__}", make))


def _kept(where: Where, validity: Hashable) -> Values:
    return cast("Shared", current_app.extensions["shared"]).of(where, validity) if only_reads() else {}


def _once(memory: str, name: str, make: Callable[[], Value]) -> Value:
    values: Values | None = g.get(memory)
    if values is None:
        values = {}
        setattr(g, memory, values)
    if name not in values:
        values[name] = make()
    return cast("Value", values[name])
