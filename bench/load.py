"""The load generator: a few connections that ask for one page again and again, for a bounded time.

It runs as a process of its own on a core of its own, and prints requests a second:
`python -m bench.load PORT HOST PATH CONNECTIONS SECONDS [CORE]`. Only this machine's own address is asked.
The answers are read to their last byte; one that is not 200 ends the measurement.
"""

import asyncio
import os
import sys
import time

OK = b"HTTP/1.1 200 "
LENGTH = b"content-length:"


class Asking(asyncio.Protocol):
    """One connection that asks anew as soon as the answer is complete."""

    def __init__(self, request: bytes, done: "asyncio.Future[None]") -> None:
        self._request = request
        self._done = done
        self._buffer = b""
        self.answers = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, separator, body = self._buffer.partition(b"\r\n\r\n")
        if not separator or len(body) < _length(head):
            return
        if not head.startswith(OK):
            self._end(RuntimeError(f"answered {head[:40]!r}"))
            return
        self._buffer = b""
        self.answers += 1
        self._transport.write(self._request)

    def connection_lost(self, error: Exception | None) -> None:
        self._end(error or ConnectionError("the server closed the connection"))

    def close(self) -> None:
        """Hang up."""
        self._transport.abort()

    def _end(self, error: Exception) -> None:
        if not self._done.done():
            self._done.set_exception(error)


async def rate(port: int, host: str, path: str, connections: int, seconds: float) -> float:
    """Return how many answers a second came, over all connections."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[None] = loop.create_future()
    request = f"GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept: */*\r\n\r\n".encode()
    asking = [
        (await loop.create_connection(lambda: Asking(request, done), "127.0.0.1", port))[1]
        for _ in range(connections)
    ]
    began, before = time.perf_counter(), sum(one.answers for one in asking)
    await asyncio.wait([done], timeout=seconds)
    lasted, count = time.perf_counter() - began, sum(one.answers for one in asking) - before
    if done.done():
        done.result()
    done.cancel()
    for one in asking:
        one.close()
    await asyncio.sleep(0)  # the loop closes what it was told to
    return count / lasted


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(LENGTH):
            return int(line.removeprefix(LENGTH))
    raise RuntimeError("the answer does not say its length")


def main(words: list[str]) -> None:
    """Measure what the words say, on the core that they name, if any."""
    port, host, path, connections, seconds, *core = words
    if core:
        os.sched_setaffinity(0, {int(core[0])})
    sys.stdout.write(f"{asyncio.run(rate(int(port), host, path, int(connections), float(seconds)))}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
