"""Requests a second of the pages people open most, beside a bare application that answers as many bytes."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.figures import Table
from bench.served import OK, Server, free_port, gunicorn
from deploy.bootstrap.places import ROOT

UNIT, PORTAL = "slj.yj.localhost", "www.yj.localhost"
COLUMN = "/gzdt/"
ARTICLE = re.compile(r'href="[^"]*(/gzdt/\d{4}/\d{2}/\d+\.html)"')
CONNECTIONS = 8
HOW = """Medians of {rounds} rounds of {seconds:g} s each. Three gunicorn servers ran side by side, each
with one worker and otherwise as `deploy/gunicorn.py` says (8 threads; only the replacement of workers
after 10,000 requests was switched off); in every round each page was asked of the three in turn, so
that whatever else the machine did fell on all of them alike. {cores} The load generator is
`bench/load.py`: asyncio, raw sockets, {connections} connections kept alive, loopback, every answer read
to its end.

- *kept*: as delivered. The page stands in the worker's memory, and is answered before Flask and the
  database, once a second after the database was asked. It has ten headers to hello's two.
- *uncached*: `ZIWANG_PAGE_MEMORY=0`, `ZIWANG_PAGE_FOLDER=0`. Every request asks all its
  queries and renders the theme.
- *hello*: `bench/hello.py`, the same number of bytes without a framework. It is the ceiling of
  gunicorn, not of the platform.

The goal for kept : hello is 90 %."""


@dataclass(frozen=True)
class Asked:
    """A page under measurement."""

    name: str
    host: str
    path: str


@dataclass(frozen=True)
class Trio:
    """The servers that are compared."""

    kept: Server
    uncached: Server
    hello: Server


def measure(data: Path, *, rounds: int, seconds: float) -> Table:
    """Measure on the data of a demonstration that is not running."""
    serving, asking = cores()
    with _serving(data, serving) as trio:
        pages = pages_of(trio.kept)
        sizes = {page: len(_fetched(trio.kept, page)) for page in pages}
        found: dict[tuple[Asked, str], list[float]] = {}
        for _ in range(rounds):
            for page in pages:
                hello = Asked("", page.host, f"/{sizes[page]}")
                for name, server, wanted in (
                    ("kept", trio.kept, page),
                    ("uncached", trio.uncached, page),
                    ("hello", trio.hello, hello),
                ):
                    found.setdefault((page, name), []).append(rate_of(server, wanted, seconds, asking))
    return _table(pages, sizes, found, _how(rounds, seconds, serving))


@contextmanager
def _serving(data: Path, core: int | None) -> Iterator[Trio]:
    with ExitStack() as stack:
        servers = []
        for application, memory in (("wsgi:app", "67108864"), ("wsgi:app", "0"), ("bench.hello:app", "0")):
            port = free_port()
            environ = {
                "ZIWANG_DATA_DIR": str(data),
                "ZIWANG_SECRET_KEY": (data / "secret-key").read_text(encoding="ascii").strip(),
                "ZIWANG_SCHEME": "http",
                "ZIWANG_PAGE_MEMORY": memory,
                "ZIWANG_PAGE_FOLDER": memory,
            }
            servers.append(stack.enter_context(gunicorn(application, port, environ, core)))
        yield Trio(*servers)


def pages_of(server: Server) -> list[Asked]:
    """Return the pages that people open most."""
    status, column = server.get(UNIT, COLUMN)
    found = ARTICLE.search(column.decode())
    if found is None:
        raise RuntimeError(f"{UNIT}{COLUMN} answers {status} and shows no article")
    return [
        Asked("a unit's home", UNIT, "/"),
        Asked("a unit's column", UNIT, COLUMN),
        Asked("a unit's article", UNIT, found.group(1)),
        Asked("the portal's home", PORTAL, "/"),
    ]


def _fetched(server: Server, page: Asked) -> bytes:
    status, body = server.get(page.host, page.path)
    if status != OK:
        raise RuntimeError(f"{page.name} answers {status}")
    return body


def rate_of(server: Server, page: Asked, seconds: float, core: int | None) -> float:
    """Return how many answers a second came while a page was asked for again and again."""
    words = [str(server.port), page.host, page.path, str(CONNECTIONS), str(seconds)]
    words += [] if core is None else [str(core)]
    ended = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "bench.load", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=seconds + 60,
    )
    return float(ended.stdout)


def cores() -> tuple[int | None, int | None]:
    """Return the core that serves and the core that asks, where there are two."""
    usable = sorted(os.sched_getaffinity(0))
    return (usable[0], usable[1]) if len(usable) > 1 else (None, None)


def _how(rounds: int, seconds: float, serving: int | None) -> str:
    cores = (
        "The servers were pinned to one core and the load generator to another."
        if serving is not None
        else "Servers and load generator shared the only core, so all figures are too low."
    )
    return HOW.format(rounds=rounds, seconds=seconds, cores=cores, connections=CONNECTIONS)


def _table(
    pages: list[Asked], sizes: dict[Asked, int], found: dict[tuple[Asked, str], list[float]], how: str
) -> Table:
    rows = []
    for page in pages:
        kept, uncached, hello = (median(found[page, name]) for name in ("kept", "uncached", "hello"))
        rows.append(
            (
                page.name,
                f"{sizes[page]:,}",
                f"{kept:,.0f}",
                f"{uncached:,.0f}",
                f"{hello:,.0f}",
                f"{kept / hello:.0%}",
                f"{uncached / hello:.1%}",
            )
        )
    heads = ("page", "bytes", "kept", "uncached", "hello", "kept : hello", "uncached : hello")
    return Table("Requests a second, one worker on one core", heads, tuple(rows), how)
