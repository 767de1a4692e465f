"""How long the platform takes to start, and what a worker weighs when it has shown every subsite."""

import csv
from pathlib import Path

from bench.figures import Table
from bench.machine import children_of, resident_mib
from bench.served import OK, Server, demonstration, free_port
from deploy.bootstrap.places import ROOT

FIRST_GOAL, SECOND_GOAL = 90, 3  # seconds
UNITS = ROOT / "tenants" / "yongjia" / "units.csv"
HOW = """Starts are from `python -m app.start` (what `python3 wsgi.py run` becomes once the packages are
there) to the first 200 of /readyz, asked every 20 ms; the first founds the county on an empty folder,
signs and publishes its articles and makes its accounts, the second finds all that; both with as many
workers as suit the machine. Memory is VmRSS of the only worker of a third start (`ZIWANG_WORKERS=1`)
before and after the home, disclosure, news and notices of each of the {units} units and the portal were
asked once, so {pages} pages stand in its memory."""


def measure(data: Path) -> Table:
    """Found a demonstration in an empty folder, start it again, and visit everything."""
    with demonstration(data, free_port()) as server:
        first = server.seconds_to_start
    with demonstration(data, free_port()) as server:
        second = server.seconds_to_start
    with demonstration(data, free_port(), {"ZIWANG_WORKERS": "1"}) as server:
        (worker,) = children_of(server.process.pid)
        before = resident_mib(worker)
        units, pages = _visit_all(server)
        after = resident_mib(worker)
    rows = (
        ("first start, empty folder", f"{first:.1f} s", f"< {FIRST_GOAL} s", _held(first < FIRST_GOAL)),
        ("second start", f"{second:.1f} s", f"< {SECOND_GOAL} s", _held(second < SECOND_GOAL)),
        ("a worker's memory after the start", f"{before:.0f} MiB", "none", ""),
        ("after all subsites", f"{after:.0f} MiB", "none", ""),
    )
    heads = ("what", "figure", "goal", "held")
    return Table("Starting, and memory", heads, rows, HOW.format(units=units, pages=pages))


def _visit_all(server: Server) -> tuple[int, int]:
    with UNITS.open(encoding="utf-8", newline="") as file:
        slugs = [row["slug"] for row in csv.DictReader(file)]
    pages = 0
    for host in ("www.yj.localhost", *(f"{slug}.yj.localhost" for slug in slugs)):
        answered = [server.get(host, path)[0] for path in ("/", "/xxgk/", "/gzdt/", "/tzgg/")]
        pages += answered.count(OK)
        if answered[0] != OK:
            raise RuntimeError(f"the home of {host} answers {answered[0]}")
    return len(slugs), pages


def _held(is_held: bool) -> str:  # noqa: FBT001 - there is one question
    return "yes" if is_held else "**no**"
