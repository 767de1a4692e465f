"""What all pages of a subsite share: read for the first of them, and kept while they are valid (DESIGN 8).

It is kept by the validity that a finished page is kept by, which a request learns before it reads anything
else: what is kept under one is never older than that. Where no validity is known, as in the console, and in
requests that write, it is kept for the request.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Flask, current_app, g

from app.core.database import only_reads

#: Of so many subsites it is kept, some forty kilobytes each.
MOST_SUBSITES = 256

Value = TypeVar("Value")
Values = dict[str, Any]
#: A tenant, and the root under which its pages lie on the host.
Where = tuple[int, str]


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
    memory = cast("Shared", current_app.extensions["shared"])
    g.shared = memory.of(where, validity) if only_reads() else {}


def shared(name: str, make: Callable[[], Value]) -> Value:
    """Return what is kept under a name for all pages of the current subsite; at first, make it."""
    values: Values | None = g.get("shared")
    if values is None:
        values = g.shared = {}
    if name not in values:
        values[name] = make()
    return cast("Value", values[name])


def shared_by_pages(make: Callable[[], Value]) -> Callable[[], Value]:
    """Keep what a function returns for all pages of the current subsite; nobody may change it."""
    return wraps(make)(lambda: shared(f"{make.__module__}.{make.__qualname__}", make))
