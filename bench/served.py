"""Servers to be measured: started on a free port of this machine's own address, gone afterwards."""

import http.client
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from deploy.bootstrap.places import ROOT

PATIENCE = 180  # seconds
OK = 200
NEVER_REPLACED = ("--max-requests", "0")


@contextmanager
def gunicorn(
    application: str,
    port: int,
    environ: Mapping[str, str],
    core: int | None = None,
    *,
    workers: int = 1,
    options: Sequence[str] | None = None,
) -> Iterator["Server"]:
    """Serve an application as deploy/gunicorn.py says, on one core if one is named.

    Several workers are forked from a master that has read the code. Only the replacement of a worker after
    its ten thousandth request is left out: it would fall into some rounds and not into others. Who names
    options says both otherwise.
    """
    if options is None:
        options = (*NEVER_REPLACED, "--preload") if workers > 1 else NEVER_REPLACED
    words = ["-m", "gunicorn", "-c", "deploy/gunicorn.py", *options, application]
    with _running(words, port, {**environ, "ZIWANG_WORKERS": str(workers)}, core) as server:
        yield server


@contextmanager
def demonstration(folder: Path, port: int, environ: Mapping[str, str] | None = None) -> Iterator["Server"]:
    """Start the platform on a folder of data as `python3 wsgi.py run` does; on an empty one it is founded."""
    with _running(["-m", "app.start"], port, {"DATA_DIR": str(folder), **(environ or {})}, None) as server:
        yield server


@contextmanager
def founded() -> Iterator[Path]:
    """Found a demonstration, which does not run any more, and yield its data; they are gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="ziwang-bench-") as folder:
        data = Path(folder) / "demo"
        with demonstration(data, free_port()):
            pass
        yield data


class Server:
    """A running server, how to ask it, and how long it took to answer the first time."""

    def __init__(self, process: "subprocess.Popen[bytes]", port: int) -> None:
        self.process = process
        self.port = port
        self.seconds_to_start = 0.0

    def get(self, host: str, path: str) -> tuple[int, bytes]:
        """Return status and body of one page."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path, headers={"Host": host})
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def wait(self, path: str = "/readyz", host: str = "127.0.0.1") -> None:
        """Wait for the first answer. Raises RuntimeError when the server ends or never answers."""
        began = time.perf_counter()
        while time.perf_counter() - began < PATIENCE:
            if self.process.poll() is not None:
                break
            try:
                if self.get(host, path)[0] == OK:
                    self.seconds_to_start = time.perf_counter() - began
                    return
            except OSError:
                pass
            time.sleep(0.02)
        raise RuntimeError(f"the server did not start: {' '.join(map(str, self.process.args))}")  # type: ignore[arg-type]


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _running(words: list[str], port: int, environ: Mapping[str, str], core: int | None) -> Iterator[Server]:
    # What the caller's own installation is set to must not reach the one that is measured.
    clean = {name: value for name, value in os.environ.items() if not name.startswith("ZIWANG_")}
    process = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, *words],
        cwd=ROOT,
        env={**clean, "PORT": str(port), **environ},
        stdout=subprocess.DEVNULL,
    )
    server = Server(process, port)
    try:
        if core is not None:
            os.sched_setaffinity(process.pid, {core})
        server.wait("/2" if "bench.hello:app" in words else "/readyz")
        yield server
    finally:
        process.terminate()
        process.wait(timeout=60)
