"""What a web server before us notes when something goes wrong: never who asked, nor for what."""

import ssl
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.engines import caddy, nginx
from tests.front.asking import ask

HOST, PAGE = "slj.yj.localhost", "/search?q=zhangsan"
BAD_GATEWAY, TOO_LARGE = 502, 413
#: As both write their own address, that of the visitor of a test, and what was asked for.
NOBODYS = ("127.0.0.1:", "client: 127.0.0.1", '"127.0.0.1"', "zhangsan")


class _HangsUp(BaseHTTPRequestHandler):
    """A gunicorn that knows one host, and ends at each page without an answer."""

    def do_GET(self) -> None:
        if self.path.startswith("/tls-allowed"):
            self.send_response(200 if HOST in self.path else 403)
            self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def failing() -> Iterator[int]:
    """Return the port of a server that fails."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _HangsUp) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


def test_nginx_notes_nobody(folder: Path, failing: int) -> None:
    large = {"Content_Length": str(10**12)}
    with (
        (folder / "log").open("w") as log,
        nginx.running(folder, failing, folder=folder, log=log.fileno()) as server,
    ):
        assert ask(server, HOST, PAGE).status == BAD_GATEWAY
        assert ask(server, HOST, PAGE, "POST", **large).status == TOO_LARGE
    _judge(folder / "log")


def test_caddy_notes_nobody(folder: Path, failing: int) -> None:
    with (
        (folder / "log").open("w") as log,
        caddy.running(folder, failing, folder=folder, log=log.fileno()) as server,
    ):
        assert server.ask(HOST, PAGE).status == BAD_GATEWAY
        with pytest.raises(ssl.SSLError):
            server.ask("nobody.example", PAGE)
    _judge(folder / "log")


def _judge(log: Path) -> None:
    noted = log.read_text(encoding="utf-8")
    for words in NOBODYS:
        lines = [line for line in noted.splitlines() if words in line]
        assert not lines, lines
