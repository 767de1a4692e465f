"""What a worker looks after beside its requests: changes made on other machines, and minutes that have come.

On PostgreSQL every change is told within its own transaction (NOTIFY), so it arrives with the commit. A lost
message costs a second: so often the generations of the subsites that this worker has shown are looked up.
"""

import logging
import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, cast

import psycopg
from flask import Flask
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from app.core.database import db
from app.pagecache.board import HOSTS, Board
from app.tenancy.models import Tenant

if TYPE_CHECKING:
    from app.pagecache.folder import Folder
    from app.pagecache.sites import Site, Sites
    from app.tenancy.directory import ChangeCounter

CHANNEL = "ziwang_pages"
#: More places than these are told as a change of all: a message has 8000 bytes.
MOST_TOLD = 500
#: Seconds between two looks.
INTERVAL = 1.0
#: Subsites in one question.
CHUNK = 500
_log = logging.getLogger(__name__)


def tell_other_machines(session: Session, places: Iterable[int]) -> None:
    """Let the other machines know of a change together with its commit."""
    if session.get_bind().dialect.name != "postgresql":
        return  # A file has one machine, and that one has the board.
    told = sorted(places)
    words = ",".join(map(str, told if len(told) <= MOST_TOLD else [HOSTS]))
    session.connection().execute(select(func.pg_notify(CHANNEL, words)))


class Watch(threading.Thread):
    """The thread of one worker that listens and looks."""

    def __init__(self, app: Flask) -> None:
        super().__init__(name="pages", daemon=True)
        self._app = app
        self._board = cast("Board", app.extensions["board"])
        self._folder = cast("Folder", app.extensions["page_folder"])
        self._sites = cast("Sites", app.extensions["sites"])
        self._host_changes = cast("ChangeCounter", app.extensions["host_changes"])
        self._enough = threading.Event()
        with app.app_context():
            self._engine: Engine = db.engine
        self._is_shared = self._engine.dialect.name == "postgresql"

    def run(self) -> None:
        """Watch until told to stop; a database that is away is tried again."""
        while not self._enough.is_set():
            try:
                if self._is_shared:
                    self._listen()
                else:
                    self._look()
                    self._enough.wait(INTERVAL)
            except Exception:  # noqa: BLE001 - whatever it is, the next second may be better
                _log.warning("The watch over kept pages begins anew", exc_info=True)
                self._enough.wait(INTERVAL)

    def stop(self) -> None:
        """End with the second."""
        self._enough.set()

    def _listen(self) -> None:
        url = self._engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(url, autocommit=True) as link:
            link.execute(f"LISTEN {CHANNEL}")
            self._drop([HOSTS])  # What was told before is not known.
            while not self._enough.is_set():
                for message in link.notifies(timeout=INTERVAL, stop_after=1):
                    self._drop([int(place) for place in message.payload.split(",")])
                self._look()

    def _look(self) -> None:
        """Drop what has turned by itself, and what another machine has changed without being heard."""
        known = self._sites.all()
        moment = time.time()
        turned = [site for site in known if site.until <= moment]
        for begin in range(0, len(known) if self._is_shared else 0, CHUNK):
            turned += self._changed(known[begin : begin + CHUNK])
        if turned:
            self._drop({site.places[1] for site in turned})
            self._sites.drop(turned)

    def _changed(self, known: "list[Site]") -> "list[Site]":
        wanted = {site.tenant_id for site in known}
        with self._app.app_context(), self._engine.connect() as link:
            rows = link.execute(select(Tenant.id, Tenant.generation).where(Tenant.id.in_(wanted))).all()
        now = {row.id: row.generation for row in rows}
        return [site for site in known if site.generation != now.get(site.tenant_id)]

    def _drop(self, places: Iterable[int]) -> None:
        dropped = list(places)
        if HOSTS in dropped:
            self._host_changes.raise_it()  # Else a name given away would answer until the next look.
        self._board.renew(dropped)
        with suppress(FileNotFoundError):
            self._folder.withdraw(dropped)
        self._board.renew(
            dropped
        )  # Who has learnt it meanwhile takes the pages back by learning it once more.
