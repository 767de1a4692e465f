"""Which host belongs to which tenant, held in the process and told of every change.

A host that is not in the directory costs neither a query nor memory, however many are tried. A change is
seen by the next request of every process of the machine through a counter in a shared file, and by other
machines when they look after the table's last change, at most one second later.
"""

import mmap
import os
import struct
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from flask import Flask, current_app
from sqlalchemy import Connection, event, func, select
from sqlalchemy.orm import Session

from app.core.database import ONLY_READS, db
from app.tenancy.models import Host, Tenant

COUNTER = struct.Struct("=Q")
LOOK_AGAIN_AFTER = 1.0  # seconds
CHANGED = "hosts_changed"


class ChangeCounter:
    """A number in a file that all processes of a machine share; raising it tells them of a change."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if os.fstat(descriptor).st_size < COUNTER.size:
                os.write(descriptor, COUNTER.pack(0))
            self._memory = mmap.mmap(descriptor, COUNTER.size)
        finally:
            os.close(descriptor)

    def value(self) -> int:
        return int(COUNTER.unpack_from(self._memory)[0])

    def raise_it(self) -> None:
        """Change the number; two processes at once may share a step, which is enough to be seen."""
        COUNTER.pack_into(self._memory, 0, self.value() + 1)


@dataclass(frozen=True)
class Entry:
    """What is known of a host before its tenant is read."""

    tenant_id: int
    #: Where visitors are sent to when this host is not the tenant's primary one.
    primary: str


class Directory:
    """All hosts of the platform."""

    def __init__(self, counter: ChangeCounter) -> None:
        self._counter = counter
        self._entries: dict[str, Entry] = {}
        self._seen: tuple[object, ...] | None = None
        self._counted = -1
        self._looked_at = float("-inf")
        self._lock = threading.Lock()

    def find(self, host: str) -> Entry | None:
        """Return what is known of a normalised host name, or None where no tenant has it."""
        self._refresh()
        return self._entries.get(host)

    def forget(self) -> None:
        """Read the table anew at the next request."""
        self._counted = -1

    def _refresh(self) -> None:
        counted = self._counter.value()
        moment = time.monotonic()
        if counted == self._counted and moment - self._looked_at < LOOK_AGAIN_AFTER:
            return
        # Not in the request's transaction: what that has begun to read may be older than the number.
        with self._lock, db.engine.connect() as opened:
            link = opened.execution_options(**{ONLY_READS: True})
            latest = tuple(link.execute(select(func.count(), func.max(Host.changed_at))).one())
            if latest != self._seen or counted != self._counted:
                self._entries = _read_all(link)
            self._seen, self._counted, self._looked_at = latest, counted, moment


def _read_all(link: Connection) -> dict[str, Entry]:
    rows = link.execute(select(Host.name, Host.tenant_id, Host.is_primary)).all()
    primaries = {row.tenant_id: row.name for row in rows if row.is_primary}
    return {row.name: Entry(row.tenant_id, primaries.get(row.tenant_id, row.name)) for row in rows}


def init_app(app: Flask) -> None:
    """Give the application its directory."""
    counter = ChangeCounter(Path(app.config["DATA_DIR"]) / "run" / "hosts")
    app.extensions["directory"] = Directory(counter)
    app.extensions["host_changes"] = counter


def directory() -> Directory:
    """Return the application's directory."""
    return cast("Directory", current_app.extensions["directory"])


@event.listens_for(Session, "before_flush")
def _notice_changed_hosts(session: Session, _context: object, _instances: object) -> None:
    if any(isinstance(row, Host | Tenant) for row in (*session.new, *session.dirty, *session.deleted)):
        session.info[CHANGED] = True


@event.listens_for(Session, "after_commit")
def _tell_all_processes(session: Session) -> None:
    if session.get_nested_transaction() is None and session.info.pop(CHANGED, False):
        cast("ChangeCounter", current_app.extensions["host_changes"]).raise_it()
