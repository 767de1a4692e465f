"""What is known of a subsite without asking: who answers under a host, and which of its pages are valid.

It is learnt from a request that has asked the database, and holds while the board's stamps stand as they did
before that, until the next minute at which pages change by themselves, and for a second at most: so long may
a change take that another machine made and could not tell.
"""

import threading
import time
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar, cast

from flask import Flask, current_app

from app.pagecache.board import ANY, HOSTS, Board, place_of

#: After this the database is asked once more, whatever the board says.
HOLDS_FOR = 1.0  # seconds
FOR_EVER = float("inf")
#: Values that most subsites of a county have alike are held once: there may be ten thousand of them.
MOST_ALIKE = 256

Alike = TypeVar("Alike", bound=Hashable)


@dataclass(slots=True)
class Site:
    """A subsite as a request found it."""

    tenant_id: int
    validity: Hashable
    county_validity: Hashable
    #: Whose stamps it depends on, and how these stood.
    places: tuple[int, ...]
    stamps: tuple[int, ...]
    #: When its pages change by themselves, in seconds since 1970.
    until: float
    learnt_at: float
    #: The stamp of any change with which it was last found to stand.
    seen_with: int = -1

    @property
    def generation(self) -> object:
        """The number that a publication raises: the first part of the validity (tenancy/resolver.py)."""
        return cast("tuple[object, ...]", self.validity)[0]

    def stands(self, board: Board) -> bool:
        """Say whether nothing is known to have changed since, and nothing is about to."""
        latest = board.stamp(ANY)
        if latest == self.seen_with:  # Nothing at all has happened since the last look.
            return time.time() < self.until
        for place, stamp in zip(self.places, self.stamps, strict=True):
            if board.stamp(place) != stamp or board.is_moving(place):
                return False
        self.seen_with = latest
        return time.time() < self.until

    def is_fresh(self) -> bool:
        """Say whether the database was asked just now."""
        return 0 <= time.monotonic() - self.learnt_at < HOLDS_FOR


def places_of(tenant_id: int, portal_id: int) -> tuple[int, ...]:
    """Return the places on which pages of a subsite depend: hosts, its own, its portal's."""
    return HOSTS, place_of(tenant_id), place_of(portal_id)


class Sites:
    """The subsites that were asked for under this process's eyes, by host and by what is mounted there."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], Site] = {}
        self._lock = threading.Lock()
        #: Until then nobody asks a database that was away a moment ago.
        self.away_until = 0.0

    def find(self, host: str, mounted: str) -> Site | None:
        return self._found.get((host, mounted))

    def learn(self, host: str, mounted: str, site: Site) -> None:
        """Note what a request found; there are no more of them than there are subsites and hosts."""
        with self._lock:
            self._found[host, mounted] = site

    def all(self) -> list[Site]:
        """Return what is known at this moment."""
        return list(self._found.values())

    def drop(self, unwanted: Iterable[Site]) -> None:
        """Forget some, unless they were learnt anew meanwhile."""
        gone = set(map(id, unwanted))
        with self._lock:
            for where, site in list(self._found.items()):
                if id(site) in gone:
                    del self._found[where]

    def forget(self) -> None:
        """Know nothing any more."""
        with self._lock:
            self._found.clear()


@lru_cache(maxsize=MOST_ALIKE)
def held_once(value: Alike) -> Alike:
    """Return a value, or the equal one that was seen before."""
    return value


def init_app(app: Flask) -> None:
    """Give the application its memory of subsites."""
    app.extensions["sites"] = Sites()


def sites() -> Sites:
    """Return the application's memory of subsites."""
    return cast("Sites", current_app.extensions["sites"])
