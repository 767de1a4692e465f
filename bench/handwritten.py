"""Uncached pages beside the same written by hand (bench/plain.py): `.venv/bin/python -m bench.handwritten`.

Both make every page anew from the same database file.
"""

import sys
from pathlib import Path

from bench import plain
from bench.figures import Table
from bench.machine import description
from bench.served import Server, founded, free_port, gunicorn
from bench.taken import Taken, as_long, body_of, middle, taken
from bench.throughput import CONNECTIONS, Asked, cores, pages_of

ROUNDS, SECONDS = 5, 2.0
HOW = """Medians of {rounds} rounds of {seconds:g} s each, both sides in turn for every page. Two gunicorn
servers ran side by side on one core, each with one worker as `deploy/gunicorn.py` says; {connections}
connections kept alive, `bench/load.py` on the other core. Ours with `ZIWANG_PAGE_MEMORY=0` and
`ZIWANG_PAGE_FOLDER=0`; *by hand*: `bench/plain.py`, Flask with SQLAlchemy Core and one Jinja template on the
same SQLite file, whose lists are repeated until the page has as many bytes as ours (by {rows}).
What it leaves out stands at its head. Milliseconds are of the processor, user and system,
taken by the worker for one request. *Ours : by hand* is of requests a second. The goal is 90 %."""


def measure(data: Path, *, rounds: int, seconds: float) -> Table:
    """Measure on the data of a demonstration that is not running."""
    serving, asking = cores()
    with (
        gunicorn("wsgi:app", free_port(), _environ(data), serving) as ours,
        gunicorn("bench.plain:app", free_port(), plain.address(data), serving) as by_hand,
    ):
        pages = {page: _by_hand(by_hand, ours, page) for page in pages_of(ours)[:3]}
        found: dict[tuple[Asked, Server], list[Taken]] = {}
        for _ in range(rounds):
            for page, same in pages.items():
                for server, wanted in ((ours, page), (by_hand, same)):
                    found.setdefault((page, server), []).append(taken(server, wanted, seconds, asking))
        rows = tuple(
            _row(
                page,
                len(body_of(by_hand, pages[page])),
                *(middle(found[page, one]) for one in (ours, by_hand)),
            )
            for page in pages
        )
    heads = ("page", "bytes", "ours", "ms", "by hand", "ms", "ours : by hand")
    more = ", ".join(one.path.partition("more=")[2].partition("&")[0] for one in pages.values())
    how = HOW.format(rounds=rounds, seconds=seconds, connections=CONNECTIONS, rows=f"{more} rows")
    return Table("Uncached pages beside pages written by hand", heads, rows, how)


def _environ(data: Path) -> dict[str, str]:
    return {
        "ZIWANG_DATA_DIR": str(data),
        "ZIWANG_SECRET_KEY": (data / "secret-key").read_text(encoding="ascii").strip(),
        "ZIWANG_SCHEME": "http",
        "ZIWANG_PAGE_MEMORY": "0",
        "ZIWANG_PAGE_FOLDER": "0",
    }


def _by_hand(by_hand: Server, ours: Server, page: Asked) -> Asked:
    """Return the page written by hand that is as long as ours."""
    size = len(body_of(ours, page))
    return as_long(by_hand, page, size, lambda rows, blanks: f"{page.path}?more={rows}&blanks={blanks}")


def _row(page: Asked, size: int, ours: Taken, by_hand: Taken) -> tuple[str, ...]:
    figures = [text for one in (ours, by_hand) for text in (f"{one.rate:,.0f}", f"{one.cost:.1f}")]
    return (page.name, f"{size:,}", *figures, f"{ours.rate / by_hand.rate:.0%}")


def main() -> None:
    """Found a demonstration, measure, and print."""
    with founded() as data:
        table = measure(data, rounds=ROUNDS, seconds=SECONDS)
    sys.stdout.write("\n".join((*description(), "", table.markdown(), "")))


if __name__ == "__main__":
    main()
