"""A finished page behind nginx, beside a plain file of the same bytes: `.venv/bin/python -m bench.front`.

Requests a second are bounded by who asks, which is slower than nginx; so the time of the processor that the
worker of nginx takes for a request is compared, which shows as well on a busy machine.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median

from bench.figures import Table
from bench.machine import busy_ms, children_of, description
from bench.served import OK, Server, founded, free_port, gunicorn
from bench.throughput import CONNECTIONS, Asked, cores, pages_of, rate_of
from deploy.bootstrap.engines import server
from deploy.front.nginx import Listening, configuration

PATIENCE = 30  # seconds
HOW = """Medians of {rounds} rounds of {seconds:g} s each, the three sides in turn for every page. Two nginx
ran side by side on one core, one worker each: one as `deploy/front/nginx.conf.template` says with a
gunicorn behind it that was not asked, one with the shortest configuration that serves a folder
(sendfile, no log) and in it a file of the same bytes; *plain* without any header of its own, *with
headers* with those of our pages, which are some 650 bytes of every answer. {connections} connections
kept alive, `bench/load.py` on the other core.

Requests a second are what was asked for and answered: the load generator is slower than nginx, so
they say little of nginx. The milliseconds of a thousand requests are of the processor, taken by the
worker of nginx (user and system, as the scheduler counts it), and *speed* is what share of the plain file's a
finished page has by them. Goal: 90 %."""
PLAIN = """daemon off; pid {folder}/nginx.pid; error_log stderr warn; worker_processes 1; {user}
events {{ worker_connections 4096; }}
http {{
    types {{ text/html html; }}
    access_log off; sendfile on; tcp_nopush on; keepalive_timeout 30s; keepalive_requests 100000;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    server {{ listen 127.0.0.1:{port}; root {folder}/files; }}
    server {{ listen 127.0.0.1:{dressed}; root {folder}/files; {headers} }}
}}
"""


def measure(data: Path, *, rounds: int, seconds: float) -> Table:
    """Measure on the data of a demonstration that is not running."""
    serving, asking = cores()
    with tempfile.TemporaryDirectory(prefix="ziwang-plain-") as folder, ExitStack() as stack:
        behind = stack.enter_context(gunicorn("wsgi:app", free_port(), environ_of(data), asking))
        ours = stack.enter_context(before_gunicorn(data, Path(folder) / "front", behind.port, serving))
        sides = (ours, *stack.enter_context(_plain(Path(folder), _headers(data), serving)))
        pages = pages_of(ours)
        sizes = {page: _laid_out(ours, page, Path(folder) / "files" / _name(page)) for page in pages}
        found: dict[tuple[Asked, Server], list[tuple[float, float]]] = {}
        for _ in range(rounds):
            for page in pages:
                for one in sides:
                    wanted = page if one is ours else Asked("", page.host, f"/{_name(page)}")
                    found.setdefault((page, one), []).append(_taken(one, wanted, seconds, asking))
    rows = tuple(_row(page, sizes[page], [found[page, one] for one in sides]) for page in pages)
    heads = (
        "page",
        "bytes",
        "a second",
        "ms for 1,000",
        "plain: a second",
        "ms",
        "speed",
        "with headers: ms",
        "speed",
    )
    how = HOW.format(rounds=rounds, seconds=seconds, connections=CONNECTIONS)
    return Table("A finished page behind nginx", heads, rows, how)


def environ_of(data: Path) -> dict[str, str]:
    """Return what gunicorn is set to for the data of a demonstration."""
    secret = (data / "secret-key").read_text(encoding="ascii").strip()
    return {"ZIWANG_DATA_DIR": str(data), "ZIWANG_SECRET_KEY": secret, "ZIWANG_SCHEME": "http"}


@contextmanager
def before_gunicorn(data: Path, folder: Path, behind: int, core: int | None) -> Iterator[Server]:
    """Run in a new folder the nginx that `deploy/front/` describes, with one worker."""
    port = free_port()
    (data / "run" / "nginx").mkdir(parents=True, exist_ok=True)
    text = configuration(data, Listening(f"127.0.0.1:{port}"), gunicorn=f"127.0.0.1:{behind}")
    with running(text.replace("worker_processes auto", "worker_processes 1"), folder, port, core) as one:
        yield one


@contextmanager
def _plain(folder: Path, headers: str, core: int | None) -> Iterator[tuple[Server, Server]]:
    """Serve plain files, without headers and with ours."""
    (folder / "files").mkdir()
    user, port, dressed = "user root;" if os.geteuid() == 0 else "", free_port(), free_port()
    text = PLAIN.format(folder=folder, port=port, dressed=dressed, headers=headers, user=user)
    with running(text, folder / "plain", port, core) as one:
        yield one, Server(one.process, dressed)


def _headers(data: Path) -> str:
    """Return the lines of a page's headers, as they are delivered."""
    text = configuration(data, Listening("127.0.0.1:1"), gunicorn="127.0.0.1:1")
    location = text[text.index("location / {") :]
    return " ".join(re.findall(r"add_header .*;", location[: location.index("location /static")]))


@contextmanager
def running(text: str, folder: Path, port: int, core: int | None) -> Iterator[Server]:
    """Run an nginx with one worker in a new folder. Raises RuntimeError where there is no nginx."""
    program = server("nginx")
    if program is None:
        raise RuntimeError("no nginx: `python3 wsgi.py bench` unpacks it")
    folder.mkdir()
    (folder / "nginx.conf").write_text(text, encoding="utf-8")
    # nginx would take NGINX, where it is set to our program, for sockets that it shall inherit.
    environ = {name: value for name, value in os.environ.items() if name != "NGINX"}
    process = subprocess.Popen(  # noqa: S603 - our own program
        [program, "-e", "stderr", "-p", folder, "-c", folder / "nginx.conf"], env=environ
    )
    try:
        until = time.monotonic() + PATIENCE
        while not children_of(process.pid) and time.monotonic() < until:
            time.sleep(0.05)
        if core is not None:
            os.sched_setaffinity(_worker(process.pid), {core})
        yield Server(process, port)
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


def _laid_out(ours: Server, page: Asked, file: Path) -> int:
    """Wait until nginx has the page by itself, write its bytes into a file, and return how many there are."""
    time.sleep(1.1)  # No page is found in the second of a change.
    for _ in range(2):
        status, body = ours.get(page.host, page.path)
        if status != OK:
            raise RuntimeError(f"{page.name} answers {status}")
        time.sleep(1.1)
    file.write_bytes(body)
    return len(body)


def _name(page: Asked) -> str:
    return f"{page.name.replace(' ', '-').replace(chr(39), '')}.html"


def _taken(one: Server, wanted: Asked, seconds: float, asking: int | None) -> tuple[float, float]:
    """Return requests a second, and milliseconds of the processor for a thousand requests."""
    worker = _worker(one.process.pid)
    before = busy_ms(worker)
    rate = rate_of(one, wanted, seconds, asking)
    return rate, (busy_ms(worker) - before) * 1000 / (rate * seconds)


def _worker(process_id: int) -> int:
    return children_of(process_id)[0]


def _row(page: Asked, size: int, sides: list[list[tuple[float, float]]]) -> tuple[str, ...]:
    rates = [f"{median(rate for rate, _ in side):,.0f}" for side in sides]
    ours, plain, dressed = (median(cost for _, cost in side) for side in sides)
    figures = (rates[0], f"{ours:.1f}", rates[1], f"{plain:.1f}", f"{plain / ours:.0%}", f"{dressed:.1f}")
    return (page.name, f"{size:,}", *figures, f"{dressed / ours:.0%}")


def main() -> None:
    """Found a demonstration, measure, and print."""
    with founded() as data:
        table = measure(data, rounds=7, seconds=2.0)
    sys.stdout.write("\n".join((*description(), "", table.markdown(), "")))


if __name__ == "__main__":
    main()
