"""Asking a server by its port for a host's page, with every header that is said."""

import http.client
from dataclasses import dataclass

from bench.served import Server


@dataclass(frozen=True)
class Answer:
    """What came over the wire."""

    status: int
    headers: dict[str, str]
    body: bytes


def ask(server: Server, host: str, path: str, method: str = "GET", **headers: str) -> Answer:
    """Ask once, following nothing and unpacking nothing."""
    link = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        link.request(method, path, headers={"Host": host, **named})
        came = link.getresponse()
        said = {name: ", ".join(came.headers.get_all(name, [])) for name in came.headers}
        return Answer(came.status, said, came.read())
    finally:
        link.close()
