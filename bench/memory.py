"""What a worker weighs when everybody's home was opened, with few subsites and with many.

`python -m bench.memory 50 10000` makes two counties of so many units and prints.
"""

import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from bench.counties import host_of, make_county
from bench.figures import Table
from bench.machine import children_of, description, resident_mib
from bench.served import NEVER_REPLACED, OK, Server
from tests.databases import Postgresql
from tests.engines import postgresql
from tests.faults.machines import machine
from tests.worlds import HOSTS, PORTAL, found

#: Articles of each unit.
EACH = 4
GOAL = 60  # MiB
HOW = """PostgreSQL, two counties; VmRSS of gunicorn's only worker, after the start and when the homes of the
portal and of each unit were asked once, nothing of it kept before. Finished pages take at most
`ZIWANG_PAGE_MEMORY` of it, 20 MiB unless the operator says otherwise. Goal: with {large:,} units at most
{goal} MiB more than with {small:,}."""


def measure(folder: Path, *, small: int, large: int) -> Table:
    """Measure two counties of so many units, made in a folder."""
    weights = [_weighed(folder / f"{units}", units) for units in (small, large)]
    more = weights[1][1] - weights[0][1]
    rows = [
        (f"{units:,}", f"{before:.0f} MiB", f"{after:.0f} MiB", "", "")
        for units, (before, after) in zip((small, large), weights, strict=True)
    ]
    rows.append(("difference", "", f"{more:+.0f} MiB", f"≤ {GOAL} MiB", "yes" if more <= GOAL else "**no**"))
    heads = ("units", "after the start", "after all homes", "goal", "held")
    how = HOW.format(small=small, large=large, goal=GOAL)
    return Table("Memory of a worker by the number of subsites", heads, tuple(rows), how)


def _weighed(folder: Path, units: int) -> tuple[float, float]:
    """Return what a worker weighs before and after all homes."""
    folder.mkdir(parents=True)
    with ExitStack() as stack:
        server = stack.enter_context(postgresql.running())
        database = Postgresql(folder, server)
        stack.callback(database.let_go)
        found(database.front)
        link = f"host={server.folder} user=postgres dbname=ziwang"
        make_county(link, units=units, articles=units * EACH)
        served = stack.enter_context(
            machine(database, folder, application="wsgi:app", options=NEVER_REPLACED, workers=1)
        )
        (worker,) = children_of(served.process.pid)
        before = resident_mib(worker)
        _visit(served, [HOSTS[PORTAL], *(host_of(number + 1) for number in range(units))])
        return before, resident_mib(worker)


def _visit(server: Server, hosts: list[str]) -> None:
    for turn, host in enumerate(hosts):
        status, _ = server.get(host, "/")
        if status != OK:
            raise RuntimeError(f"the home of {host} answers {status}")
        if turn % 500 == 0:
            sys.stderr.write(f"\r{turn:,} of {len(hosts):,} homes")
    sys.stderr.write("\n")


def main(words: list[str]) -> None:
    """Measure counties of the sizes that the words say, and print."""
    small, large = map(int, words)
    with tempfile.TemporaryDirectory(prefix="ziwang-bench-") as folder:
        table = measure(Path(folder), small=small, large=large)
    sys.stdout.write("\n".join((*description(), "", table.markdown(), "")))


if __name__ == "__main__":
    main(sys.argv[1:])
