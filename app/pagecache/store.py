"""Finished answers in memory: bounded in bytes, and shared fairly between the subsites."""

import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from functools import cached_property
from sys import intern

from app.pagecache.encodings import packed

#: What a page costs beyond its bodies: key, headers and the structures around them.
OVERHEAD = 2500  # bytes


@dataclass
class Kept:
    """A finished answer."""

    body: bytes
    content_type: str
    etag: str
    #: All that is said besides, in the order in which it was said; the same words only once in memory.
    headers: tuple[tuple[str, str], ...] = ()
    #: The same body in shorter words, as far as somebody has asked for them; nothing where there are none.
    packed: dict[str, bytes] = field(default_factory=dict)
    status: str = "200 OK"
    #: The second of the last change that it shows (app/pagecache/moments.py); 0 where none is told.
    changed: int = 0
    #: On the monotonic clock; a page's validity is in its key, and it has no other end.
    until: float = float("inf")
    #: Whether it was wanted since somebody last looked for what can go.
    was_wanted: bool = False

    def __post_init__(self) -> None:
        self.headers = tuple((intern(name), intern(value)) for name, value in self.headers)

    @cached_property
    def weight(self) -> int:
        """What it takes of the store."""
        return len(self.body) + sum(map(len, self.packed.values())) + OVERHEAD

    @cached_property
    def ready(self) -> dict[tuple[str, int], list[tuple[str, str]]]:
        """Whole sets of headers, by encoding and the second that is told, as they were first put together."""
        return {}


#: Tenant, its validity, its portal's where that matters, path, display mode and page.
Key = tuple[int, Hashable, Hashable, str, str]


class PageStore:
    """The kept answers of one process."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._size = 0
        self._pages: dict[Key, Kept] = {}
        #: The same pages by subsite, the longest unused first.
        self._shares: dict[int, OrderedDict[Key, Kept]] = {}
        self._weights: dict[int, int] = {}
        self._lock = threading.Lock()

    def get(self, key: Key) -> Kept | None:
        """Return a page, and remember that it was wanted; nobody waits for anybody here."""
        kept = self._pages.get(key)
        if kept is not None:
            kept.was_wanted = True
        return kept

    def put(self, key: Key, kept: Kept) -> None:
        """Keep a page; one that alone exceeds the capacity is not kept."""
        if kept.weight > self._capacity:
            return
        with self._lock:
            self._drop(key)
            self._pages[key] = kept
            self._shares.setdefault(key[0], OrderedDict())[key] = kept
            self._weigh(key[0], kept.weight)
            while self._size > self._capacity:
                self._drop(self._dispensable(key[0]))

    def pack(self, key: Key, kept: Kept, encoding: str) -> Kept:
        """Return a page with its body in a further encoding; it is kept so, and weighs more from then on."""
        found = replace(kept, packed={**kept.packed, encoding: packed(kept.body, encoding)})
        self.put(key, found)
        return found

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._pages.clear()
            self._shares.clear()
            self._weights.clear()
            self._size = 0

    def _drop(self, key: Key) -> None:
        kept = self._pages.pop(key, None)
        if kept is not None:
            del self._shares[key[0]][key]
            self._weigh(key[0], -kept.weight)

    def _weigh(self, tenant_id: int, change: int) -> None:
        self._size += change
        self._weights[tenant_id] = self._weights.get(tenant_id, 0) + change
        if not self._weights[tenant_id]:
            del self._weights[tenant_id], self._shares[tenant_id]

    def _dispensable(self, tenant_id: int) -> Key:
        """Return a page of whoever has more than a fair share: one not wanted since the last look, if any.

        Who brings a page beyond the own share makes room among the own ones, however many there are.
        """
        is_greedy = self._weights.get(tenant_id, 0) * len(self._weights) > self._capacity
        share = self._shares[tenant_id if is_greedy else max(self._weights, key=self._weights.__getitem__)]
        for key in list(share):
            kept = share[key]
            if not kept.was_wanted:
                return key
            kept.was_wanted = False
            share.move_to_end(key)
        return next(iter(share))
