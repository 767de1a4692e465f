"""python3 wsgi.py bench [--quick]: measure everything in one run, print it, and write bench/RESULTS.md.

--quick takes less of everything and writes nothing: to see whether it works, and which way a change points.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from bench import beside, chain, checks, costs, front, memory, opening, scale, search, starts, throughput
from bench.figures import Table, document
from bench.machine import description

RESULTS = Path(__file__).parent / "RESULTS.md"


class Extent(NamedTuple):
    """How much is measured."""

    rounds: int
    seconds: float
    many_articles: int
    sizes: tuple[int, ...]
    openings: int
    acts: int
    #: Units and articles of a small county and of a large one, and how often each page is asked for.
    small: tuple[int, int]
    large: tuple[int, int]
    times: int
    #: Subsites whose homes one worker is asked for.
    many_units: int


FULL = Extent(
    rounds=5,
    seconds=2.0,
    many_articles=300,
    sizes=(50, 1000),
    openings=10,
    acts=100_000,
    small=(50, 10_000),
    large=(1000, 1_000_000),
    times=40,
    many_units=10_000,
)
QUICK = Extent(
    rounds=3,
    seconds=0.5,
    many_articles=30,
    sizes=(50,),
    openings=3,
    acts=10_000,
    small=(5, 200),
    large=(20, 2_000),
    times=5,
    many_units=60,
)


def main(words: list[str]) -> None:
    """Measure, print, and write."""
    parser = argparse.ArgumentParser(prog="wsgi.py bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="less of everything; writes nothing")
    is_quick = parser.parse_args(words).quick
    machine = description()
    with tempfile.TemporaryDirectory(prefix="ziwang-bench-") as folder:
        tables = list(_measured(Path(folder), QUICK if is_quick else FULL))
    written = document(machine, tables)
    sys.stdout.write(written)
    if not is_quick:
        RESULTS.write_text(written, encoding="utf-8")


def _measured(folder: Path, extent: Extent) -> Iterator[Table]:
    yield _step("starting, and memory", lambda: starts.measure(folder / "demo"))
    yield _step(
        "requests a second",
        lambda: throughput.measure(folder / "demo", rounds=extent.rounds, seconds=extent.seconds),
    )
    yield _step(
        "a finished page behind nginx",
        lambda: front.measure(folder / "demo", rounds=extent.rounds, seconds=extent.seconds),
    )
    yield _step(
        "slow clients",
        lambda: beside.measure(folder / "demo", rounds=extent.rounds, seconds=extent.seconds),
    )
    yield _step("precision and recall of the checks", checks.measure)
    yield _step("search over a judged set", lambda: search.measure(folder / "search"))
    few = 3
    yield _step(
        "queries of pages", lambda: costs.measure(folder / "pages", few=few, many=extent.many_articles)
    )
    yield _step(
        "opening subsites",
        lambda: opening.measure(folder / "opening", sizes=extent.sizes, count=extent.openings),
    )
    yield _step(
        "proving the record", lambda: chain.measure(folder / "chain", rows=extent.acts, rounds=extent.rounds)
    )
    yield _step(
        "a small and a large county",
        lambda: scale.measure(folder / "scale", small=extent.small, large=extent.large, rounds=extent.times),
    )
    yield _step(
        "memory by subsites",
        lambda: memory.measure(folder / "memory", small=extent.small[0], large=extent.many_units),
    )


def _step(name: str, measure: Callable[[], Table]) -> Table:
    sys.stderr.write(f"measuring: {name} ...\n")
    return measure()


if __name__ == "__main__":
    main(sys.argv[1:])
