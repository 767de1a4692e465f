"""People on a bad line, hundreds at a time, keep nobody waiting behind the web server in front."""

import time
from pathlib import Path

import pytest

from bench.slow import slow_clients
from tests.databases import Database
from tests.engines import nginx
from tests.faults.machines import lines, machine
from tests.worlds import BUREAU, HOSTS, PORTAL, County

#: More of each sort than gunicorn has threads.
SLOW = 300
#: Seconds in which they dawdle, and in which others have their answers.
SECONDS, SOON = 30, 5


#: Lines have nothing to do with the database.
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_slow_clients_keep_nobody_waiting(county: County, database: Database, folder: Path) -> None:
    assert county.front is database.front
    host = HOSTS[PORTAL]
    with (
        machine(database, database.folder, options=("--preload",)) as behind,
        nginx.running(database.folder, behind.port, folder=folder) as front,
        slow_clients(front.port, host, "/?from=afar", SLOW, seconds=SECONDS),
        lines(front, 1) as (line,),
    ):
        for page in (
            (HOSTS[BUREAU], "/"),
            (host, "/"),
            (host, "/?from=near"),
            (host, "/search?q=%E5%81%9C%E6%B0%B4"),
        ):
            began = time.monotonic()
            assert line.ask(*page, "").status == 200, page
            assert time.monotonic() - began < SOON, page
