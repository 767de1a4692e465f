"""What others wait while slow clients are about: `.venv/bin/python -m bench.beside`."""

import http.client
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from itertools import count
from pathlib import Path
from statistics import median, quantiles

from bench.figures import Table
from bench.front import before_gunicorn, environ_of
from bench.machine import description
from bench.served import OK, founded, free_port, gunicorn
from bench.slow import slow_clients
from bench.throughput import PORTAL, UNIT, Asked, cores
from deploy.addresses import workers

SLOW, GOAL = 500, 1.5
#: Seconds after which an answer counts as none.
LONGEST = 20
#: Answers without which there is no percentile.
FEWEST = 2
HOW = """{slow} slow clients, half of whom send a byte of their request each second and half of whom take
64 bytes of their answer each second with the smallest buffer, beside one person who asks for one page after
the other on a connection kept alive. 95th percentiles in milliseconds, medians of {rounds} rounds of
{seconds:g} s for each page, with and without them in turn; nginx as `deploy/front/nginx.conf.template` says,
with one worker, before gunicorn with {workers} of 8 threads, all on one core, and who asks on the other,
where the slow clients' process gives way. Goal: at most 1.5 times.

A *finished* page is nginx's own, a page *kept* comes from gunicorn's memory, and a page *made* asks the
database each time. Without nginx each slow client holds a thread of gunicorn for as long as he likes, and
soon nobody else is answered: gunicorn is not meant to face the street."""
PAGES = (
    Asked("finished", UNIT, "/"),
    Asked("kept", UNIT, "/?from=elsewhere"),
    Asked("made", PORTAL, "/search?q={}"),
)


def measure(data: Path, *, rounds: int, seconds: float) -> Table:
    """Measure on the data of a demonstration that is not running."""
    number = workers({})
    serving, asking = cores()
    with ExitStack() as stack:
        options = ("--preload", "--max-requests", "0")
        behind = stack.enter_context(
            gunicorn("wsgi:app", free_port(), environ_of(data), serving, workers=number, options=options)
        )
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="ziwang-slow-")))
        front = stack.enter_context(before_gunicorn(data, folder / "front", behind.port, serving))
        stack.enter_context(_staying_on(asking))
        found: dict[tuple[str, bool], list[float]] = {}
        for _ in range(rounds):
            for has_slow in (False, True):
                lasts = int(seconds * len(PAGES)) + LONGEST * len(PAGES)
                about = slow_clients(front.port, PORTAL, "/?slow", SLOW, seconds=lasts) if has_slow else None
                with about or nullcontext():
                    for page in PAGES:
                        found.setdefault((page.name, has_slow), []).append(_late(front.port, page, seconds))
    rows = tuple(_row(page.name, found[page.name, False], found[page.name, True]) for page in PAGES)
    heads = ("page", "alone: 95 % (ms)", "beside them: 95 % (ms)", "times", "held")
    how = HOW.format(slow=SLOW, rounds=rounds, seconds=seconds, workers=number)
    return Table("Slow clients", heads, rows, how)


@contextmanager
def _staying_on(core: int | None) -> Iterator[None]:
    """Keep this thread, and the processes it starts meanwhile, on a core."""
    everywhere = os.sched_getaffinity(0)
    os.sched_setaffinity(0, everywhere if core is None else {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, everywhere)


def _late(port: int, page: Asked, seconds: float) -> float:
    """Return the 95th percentile of what an answer takes, in milliseconds."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LONGEST)
    times: list[float] = []
    until, numbers = time.monotonic() + seconds, count(time.time_ns() % 1_000_000)
    while time.monotonic() < until or len(times) < FEWEST:
        began = time.perf_counter()
        connection.request("GET", page.path.format(next(numbers)), headers={"Host": page.host})
        answer = connection.getresponse()
        answer.read()
        times.append((time.perf_counter() - began) * 1000)
        if answer.status != OK:
            raise RuntimeError(f"{page.name} answers {answer.status}")
    connection.close()
    return quantiles(times, n=20)[-1]


def _row(name: str, alone: list[float], beside: list[float]) -> tuple[str, ...]:
    before, after = median(alone), median(beside)
    held = "yes" if after <= before * GOAL else "no"
    return name, f"{before:.2f}", f"{after:.2f}", f"{after / before:.2f}", held


def main() -> None:
    """Found a demonstration, measure, and print."""
    with founded() as data:
        table = measure(data, rounds=5, seconds=4.0)
    sys.stdout.write("\n".join((*description(), "", table.markdown(), "")))


if __name__ == "__main__":
    main()
