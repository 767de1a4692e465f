"""Asking a server over connections that are kept alive, as browsers and proxies do."""

import http.client
from collections.abc import Iterable
from dataclasses import dataclass

#: What keeping itself adds to an answer, and what is of the moment and the connection.
OF_THE_MOMENT = frozenset({"date", "etag", "last-modified", "vary", "connection", "server"})
PATIENCE = 60  # seconds


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: frozenset[tuple[str, str]]
    body: bytes

    @classmethod
    def of(cls, status: int, headers: Iterable[tuple[str, str]], body: bytes) -> "Answer":
        """Leave out what is of the moment."""
        said = ((name.lower(), value) for name, value in headers)
        return cls(status, frozenset(pair for pair in said if pair[0] not in OF_THE_MOMENT), body)

    @property
    def text(self) -> str:
        """The body as readers see it."""
        return self.body.decode()

    def beside(self, other: "Answer") -> str:
        """Say in which they differ."""
        if self.status != other.status:
            return f"{self.status}, not {other.status}"
        if self.headers != other.headers:
            return f"{sorted(self.headers ^ other.headers)}"
        mine, others = self.text.splitlines(), other.text.splitlines()
        return f"{[pair for pair in zip(mine, others, strict=False) if pair[0] != pair[1]][:3]}"


class Line:
    """One connection to a server; one that was closed while nothing was asked is opened again."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._link = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self._is_used = False
        #: How often a connection was found closed that had been promised to be kept.
        self.reopened = 0

    def ask(self, host: str, path: str, mode: str = "") -> Answer:
        """Return the answer. Raises OSError or HTTPException where none came."""
        headers = {"Host": host, **({"Cookie": f"ziwang-display={mode}"} if mode else {})}
        try:
            return self._answer(path, headers)
        except (ConnectionError, http.client.BadStatusLine):
            if not self._is_used:
                raise
        # Nothing was answered on a connection that was used before: it may be asked again (RFC 9110, 9.2.2).
        self.close()
        self.reopened += 1
        return self._answer(path, headers)

    def close(self) -> None:
        """Hang up."""
        self._link.close()
        self._is_used = False

    def _answer(self, path: str, headers: dict[str, str]) -> Answer:
        self._link.request("GET", path, headers=headers)
        answer = self._link.getresponse()
        body = answer.read()
        self._is_used = not answer.will_close
        return Answer.of(answer.status, answer.getheaders(), body)
