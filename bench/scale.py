"""What an uncached page costs in a large county beside a small one: nothing may grow but what lists units.

`python -m bench.scale 50 10000 1000 1000000 40` takes so many units and articles for each county, and so
many rounds, and says how far it has come. A page on which LONGEST seconds were spent is asked no more.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import quote

from werkzeug.test import Client

from app.web.paging import PER_PAGE
from bench.counties import COLUMNS, Made, make_county
from bench.figures import Table, document
from bench.machine import description, resident_mib
from tests.databases import Postgresql
from tests.engines import postgresql
from tests.worlds import HOSTS, PORTAL, found

OK = 200
#: Seconds for a page, unless it was not asked often enough by then for a percentile.
LONGEST, FEWEST = 120, 5
HOW = """PostgreSQL, two counties in one run: {small.units:,} units with {small.articles:,} articles, and
{large.units:,} with {large.articles:,}. Every page was finished anew in this process, no page kept, {rounds}
times in each county in turn; median and 95th percentile in milliseconds. Beyond the small county's
last page that one is taken. Goals: first page at most 1.2 times, a deep page at most 3 times, search below
100 ms at the 95th percentile. The process, which holds both
applications, grew by {grown:.0f} MiB while it asked."""


@dataclass(frozen=True)
class Asked:
    """A page to be asked for, by the county."""

    name: str
    host: Callable[[Made], str]
    path: Callable[[Made], str]


def _portal(_: Made) -> str:
    return HOSTS[PORTAL]


def _unit(made: Made) -> str:
    return made.host


def _page(number: int) -> Callable[[Made], str]:
    def path(made: Made) -> str:
        last = made.articles // len(COLUMNS) // PER_PAGE - 1
        return f"/tzgg/?page={max(1, min(number, last))}"

    return path


PAGES = (
    Asked("portal: home", _portal, lambda _: "/"),
    Asked("portal: list, page 1", _portal, lambda _: "/tzgg/"),
    Asked("portal: list, page 500", _portal, _page(500)),
    Asked("portal: list, page 10,000", _portal, _page(10_000)),
    Asked("portal: library and its facets", _portal, lambda _: "/documents/"),
    Asked("portal: a document's number", _portal, lambda made: f"/documents/?number={quote(made.number)}"),
    Asked("interface: a number", _portal, lambda made: f"/api/v1/documents?number={quote(made.number)}"),
    Asked("portal: search, a word of two characters", _portal, lambda _: f"/search?q={quote('停水')}"),
    Asked("portal: search, a word in every text", _portal, lambda _: f"/search?q={quote('工作')}"),
    Asked("portal: search, a number", _portal, lambda made: f"/search?q={quote(made.number)}"),
    Asked("unit: home", _unit, lambda _: "/"),
    Asked("unit: column", _unit, lambda _: "/tzgg/"),
    Asked("unit: article", _unit, lambda made: made.path),
)


class County:
    """A county of some size with what asks it."""

    def __init__(self, folder: Path, server: postgresql.Server, units: int, articles: int) -> None:
        folder.mkdir(parents=True)
        self.database = Postgresql(folder, server)
        found(self.database.front)
        self.made = make_county(
            f"host={server.folder} user=postgres dbname=ziwang", units=units, articles=articles
        )

    def seconds(self, asked: Asked) -> float:
        """Return how long a page takes that is not kept."""
        self.database.front.public.extensions["pages"].clear()
        self.database.front.public.extensions["page_folder"].clear()
        client, host = Client(self.database.front), f"http://{asked.host(self.made)}"
        began = time.perf_counter()
        answer = client.get(asked.path(self.made), base_url=host)
        took = time.perf_counter() - began
        if answer.status_code != OK:
            raise RuntimeError(f"{asked.name}: {asked.path(self.made)} answers {answer.status_code}")
        return took


def measure(folder: Path, *, small: tuple[int, int], large: tuple[int, int], rounds: int) -> Table:
    """Measure two counties, each of so many units and articles, made anew in a folder."""
    with ExitStack() as stack:
        counties = [
            County(folder / name, stack.enter_context(postgresql.running()), *size)
            for name, size in (("small", small), ("large", large))
        ]
        for county in counties:
            stack.callback(county.database.let_go)
        for asked in PAGES:  # The first time, templates are read and statements compiled.
            for county in counties:
                county.seconds(asked)
        before = resident_mib(os.getpid())
        rows = tuple(_row(asked, counties, rounds) for asked in PAGES)
        grown = resident_mib(os.getpid()) - before
        how = HOW.format(small=counties[0].made, large=counties[1].made, rounds=rounds, grown=grown)
    heads = ("page", "small: median", "95 %", "large: median", "95 %", "times")
    return Table("Pages of a small and of a large county", heads, rows, how)


def _row(asked: Asked, counties: list[County], rounds: int) -> tuple[str, ...]:
    sys.stderr.write(f"{asked.name} ...\n")
    taken: list[list[float]] = [[], []]
    until = time.monotonic() + LONGEST
    for done in range(rounds):
        if done >= FEWEST and time.monotonic() > until:
            break
        for county, times in zip(counties, taken, strict=True):
            times.append(county.seconds(asked) * 1000)
    middle = [median(times) for times in taken]
    slow = [quantiles(times, n=20)[-1] for times in taken]
    figures = (f"{value:.1f}" for value in (middle[0], slow[0], middle[1], slow[1]))
    return asked.name, *figures, f"{middle[1] / middle[0]:.2f}"


def main(words: list[str]) -> None:
    """Measure counties of the sizes that the words say, and print."""
    units, articles, more_units, more_articles, rounds = map(int, words)
    with tempfile.TemporaryDirectory(prefix="ziwang-bench-") as folder:
        large = (more_units, more_articles)
        table = measure(Path(folder), small=(units, articles), large=large, rounds=rounds)
    sys.stdout.write(document(description(), [table]))


if __name__ == "__main__":
    main(sys.argv[1:])
