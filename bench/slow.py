"""People on a bad line: connections that write their request, or read their answer, by single bytes.

They run as a process of their own, on this machine's own address, for a bounded time:
`python -m bench.slow PORT HOST PATH NUMBER SECONDS`. Half of them write, half read. Elsewhere they would have
machines of their own; here their process gives way to everybody else's.
"""

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from deploy.bootstrap.places import ROOT

#: Seconds between two bytes, and what a reader takes at a time; a page would take it a quarter of an hour.
PAUSE, MOUTHFUL = 1.0, 64
#: The smallest that the system gives: what does not fit stays with the server.
RECEIVED = 2304
READY = "ready\n"


@contextmanager
def slow_clients(port: int, host: str, path: str, number: int, *, seconds: int) -> Iterator[None]:
    """Have so many slow clients about, once all are connected; they leave at the end or after the seconds."""
    words = [str(port), host, path, str(number), str(seconds)]
    with subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "bench.slow", *words], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        try:
            if process.stdout.readline() != READY:
                raise RuntimeError("the slow clients found no way in")
            yield
            if process.poll() is not None:
                raise RuntimeError("the slow clients left before the end")
        finally:
            process.kill()


async def _write(request: bytes, port: int) -> None:
    """Send a request that never ends."""
    connection = await _connected(port)
    loop = asyncio.get_running_loop()
    for place in range(len(request)):
        await loop.sock_sendall(connection, request[place : place + 1])
        await asyncio.sleep(PAUSE)


async def _read(request: bytes, port: int) -> None:
    """Ask properly, and take the answer in mouthfuls."""
    connection = await _connected(port)
    loop = asyncio.get_running_loop()
    await loop.sock_sendall(connection, request)
    while await loop.sock_recv(connection, MOUTHFUL):  # noqa: ASYNC110 - it is time that is to pass
        await asyncio.sleep(PAUSE)


async def _connected(port: int) -> socket.socket:
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVED)
    connection.setblocking(False)  # noqa: FBT003 - its only argument
    await asyncio.get_running_loop().sock_connect(connection, ("127.0.0.1", port))
    return connection


async def dawdle(port: int, host: str, path: str, number: int, seconds: float) -> None:
    """Be so many slow clients for so many seconds; say when all have begun."""
    request = (
        f"GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept: */*\r\nUser-Agent: {'slow ' * 100}\r\n\r\n".encode()
    )
    about = []
    for turn in range(number):  # One after the other, so that they do not all move at the same moment.
        about.append(asyncio.create_task((_write, _read)[turn % 2](request, port)))
        await asyncio.sleep(PAUSE / number)
    sys.stdout.write(READY)
    sys.stdout.flush()
    await asyncio.wait(about, timeout=seconds)
    for task in about:
        task.cancel()


if __name__ == "__main__":
    os.nice(19)
    asyncio.run(dawdle(int(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4]), float(sys.argv[5])))
