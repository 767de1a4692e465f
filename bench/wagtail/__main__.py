"""Our pages beside those of Wagtail with the same content: `.venv/bin/python -m bench.wagtail`.

Wagtail is installed into a temporary folder, in the versions that project.py names, from the index that this
machine is set to. Both stand on one PostgreSQL, that of the tests.
"""

import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.figures import Table
from bench.front import before_gunicorn
from bench.machine import description
from bench.served import Server, free_port, gunicorn
from bench.taken import Taken, body_of, middle, taken
from bench.throughput import CONNECTIONS, PORTAL, Asked, cores, pages_of
from bench.wagtail.county import Ours, analyse, make_empty, pin
from bench.wagtail.fronts import before_theirs, nginx
from bench.wagtail.project import PACKAGES, Project
from tests.engines import postgresql

ROUNDS, SECONDS = 5, 1.5
#: What is compared: its name, our side, theirs, and how many times as fast ours shall be.
COMPARED = (
    ("finished, gunicorn", "kept", "their kept", 5),
    ("finished, nginx in front", "front", "their kept front", 40),
    ("the same without wagtail-cache", "front", "their front", 40),
    ("uncached", "uncached", "their uncached", 15),
)
HOW = """{packages} on one PostgreSQL with ours, that of the tests. Its
site has the same {articles} articles, a Site for each unit, page models for home, column and article, a menu,
lists by `child_of().live()`, neighbours by `get_prev_siblings()`, rich text, and templates that show what
ours show in nearly as many bytes (its bytes / ours): `bench/wagtail/site/`. `DEBUG` is off, templates are
cached, connections to the database stay (`CONN_MAX_AGE`), wagtail-cache keeps pages in the worker's memory
(`LocMemCache`). Its display settings lead nowhere, and it has no traditional characters, no codes to scan and
no check of links that leave the county.

Every gunicorn is as `deploy/gunicorn.py` says, with one worker of 8 threads. *nginx in front* is
`deploy/front/nginx.conf.template` for ours, which lets nginx answer finished pages by itself; for Wagtail it
is an nginx that hands every page on over connections kept alive. All of them, and PostgreSQL, were pinned
to one core, the load generator (`bench/load.py`, {connections} connections) to the other. Medians of {rounds}
rounds of {seconds:g} s, all sides in turn for every page.

Milliseconds are of the processor for a thousand requests, taken by the workers of gunicorn and nginx and
not by PostgreSQL. *Times* is of requests a second, *by processor* of milliseconds: where nginx answers ours
by itself it is faster than the load generator, so that the first says less than there is. The goals are of
*times*; {held}."""


@dataclass(frozen=True)
class Side:
    """A server that is asked, and what stands behind it."""

    server: Server
    behind: tuple[Server, ...] = ()


@dataclass(frozen=True)
class Both:
    """A page of ours and the same of theirs."""

    ours: Asked
    theirs: Asked

    def of(self, name: str) -> Asked:
        """Return the page as a side has it."""
        return self.theirs if name.startswith("their") else self.ours


def measure(folder: Path, server: postgresql.Server, *, rounds: int, seconds: float) -> Table:
    """Found ours and theirs in a folder, and measure both."""
    serving, asking = cores()
    ours, published = Ours(folder / "demo", server), folder / "published.json"
    ours.found()
    articles = ours.write_published(published)
    make_empty(server, "wagtail")
    project = Project(folder / "wagtail", server.folder)
    project.make(published)
    analyse(server, "ziwang", "wagtail")
    if serving is not None:
        pin(server, serving)
    with _sides(ours, project, folder, serving) as sides:
        pages = _pages(sides)
        found: dict[tuple[Both, str], list[Taken]] = {}
        for _ in range(rounds):
            for both in pages:
                for name, one in sides.items():
                    here = taken(one.server, both.of(name), seconds, asking, behind=one.behind)
                    found.setdefault((both, name), []).append(here)
        sizes = {both: _sizes(both, sides) for both in pages}
    rows = list(_rows(pages, sizes, {key: middle(some) for key, some in found.items()}))
    words = {"packages": ", ".join(PACKAGES[:3]), "articles": articles, "connections": CONNECTIONS}
    missed = sum(row[-1] == "**no**" for row in rows)
    held = f"{len(rows) - missed} of {len(rows)} are held"
    how = HOW.format(rounds=rounds, seconds=seconds, held=held, **words)
    heads = ("page", "bytes", "ours", "ms", "Wagtail", "ms", "times", "by processor", "goal", "held")
    return Table("Beside Wagtail", heads, tuple(rows), how)


@contextmanager
def _sides(ours: Ours, project: Project, folder: Path, core: int | None) -> Iterator[dict[str, Side]]:
    """Serve both, in each of the ways that are compared."""
    with ExitStack() as stack:
        enter = stack.enter_context
        # The one that keeps pages comes last: each forgets, when it starts, what an earlier one has kept.
        uncached = enter(gunicorn("wsgi:app", free_port(), ours.environ(is_kept=False), core))
        kept = enter(gunicorn("wsgi:app", free_port(), ours.environ(is_kept=True), core))
        front = enter(before_gunicorn(ours.data, folder / "front", kept.port, core))
        theirs = enter(project.serving(core, is_kept=False))
        their_kept = enter(project.serving(core, is_kept=True))
        their_front = enter(before_theirs(folder / "their-front", theirs, core))
        their_kept_front = enter(before_theirs(folder / "their-kept-front", their_kept, core))
        yield {
            "kept": Side(kept),
            "front": Side(front, (kept,)),
            "uncached": Side(uncached),
            "their kept": Side(their_kept),
            "their kept front": Side(their_kept_front, (their_kept,)),
            "their front": Side(their_front, (theirs,)),
            "their uncached": Side(theirs),
        }


def _pages(sides: dict[str, Side]) -> list[Both]:
    """Return the pages, after each has been asked of every side until it is kept."""
    home, _, article, _ = pages_of(sides["uncached"].server)
    number = Path(article.path).stem
    column = article.path.split("/")[1]
    shown = Asked("the portal's list", PORTAL, "/tzgg/")
    pages = [
        Both(home, home),
        Both(article, Asked(article.name, article.host, f"/{column}/{number}/")),
        Both(shown, shown),
    ]
    for _ in range(3):
        time.sleep(1.1)  # No page of ours is found in the second of a change.
        for both in pages:
            for name, one in sides.items():
                body_of(one.server, both.of(name))
    return pages


def _sizes(both: Both, sides: dict[str, Side]) -> str:
    sizes = (len(body_of(sides[name].server, both.of(name))) for name in ("their uncached", "uncached"))
    return " / ".join(f"{size:,}" for size in sizes)


def _rows(
    pages: Sequence[Both], sizes: dict[Both, str], found: dict[tuple[Both, str], Taken]
) -> Iterator[tuple[str, ...]]:
    for both in pages:
        for title, our_name, their_name, goal in COMPARED:
            ours, theirs = found[both, our_name], found[both, their_name]
            times = ours.rate / theirs.rate
            yield (
                f"{both.ours.name}, {title}",
                sizes[both],
                *(f"{one:,.0f}" for one in (ours.rate, ours.cost * 1000, theirs.rate, theirs.cost * 1000)),
                f"{times:.1f}",
                f"{theirs.cost / ours.cost:.1f}",
                f"{goal}",
                "yes" if times >= goal else "**no**",
            )


def main() -> None:
    """Measure, and print."""
    nginx()  # It is better missed now than when everything else is there.
    with tempfile.TemporaryDirectory(prefix="ziwang-wagtail-") as folder, postgresql.running() as server:
        table = measure(Path(folder), server, rounds=ROUNDS, seconds=SECONDS)
    sys.stdout.write("\n".join((*description(), "", table.markdown(), "")))


if __name__ == "__main__":
    main()
