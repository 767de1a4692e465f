"""Finished pages in memory: bounded in bytes, the longest unused go first."""

import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass

#: What a page costs beyond its body: key, headers and the structures around them.
OVERHEAD = 500  # bytes


@dataclass(frozen=True)
class Kept:
    """A finished answer."""

    body: bytes
    content_type: str
    etag: str


#: Tenant, its validity, its portal's where that matters, path, display mode and page.
Key = tuple[int, Hashable, Hashable, str, str]


class PageStore:
    """The kept pages of one process."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._size = 0
        self._pages: OrderedDict[Key, Kept] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Key) -> Kept | None:
        """Return a page, and remember that it was wanted."""
        with self._lock:
            kept = self._pages.get(key)
            if kept is not None:
                self._pages.move_to_end(key)
            return kept

    def put(self, key: Key, kept: Kept) -> None:
        """Keep a page; one that alone exceeds the capacity is not kept."""
        weight = len(kept.body) + OVERHEAD
        if weight > self._capacity:
            return
        with self._lock:
            before = self._pages.pop(key, None)
            self._size += weight - (len(before.body) + OVERHEAD if before else 0)
            self._pages[key] = kept
            while self._size > self._capacity:
                _, oldest = self._pages.popitem(last=False)
                self._size -= len(oldest.body) + OVERHEAD

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._pages.clear()
            self._size = 0
