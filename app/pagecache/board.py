"""What tells all processes of a machine that a subsite's pages have changed: a few numbers in a shared file.

A stamp is replaced before the transaction that changes pages is committed, and again after it; in between the
subsite is marked as moving, and whoever is asked for a page looks into the database. A stamp is never counted
up but drawn anew, so that two processes that change it at once cannot bring an old one back. Who is killed
between mark and commit leaves the mark behind: it ends by itself, and costs readers a query until then.
"""

import mmap
import os
import secrets
import time
from collections.abc import Iterable
from pathlib import Path
from typing import cast

from flask import Flask, current_app

#: Subsites share a place when there are more of them, which costs a query now and then.
PLACES = 65_536
#: The first two places: any change at all, and a change of hosts or of subsites themselves.
ANY, HOSTS = 0, 1
TENANTS_FROM = 2
#: How long a mark without an end is believed.
MARKED_FOR = 10_000_000_000  # nanoseconds


class Board:
    """The stamps and marks of all subsites."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        size = 16 * PLACES
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if os.fstat(descriptor).st_size < size:
                os.ftruncate(descriptor, size)
            numbers = memoryview(mmap.mmap(descriptor, size)).cast("Q")
        finally:
            os.close(descriptor)
        self._stamps, self._marks = numbers[:PLACES], numbers[PLACES:]

    def stamp(self, place: int) -> int:
        """Return the stamp that stands at a place now."""
        return self._stamps[place]

    def is_moving(self, place: int) -> bool:
        """Say whether somebody is about to commit a change there."""
        until = self._marks[place]
        # A mark from before the machine was started anew may lie far ahead.
        return until != 0 and 0 < until - time.monotonic_ns() <= MARKED_FOR

    def mark(self, places: Iterable[int]) -> dict[int, int]:
        """Send readers into the database from now on; return the marks, to be taken away again."""
        # The low bits tell two marks of the same moment apart; a mark that reached further than MARKED_FOR
        # would not be believed in its first moments.
        until = (time.monotonic_ns() + MARKED_FOR - 0xFFFF) & ~0xFFFF | secrets.randbits(16)
        marked = dict.fromkeys(places, until)
        for place in marked:
            self._marks[place] = until
        self.renew(marked)
        return marked

    def settle(self, marked: dict[int, int]) -> None:
        """Let pages be found again, under what the database says now."""
        self.renew(marked)
        for place, until in marked.items():
            if self._marks[place] == until:  # Else the next change has begun already.
                self._marks[place] = 0

    def renew(self, places: Iterable[int]) -> None:
        """Let what was learnt about the places hold no more."""
        for place in (*places, ANY):
            self._stamps[place] = secrets.randbits(64)


def place_of(tenant_id: int) -> int:
    """Return where a subsite's stamp stands."""
    return TENANTS_FROM + tenant_id % (PLACES - TENANTS_FROM)


def init_app(app: Flask) -> None:
    """Give the application the board of its machine."""
    app.extensions["board"] = Board(Path(app.config["DATA_DIR"]) / "run" / "board")


def board() -> Board:
    """Return the application's board."""
    return cast("Board", current_app.extensions["board"])
