"""What a page took of a server's worker: requests a second, and milliseconds of the processor for each."""

from collections.abc import Callable, Sequence
from statistics import median
from typing import NamedTuple

from bench.machine import busy_ms, children_of
from bench.served import OK, Server
from bench.throughput import Asked, rate_of


class Taken(NamedTuple):
    """Of one round, or of the middle of several."""

    rate: float
    #: Milliseconds of the processor, user and system, of all threads of the workers.
    cost: float


def taken(
    server: Server, page: Asked, seconds: float, core: int | None, *, behind: Sequence[Server] = ()
) -> Taken:
    """Ask for a page again and again for so long, from one core; what stands behind the server counts too."""
    workers = [children_of(one.process.pid)[0] for one in (server, *behind)]
    before = sum(map(busy_ms, workers))
    rate = rate_of(server, page, seconds, core)
    return Taken(rate, (sum(map(busy_ms, workers)) - before) / (rate * seconds))


def middle(rounds: Sequence[Taken]) -> Taken:
    """Return the medians of rounds."""
    return Taken(median(one.rate for one in rounds), median(one.cost for one in rounds))


def body_of(server: Server, page: Asked) -> bytes:
    """Return what a page has. Raises RuntimeError where it does not answer 200."""
    status, body = server.get(page.host, page.path)
    if status != OK:
        raise RuntimeError(f"{page.host}{page.path} answers {status}")
    return body


def as_long(server: Server, page: Asked, size: int, address: Callable[[int, int], str]) -> Asked:
    """Return the page with so many rows and blanks more that it has so many bytes.

    ``address`` says where that is. Raises RuntimeError where the page is longer from the first.
    """

    def with_more(rows: int, blanks: int) -> Asked:
        return Asked(page.name, page.host, address(rows, blanks))

    rows, length = 0, len(body_of(server, with_more(0, 0)))
    if length > size:
        raise RuntimeError(f"{page.path} has {length:,} bytes, which is more than {size:,}")
    while (longer := len(body_of(server, with_more(rows + 1, 0)))) <= size:
        rows, length = rows + 1, longer
    return with_more(rows, size - length)
