"""Two services over one database, one of which keeps no page, answer everything alike (DESIGN 8).

Several workers keep pages, on one machine or on two; the twin in this process keeps none. While others read
without a pause things are published, withdrawn, renamed, dressed anew and moved, and after each commit both
are asked. FAULTS_REQUESTS=100000 and FAULTS_SECONDS=1500 make a long run of it (with
--timeout=0 --log-cli-level=INFO, which says how far it came).
"""

import logging
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from statistics import quantiles

import pytest

from app.core.database import db
from app.front import Front
from tests.app.pagecache.asking import ask
from tests.app.pagecache.life import Life
from tests.databases import FIXED, SETTINGS, Database
from tests.faults.lines import Answer, Line
from tests.faults.machines import Reading, lines, machine
from tests.worlds import County

REQUESTS = int(os.environ.get("FAULTS_REQUESTS", "0")) or 400
SECONDS = float(os.environ.get("FAULTS_SECONDS", "0")) or 4
LINES, READERS = 8, 2
PAGES_AFTER_AN_ACT = 4
#: So long may another machine not know of a commit: its message is on the way, or was lost (docs/front.md).
LATEST = 1.0  # seconds
UNCACHED = {"PAGE_MEMORY": 0, "PAGE_FOLDER": 0}
#: Differences after which nobody need look on.
ENOUGH = 20
_log = logging.getLogger(__name__)


@pytest.fixture
def twin(county: County, database: Database) -> Iterator["Twin"]:
    """Return the service that keeps no page; it is told of other hosts as a worker of the first machine."""
    settings = {**SETTINGS, **FIXED, "DATA_DIR": str(database.folder), **database.address()}
    made = Front({**settings, **UNCACHED})
    assert made is not county.front
    yield Twin(made)
    for app in (made.public, made.console):
        with app.app_context():
            db.engine.dispose()


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_one_machine_answers_as_its_twin(county: County, database: Database, twin: "Twin") -> None:
    with machine(database, database.folder) as own, lines(own, LINES) as at_once:
        found = Comparison(county, twin, at_once)
        found.run([own.port] * READERS)
    assert found.differences == []
    assert found.asked >= min(REQUESTS, LINES * PAGES_AFTER_AN_ACT)


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_two_machines_answer_as_their_twin(
    county: County, database: Database, folder: Path, twin: "Twin"
) -> None:
    with (
        machine(database, database.folder) as own,
        machine(database, folder) as other,
        lines(own, LINES) as at_once,
        lines(other, LINES) as told,
    ):
        found = Comparison(county, twin, at_once, told)
        found.run([own.port, other.port])
    assert found.differences == []
    assert found.asked >= min(REQUESTS, 2 * LINES * PAGES_AFTER_AN_ACT)


class Twin:
    """The same application in this process."""

    def __init__(self, front: Front) -> None:
        self._front = front

    def ask(self, host: str, path: str, mode: str) -> Answer:
        """Return what the page is now."""
        cookies = {"Cookie": f"ziwang-display={mode}"} if mode else {}
        found = ask(self._front, path, host, **cookies)
        return Answer.of(found.status_code, found.headers.items(), found.data)


@dataclass
class Comparison:
    """Acts, and what both services say after each."""

    county: County
    twin: Twin
    at_once: list[Line]
    told: list[Line] = field(default_factory=list)
    asked: int = 0
    differences: list[str] = field(default_factory=list)
    #: How long after a commit another machine last gave a page of before, by act.
    delays: list[float] = field(default_factory=list)

    def run(self, ports: list[int]) -> None:
        """Let things happen until enough was asked or the time is over, while others read."""
        chance, began, acts = Random(20261126), time.monotonic(), 0  # noqa: S311 - the same acts each time
        life = Life(self.county, chance)
        with Reading(ports, life.page) as reading:
            while (
                self.asked < REQUESTS
                and time.monotonic() < began + SECONDS
                and len(self.differences) < ENOUGH
            ):
                act, committed = life.act(), time.monotonic()
                acts += 1
                for _ in range(PAGES_AFTER_AN_ACT):
                    self._compare(*life.page(chance), f"act {acts}, {act}", committed + LATEST)
        self.differences += reading.faults
        self._report(acts, reading.asked, time.monotonic() - began)

    def _compare(self, host: str, path: str, mode: str, when: str, until: float) -> None:
        expected = self.twin.ask(host, path, mode)
        for line in self.at_once:
            if (found := line.ask(host, path, mode)) != expected:
                self.differences.append(f"{when}: {host}{path} in mode {mode!r}: {found.beside(expected)}")
        for line in self.told:
            self._wait_for(line, (host, path, mode), expected, when, until)
        self.asked += len(self.at_once) + len(self.told)

    def _wait_for(
        self, line: Line, page: tuple[str, str, str], expected: Answer, when: str, until: float
    ) -> None:
        """Ask another machine, again for as long as it need not know."""
        late = 0.0
        while (found := line.ask(*page)) != expected:
            late = time.monotonic() - (until - LATEST)
            if late > LATEST:
                self.differences.append(
                    f"{when}: {page} {late:.2f} s later elsewhere: {found.beside(expected)}"
                )
                return
        if late:
            self.delays.append(late)

    def _report(self, acts: int, read: int, lasted: float) -> None:
        late = sorted(self.delays)
        told = f"95 % {quantiles(late, n=20)[-1]:.3f} s, latest {late[-1]:.3f} s" if len(late) > 1 else late
        _log.info(
            "%d acts, %d answers compared, %d read besides, %d differences, %.0f s; late elsewhere: %d (%s)",
            *(acts, self.asked, read, len(self.differences), lasted, len(late), told),
        )
