"""What gunicorn answers by itself: in the visitor's language, and without a note of who it was."""

import logging
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from gunicorn.http import errors

from bench.served import NEVER_REPLACED, Server, free_port, gunicorn
from deploy.worker import Worker

ADDRESS = "203.0.113.9"
NAME = "zhangsan"


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("unseen") / "log"


@pytest.fixture(scope="module")
def server(log: Path) -> Iterator[Server]:
    options = (*NEVER_REPLACED, "--error-logfile", str(log))
    with gunicorn("bench.hello:app", free_port(), {}, options=options) as served:
        yield served


def said_to(server: Server, request: bytes) -> tuple[str, str]:
    """Return the first line and the rest of what a request is answered until the connection ends."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as link:
        link.sendall(request)
        answer = b"".join(iter(lambda: link.recv(65_536), b"")).decode()
    first, _, rest = answer.partition("\r\n")
    return first, rest


@pytest.mark.parametrize(
    ("request_", "status", "words"),
    [
        (f"GET /{NAME} HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400, "请求有误"),
        (f"{NAME}\r\n\r\n", 400, "请求有误"),
        (f"GET /{NAME * 600} HTTP/1.1\r\nHost: a\r\n\r\n", 414, "地址过长"),
        (
            f"GET / HTTP/1.1\r\nHost: a\r\nCookie: {NAME * 1_200}\r\n\r\n",
            431,
            "信息过多",
        ),
    ],
    ids=["two hosts", "no request", "long address", "long header"],
)
def test_what_cannot_be_read_is_said_in_chinese_and_not_noted(
    server: Server, log: Path, request_: str, status: int, words: str
) -> None:
    first, rest = said_to(server, request_.encode())
    assert first.startswith(f"HTTP/1.1 {status} ")
    assert "Content-Type: text/html; charset=utf-8" in rest
    assert words in rest
    assert NAME not in rest
    assert server.get("127.0.0.1", "/2") == (200, b"hh")
    assert log.read_text() == ""


@pytest.mark.parametrize(
    "fault",
    [RuntimeError("broken"), errors.InvalidResponseHeader("X-Ours"), errors.ConfigurationProblem("x")],
)
def test_a_fault_of_ours_is_noted_without_the_visitor(
    caplog: pytest.LogCaptureFixture, fault: Exception
) -> None:
    worker = object.__new__(Worker)
    worker.log = logging.getLogger("worker")
    ours, theirs = socket.socketpair()
    with ours, theirs:
        worker.handle_error(None, ours, (ADDRESS, 1), fault)
        answer = theirs.recv(65_536).decode()
    assert answer.startswith("HTTP/1.1 500 Internal Server Error\r\n")
    assert "页面暂时无法显示" in answer
    assert "A request failed outside the applications" in caplog.text
    assert ADDRESS not in caplog.text


def test_who_has_hung_up_is_not_answered() -> None:
    worker = object.__new__(Worker)
    ours, theirs = socket.socketpair()
    theirs.close()
    with ours:
        worker.handle_error(None, ours, None, errors.InvalidHeader("x"))
