"""How gunicorn serves in production and in the demonstration: `gunicorn -c deploy/gunicorn.py wsgi:app`.

SIGHUP reloads gracefully: new workers start with the new code, the old ones serve until those are ready.
"""

import ctypes
import os
import shutil
from pathlib import Path
from typing import Any

from deploy import addresses
from deploy.worker import Roll

bind = addresses.addresses(os.environ)
workers = addresses.workers(os.environ)
worker_class = "deploy.worker.Worker"
threads = 8
#: The heartbeat must not wait for a slow disk.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - gunicorn makes its own file

timeout = 30
graceful_timeout = 30
keepalive = 5
#: A worker that leaks is replaced before it hurts, and not all at the same time.
max_requests = 10_000
max_requests_jitter = 1_000

limit_request_line = 4094
limit_request_fields = 64
limit_request_field_size = 8190

#: Nobody is believed here about the visitor's address or scheme; the front door knows the operator's proxies.
forwarded_allow_ips = ""
#: The socket would lie in the home folder, shared by every instance of one user.
control_socket_disable = True

preload_app = False
#: The access log would hold visitors' addresses and what they read.
accesslog = None
errorlog = "-"
loglevel = "warning"
proc_name = "ziwang"
umask = 0o027
#: The place of all subsites (app/pagecache/board.py, HOSTS): the application is not loaded here.
ALL_PLACES = "1"
#: An option of glibc's mallopt(3), by its number, and what it is set to.
ARENA_MAX, ARENAS = -8, 2
chdir = str(Path(__file__).resolve().parent.parent)


def on_starting(server: Any) -> None:
    """Begin with no kept page on the disk: the database may be another one than when we ended."""
    server.roll = Roll()
    pages = Path(os.environ.get("ZIWANG_DATA_DIR") or Path(chdir) / "var") / "pages"
    for name in ("hosts", "now", "kept", "files"):
        shutil.rmtree(pages / name, ignore_errors=True)
    # What is kept from now on is dated after what a web server told of before (app/pagecache/folder.py).
    (pages / "withdrawn").mkdir(parents=True, exist_ok=True)
    (pages / "withdrawn" / ALL_PLACES).touch()


def share_arenas() -> None:
    """Let threads take their memory from two places, where glibc would give each a place of its own.

    Each would keep what its largest page once needed, and kept pages would lie scattered among all of them.
    """
    tune = getattr(ctypes.CDLL(None), "mallopt", None)  # musl has none, and no such places.
    if tune is not None:
        tune(ARENA_MAX, ARENAS)


def on_reload(server: Any) -> None:
    """Tell the workers that there are from those who come now."""
    server.roll.begin_anew(server.worker_age)


def pre_fork(server: Any, worker: Any) -> None:
    """Let a worker see who else is ready."""
    worker.roll = server.roll


def post_worker_init(worker: Any) -> None:
    """Build both applications before the first visitor comes, and say that he may."""
    share_arenas()
    front = worker.wsgi.build()
    if front is not None:
        front.watch()
    worker.roll.add()
