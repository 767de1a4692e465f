"""A crowd of visitors, each on a connection of their own, who all ask for one page at the same moment.

`python -m tests.faults.crowd PORT HOST PATH VISITORS MARK` is a process of its own, so that nobody asks who
is in its way. It prints as JSON how many answers of each status there were, and how many had the mark. Only
this machine's own address is asked.
"""

import asyncio
import json
import sys
from collections import Counter

PATIENCE = 100  # seconds


async def crowd(port: int, host: str, path: str, visitors: int, mark: str) -> Counter[str]:
    """Return how many answers of which status came, and how many with the mark."""
    request = f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode()
    found: Counter[str] = Counter()
    for status, body in await asyncio.gather(*(_answer(port, request) for _ in range(visitors))):
        found[status] += 1
        found["marked"] += mark in body
    return found


async def _answer(port: int, request: bytes) -> tuple[str, str]:
    try:
        async with asyncio.timeout(PATIENCE):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(request)
            answer = await reader.read()
            writer.close()
    except OSError as fault:
        return type(fault).__name__, ""
    head, _, body = answer.decode().partition("\r\n\r\n")
    return head[9:12] or "nothing", body


def main(words: list[str]) -> None:
    """Be the crowd that the words say."""
    port, host, path, visitors, mark = words
    found = asyncio.run(crowd(int(port), host, path, int(visitors), mark))
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1:])
