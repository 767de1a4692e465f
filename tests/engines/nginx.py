"""nginx before gunicorn, as `python3 wsgi.py front` configures it."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.served import Server, free_port
from deploy.bootstrap.engines import server
from deploy.front.nginx import Listening, configuration

PATIENCE = 30  # seconds


@contextmanager
def running(data: Path, gunicorn: int, *, folder: Path, log: int | None = None) -> Iterator[Server]:
    """Serve a data folder on a free port; what is not there is asked of gunicorn's.

    What it notes goes to an open file, if one is named.
    """
    program = server("nginx")
    assert program, "no nginx: set NGINX, or let `python3 wsgi.py test` unpack it"
    port = free_port()
    (data / "run" / "nginx").mkdir(parents=True, exist_ok=True)
    written = folder / "nginx.conf"
    written.write_text(
        configuration(data, Listening(f"127.0.0.1:{port}"), gunicorn=f"127.0.0.1:{gunicorn}"),
        encoding="utf-8",
    )
    process = subprocess.Popen(  # noqa: S603 - our own program
        [program, "-e", "stderr", "-p", folder, "-c", written], stderr=log
    )
    try:
        yield answering(Server(process, port))
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


def answering(begun: Server) -> Server:
    """Wait until a server answers anything at all."""
    until = time.monotonic() + PATIENCE
    while True:
        assert begun.process.poll() is None, "the server did not start"
        try:
            begun.get("nobody.example", "/")
        except OSError:
            assert time.monotonic() < until, "the server does not answer"
            time.sleep(0.02)
        else:
            return begun
