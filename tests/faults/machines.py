"""Machines that serve a county while a test does things to it, and people who read there without a pause."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Self

from bench.served import Server, free_port, gunicorn
from tests.databases import SETTINGS, Database
from tests.faults.lines import Answer, Line

ENTRANCE = "tests.faults.entrance:app"
WORKERS = 2
#: Between two pages of one reader; the load is bounded.
PAUSE = 0.02  # seconds
ANSWERS = frozenset({200, 404, 410})
#: Host, path and mode of display.
Page = tuple[str, str, str]
#: Says what is wrong with an answer, or nothing.
Judge = Callable[[Page, Answer], str]


@contextmanager
def machine(
    database: Database,
    folder: Path,
    *,
    application: str = ENTRANCE,
    options: Sequence[str] | None = None,
    workers: int = WORKERS,
    **besides: str,
) -> Iterator[Server]:
    """Serve on a machine whose data folder this is, with other options and further variables if named."""
    set_to = {**environ(database, folder), **besides}
    with gunicorn(application, free_port(), set_to, workers=workers, options=options) as server:
        yield server


def environ(database: Database, folder: Path) -> dict[str, str]:
    """Return what a machine is set to."""
    settings = {**SETTINGS, "DATA_DIR": str(folder), **database.address()}
    return {f"ZIWANG_{name}": str(value) for name, value in settings.items()}


@contextmanager
def lines(server: Server, number: int) -> Iterator[list[Line]]:
    """Return connections to a server, which are closed at the end."""
    opened = [Line(server.port) for _ in range(number)]
    yield opened
    for line in opened:
        line.close()


def is_known(page: Page, answer: Answer) -> str:
    """Let every answer pass that a reader can have to a page that comes and goes."""
    return "" if answer.status in ANSWERS else f"{page} answers {answer.status}"


class Reader(threading.Thread):
    """Somebody who reads whatever there is, also in the midst of a change."""

    def __init__(
        self,
        port: int,
        page: Callable[[Random], Page],
        enough: threading.Event,
        *,
        is_hasty: bool,
        judge: Judge,
    ) -> None:
        super().__init__(name="reader")
        self._port, self._page, self._enough, self._is_hasty = port, page, enough, is_hasty
        self._judge = judge
        self.asked = self.reopened = 0
        self.longest = 0.0
        self.faults: list[str] = []

    def run(self) -> None:
        """Read until told to stop, and hang up."""
        line, chance = Line(self._port), Random(id(self))  # noqa: S311 - it is of no matter what is read
        while not self._enough.wait(PAUSE):
            page, began = self._page(chance), time.monotonic()
            try:
                answer = line.ask(*page)
            except Exception as trouble:  # noqa: BLE001 - a thread has nobody to tell but the test
                self.faults.append(f"{page}: {trouble!r}")
                line.close()
                continue
            self.asked += 1
            self.longest = max(self.longest, time.monotonic() - began)
            if self._is_hasty:
                line.close()
            if fault := self._judge(page, answer):
                self.faults.append(fault)
        self.reopened = line.reopened
        line.close()


class Reading:
    """Readers who begin with a block and end with it; the hasty ones keep no connection."""

    def __init__(
        self,
        ports: Sequence[int],
        page: Callable[[Random], Page],
        *,
        hasty: Sequence[int] = (),
        judge: Judge = is_known,
    ) -> None:
        self._enough = threading.Event()
        self._readers = [
            Reader(port, page, self._enough, is_hasty=is_hasty, judge=judge)
            for some, is_hasty in ((ports, False), (hasty, True))
            for port in some
        ]

    def __enter__(self) -> Self:
        for reader in self._readers:
            reader.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._enough.set()
        for reader in self._readers:
            reader.join()

    @property
    def asked(self) -> int:
        """How much was read."""
        return sum(reader.asked for reader in self._readers)

    @property
    def reopened(self) -> int:
        """How often a connection had been closed between two answers."""
        return sum(reader.reopened for reader in self._readers)

    @property
    def longest(self) -> float:
        """How many seconds the slowest answer took."""
        return max(reader.longest for reader in self._readers)

    @property
    def faults(self) -> list[str]:
        """What went wrong."""
        return [fault for reader in self._readers for fault in reader.faults]
