"""nginx in front of both: ours as it is delivered, Wagtail's as one that hands every page on to gunicorn."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.machine import children_of
from bench.served import Server, free_port
from bench.wagtail.project import running
from deploy.bootstrap.engines import server
from deploy.front.nginx import Listening, configuration

PATIENCE = 30  # seconds
#: With kept-alive connections to gunicorn, as nginx's documentation recommends.
HANDING_ON = """daemon off; pid {folder}/nginx.pid; error_log stderr warn; worker_processes 1; {user}
events {{ worker_connections 4096; }}
http {{
    types {{ text/html html; }}
    access_log off; tcp_nopush on; keepalive_timeout 30s; keepalive_requests 100000;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    proxy_http_version 1.1; proxy_buffers 16 16k;
    proxy_set_header Connection ""; proxy_set_header Host $host;
    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
    upstream gunicorn {{ server 127.0.0.1:{behind}; keepalive 16; keepalive_timeout 4s; }}
    server {{ listen 127.0.0.1:{port}; location / {{ proxy_pass http://gunicorn; }} }}
}}
"""


def nginx() -> Path:
    """Return where nginx is. Raises SystemExit where it is not."""
    program = server("nginx")
    if program is None:
        raise SystemExit("no nginx: `python3 wsgi.py test` unpacks it")
    return program


@contextmanager
def before_ours(data: Path, folder: Path, behind: Server, core: int | None) -> Iterator[Server]:
    """Run the nginx that `deploy/front/` describes, with one worker."""
    port = free_port()
    (data / "run" / "nginx").mkdir(parents=True, exist_ok=True)
    text = configuration(data, Listening(f"127.0.0.1:{port}"), gunicorn=f"127.0.0.1:{behind.port}")
    text = text.replace("worker_processes auto", "worker_processes 1")
    with _running(text, folder, port, core) as one:
        yield one


@contextmanager
def before_theirs(folder: Path, behind: Server, core: int | None) -> Iterator[Server]:
    """Run an nginx that hands on, with one worker."""
    user, port = "user root;" if os.geteuid() == 0 else "", free_port()
    text = HANDING_ON.format(folder=folder, user=user, behind=behind.port, port=port)
    with _running(text, folder, port, core) as one:
        yield one


@contextmanager
def _running(text: str, folder: Path, port: int, core: int | None) -> Iterator[Server]:
    folder.mkdir()
    (folder / "nginx.conf").write_text(text, encoding="utf-8")
    command: list[str | Path] = [nginx(), "-e", "stderr", "-p", folder, "-c", folder / "nginx.conf"]
    # nginx would take NGINX, where it is set to our program, for sockets that it shall inherit.
    environ = {name: value for name, value in os.environ.items() if name != "NGINX"}
    with running(command, port, environ) as one:
        until = time.monotonic() + PATIENCE
        while not children_of(one.process.pid) and time.monotonic() < until:
            time.sleep(0.05)
        if core is not None:
            os.sched_setaffinity(children_of(one.process.pid)[0], {core})
        yield one
