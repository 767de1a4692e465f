"""nginx in front of Wagtail's: one that hands every page on to gunicorn."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.front import running
from bench.served import Server, free_port
from deploy.bootstrap.engines import server

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
def before_theirs(folder: Path, behind: Server, core: int | None) -> Iterator[Server]:
    """Run an nginx that hands on, with one worker."""
    user, port = "user root;" if os.geteuid() == 0 else "", free_port()
    text = HANDING_ON.format(folder=folder, user=user, behind=behind.port, port=port)
    with running(text, folder, port, core) as one:
        yield one
