"""Workers are replaced under load, after enough requests and at a reload, and no reader meets an error.

Some readers open a connection for each page, others keep theirs, and ask once more where it was closed
between two answers, as browsers do. FAULTS_SECONDS=120 makes a long run of it.
"""

import logging
import os
import signal
import time
from random import Random

import pytest

from bench.machine import children_of
from bench.served import NEVER_REPLACED, Server
from tests.databases import Database
from tests.faults.machines import Page, Reading, machine
from tests.worlds import BUREAU, HOSTS, PORTAL, County

SECONDS = float(os.environ.get("FAULTS_SECONDS", "0")) or 5
READERS = 3
#: After so many requests a worker is replaced, give or take as many again.
EACH = 60
OFTEN = ("--preload", "--max-requests", f"{EACH}", "--max-requests-jitter", f"{EACH}")
RELOADS = 1 if SECONDS < 60 else 20
#: Seconds for an answer while new workers read the code on the same cores; before, some waited for ten.
LONGEST = 5
_log = logging.getLogger(__name__)


#: How workers are replaced has nothing to do with the database.
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_workers_that_have_served_enough_are_replaced_unnoticed(county: County, database: Database) -> None:
    assert county.front is database.front
    with machine(database, database.folder, options=OFTEN) as server, reading_from(server) as reading:
        first, until = set(children_of(server.process.pid)), time.monotonic() + SECONDS
        gone = 0
        while time.monotonic() < until or not gone:
            time.sleep(0.1)
            now = set(children_of(server.process.pid))
            gone, first = gone + len(first - now), now
    _log.info("replaced: %d, answers: %d, slowest %.1f s", gone, reading.asked, reading.longest)
    assert reading.faults == []
    assert reading.asked > gone > 0


#: Nor has how they are reloaded.
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_reload_leaves_no_moment_without_a_worker(county: County, database: Database) -> None:
    assert county.front is database.front
    with (
        machine(database, database.folder, options=NEVER_REPLACED) as server,
        reading_from(server) as reading,
    ):
        for _ in range(RELOADS):
            before = set(children_of(server.process.pid))
            server.process.send_signal(signal.SIGHUP)
            while before & set(children_of(server.process.pid)):
                time.sleep(0.1)
            assert len(children_of(server.process.pid)) == len(before)
    _log.info("reloads: %d, answers: %d, slowest %.1f s", RELOADS, reading.asked, reading.longest)
    assert reading.faults == []
    assert reading.longest < LONGEST


def reading_from(server: Server) -> Reading:
    """Return people who read while workers come and go."""
    return Reading([server.port] * READERS, any_page, hasty=[server.port] * READERS)


def any_page(chance: Random) -> Page:
    """Return a page that readers ask for."""
    return HOSTS[chance.choice((BUREAU, PORTAL))], chance.choice(("/", "/tzgg/", "/feed.atom")), ""
