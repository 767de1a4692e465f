"""A real S3 store for the tests: OpenStack Swift on this machine alone, with its S3 face."""

import getpass
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING

from tests.engines import signature, swift_settings

if TYPE_CHECKING:
    from collections.abc import Iterator

SERVERS = ("account", "container", "object", "proxy")
PATIENCE = 30


@dataclass(frozen=True)
class Store:
    """A running store, and what opens it."""

    port: int
    region: str = "us-east-1"
    key: str = f"{swift_settings.ACCOUNT}:{swift_settings.USER}"
    secret: str = swift_settings.SECRET

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def make_bucket(self, name: str) -> None:
        """Make a bucket, which our client cannot do."""
        headers = signature.headers("PUT", f"/{name}", f"127.0.0.1:{self.port}", self)
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("PUT", f"/{name}", headers=headers)
            answer = connection.getresponse()
            said = answer.read()
        finally:
            connection.close()
        if answer.status != HTTPStatus.OK:
            raise RuntimeError(f"making the bucket {name}: {answer.status} {said!r}")


@contextmanager
def running() -> "Iterator[Store]":
    """Start the four servers that make a store, and stop them and forget what they kept at the end."""
    folder = _folder_with_attributes()
    with ExitStack() as ending:
        ending.callback(shutil.rmtree, folder, ignore_errors=True)
        ports = dict(zip(SERVERS, _free_ports(len(SERVERS)), strict=True))
        swift_settings.write(folder, ports, user=getpass.getuser())
        started = [ending.enter_context(_server(folder, name)) for name in SERVERS]
        _wait_until_open(list(ports.values()), started, folder)
        yield Store(ports["proxy"])


@contextmanager
def _server(folder: Path, name: str) -> "Iterator[subprocess.Popen[bytes]]":
    program = Path(sys.executable).with_name(f"swift-{name}-server")
    with (folder / f"{name}.log").open("wb") as log:
        command = [sys.executable, str(program), str(folder / f"{name}-server.conf"), "--verbose"]
        process = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL)  # noqa: S603 - ours
    try:
        yield process
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _folder_with_attributes() -> Path:
    """Make a folder where files may carry attributes, in which Swift keeps what it knows of them."""
    for parent in (tempfile.gettempdir(), "/var/tmp", str(Path.cwd())):  # noqa: S108 - made safely below
        folder = Path(tempfile.mkdtemp(prefix="ziwang-s3-", dir=parent))
        try:
            os.setxattr(folder, "user.probe", b"1")
        except OSError:
            folder.rmdir()
        else:
            return folder
    raise RuntimeError("no folder here lets files carry attributes; set TMPDIR to one that does")


def _free_ports(count: int) -> list[int]:
    """Ask the system for ports, holding each until all are known so that none comes twice."""
    with ExitStack() as held:
        probes = [held.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]


def _wait_until_open(ports: list[int], processes: "list[subprocess.Popen[bytes]]", folder: Path) -> None:
    end = time.monotonic() + PATIENCE
    while not all(map(_is_open, ports)):
        if time.monotonic() > end or any(process.poll() is not None for process in processes):
            said = "".join(log.read_text(errors="replace") for log in sorted(folder.glob("*.log")))
            raise RuntimeError(f"the S3 store did not start:\n{said}")
        time.sleep(0.1)


def _is_open(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 0.2).close()
    except OSError:
        return False
    return True
