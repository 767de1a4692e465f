"""The platform as people meet it: gunicorn with its production settings, on a county of its own."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from app.accounts.models import Account, Membership
from app.accounts.permissions import Role
from app.core.database import db
from app.front import Front
from tests.databases import SETTINGS
from tests.worlds import CONSOLE, HOSTS, County, found

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60  # seconds


@dataclass
class Service(County):
    """The served county, and where it answers; what tests do in it beforehand they do as commands would."""

    port: int

    def address(self, slug: str, path: str = "/") -> str:
        """Return the address of a subsite's page."""
        return f"http://{HOSTS.get(slug, f'{slug}.yj.localhost')}:{self.port}{path}"

    def make_editor(self, login: str, slug: str) -> None:
        """Let somebody write for a unit too, if they do not yet."""
        with self.inside(slug) as tenant:
            account = db.session.scalars(select(Account).where(Account.login == login)).one()
            if not account.has_role(Role.EDITOR):
                db.session.add(Membership(account_id=account.id, tenant_id=tenant.id, role=Role.EDITOR))

    def forget_codes(self, login: str) -> None:
        """Let a code of the second factor be taken again, which another screen's journey has used."""
        with self.everywhere():
            db.session.scalars(select(Account).where(Account.login == login)).one().second_factor_step = 0

    def console(self, path: str = "/") -> str:
        """Return the address of a page of the console."""
        return f"http://{CONSOLE}:{self.port}{path}"


@contextmanager
def serving(folder: Path) -> Iterator[Service]:
    """Found a county in the folder and serve it; what the server had to write down as a fault is one."""
    port = _free_port()
    data = {**SETTINGS, "PUBLIC_PORT": str(port), "DATA_DIR": str(folder), "TRUSTED_PROXIES": "127.0.0.1,::1"}
    front = Front(data)
    found(front)
    settings = {f"ZIWANG_{name}": value for name, value in data.items()} | {"ZIWANG_WORKERS": "2"}
    log = folder / "server.log"
    with log.open("wb") as said:
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.py", "wsgi:app"],
            cwd=ROOT,
            env=_plain_environment() | settings | {"PORT": str(port)},
            stdout=said,
            stderr=said,
        )
    try:
        _wait(server, port, log)
        yield Service(front, port)
    finally:
        server.terminate()
        server.wait(PATIENCE)
    assert "Traceback" not in log.read_text(encoding="utf-8"), log.read_text(encoding="utf-8")


def _plain_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("ZIWANG_")}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(server: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    """Wait for the first answer. Raises RuntimeError when the server ends or never answers."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise RuntimeError(f"the server did not start: {log.read_text(encoding='utf-8')}")
