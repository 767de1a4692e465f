"""Visits counted by the server itself: no cookie, no third party, no visitor's address (S-50).

A visitor's page writes nothing. Visits wait in the process, by tenant, day and page; a thread adds them to
the table every some seconds in its own transactions, and so does a worker that ends. Kept pages count too.
"""

import atexit
import logging
import threading
import time
from collections import Counter
from contextlib import nullcontext
from datetime import date, timedelta
from functools import cache, lru_cache
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Flask, Response, current_app, g, request
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from app.core.clock import today
from app.core.database import db
from app.core.rules import rule_in_force
from app.pagecache.door import OF_TENANT
from app.pagecache.keys import mounted_in, path_of
from app.pagecache.store import Kept
from app.tenancy.current import current_tenant
from app.tenancy.scope import bound_to
from app.visits.models import VisitCount

if TYPE_CHECKING:
    from wsgiref.types import WSGIEnvironment

#: How many pages may wait; those for which there is no room are counted together for their tenant.
MOST_WAITING = 2_000
LONGEST_PATH = 120

#: Tenant, day and path.
Key = tuple[int, date, str]

_log = logging.getLogger(__name__)
_lock = threading.Lock()
_visits: Counter[Key] = Counter()
_written_at = time.monotonic()


def count_visit(response: Response) -> Response:
    """Note that a page was read, if it was one and a person read it."""
    if _is_visit(response):
        app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - Flask's own way
        note(app, current_tenant.id, request.path)
    return response


def count_kept(app: Flask, environ: "WSGIEnvironment", kept: Kept) -> None:
    """Note that a kept page was read before Flask (app/pagecache/door.py), if a person read it."""
    is_page = kept.status == "200 OK" and kept.content_type[:9] == "text/html"
    if is_page and environ["REQUEST_METHOD"] == "GET" and _is_of_a_person(environ, app):
        note(app, environ[OF_TENANT], mounted_in(path_of(environ))[1])


def note(app: Flask, tenant_id: int, path: str) -> None:
    """Let a visit wait to be written down, and see to it when that is due."""
    global _written_at  # noqa: PLW0603 - one clock a process, under the lock
    key = (tenant_id, today(), path if len(path) <= LONGEST_PATH else "")
    with _lock:
        if key not in _visits and len(_visits) >= MOST_WAITING:
            key = (*key[:2], "")
        _visits[key] += 1
        is_due = time.monotonic() - _written_at >= int(app.config["VISIT_COUNT_SECONDS"])
        if is_due:
            _written_at = time.monotonic()
    if int(app.config["VISIT_COUNT_SECONDS"]) < int(timedelta(days=1).total_seconds()):
        _write_at_the_end(app)
    if is_due:
        threading.Thread(target=write_down, args=(app,), daemon=True).start()


def forget() -> dict[Key, int]:
    """Let nothing wait any more, and return what did."""
    with _lock:
        waited = dict(_visits)
        _visits.clear()
    return waited


def write_down(app: Flask) -> None:
    """Add what waits to the table; what cannot be written is lost."""
    waited = forget()
    if not waited:
        return
    with app.app_context():
        try:
            for key, count in sorted(waited.items()):
                _add(key, count)
                db.session.commit()
        except SQLAlchemyError:
            db.session.rollback()
            _log.warning("Counts of visits were not written.")


def expire(on: date) -> int:
    """Delete the counts of the bound tenant whose time is over, and return how many."""
    last = on - timedelta(days=rule_in_force("visits", "retention", on=on)["days"])
    old = db.session.execute(delete(VisitCount).where(VisitCount.day < last))
    return int(old.rowcount)  # type: ignore[attr-defined]  # A result of a DELETE has it.


@lru_cache(maxsize=4096)
def is_robot(agent: str, on: date, app: Flask | None = None) -> bool:
    """Say whether a browser's name is a program's, by the words that hold on a day.

    Who asks before Flask names the application, whose settings say where the words are.
    """
    with nullcontext() if app is None else app.app_context():
        words = rule_in_force("visits", "robots", on=on)["words"]
    return not agent or any(word in agent.lower() for word in words)


@cache
def _write_at_the_end(app: Flask) -> None:
    """Register the last writing once a process."""
    atexit.register(write_down, app)


def _is_visit(response: Response) -> bool:
    return (
        request.method == "GET"
        and response.status_code in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED)
        and response.mimetype == "text/html"
        and g.get("tenant") is not None
        and _is_of_a_person(request.environ)
    )


def _is_of_a_person(environ: "WSGIEnvironment", app: Flask | None = None) -> bool:
    if "prefetch" in environ.get("HTTP_SEC_PURPOSE", ""):
        return False
    return not is_robot(environ.get("HTTP_USER_AGENT", ""), today(), app)


def _add(key: Key, count: int) -> None:
    tenant_id, day, path = key
    of_page = (VisitCount.day == day, VisitCount.path == path)
    with bound_to(tenant_id):
        if db.session.scalar(select(VisitCount.id).where(*of_page)) is None:
            section = path.strip("/").partition("/")[0][:64] if path.count("/") > 1 else ""
            row = VisitCount(tenant_id=tenant_id, day=day, path=path, section=section, count=count)
            try:
                with db.session.begin_nested():
                    db.session.add(row)
            except IntegrityError:
                pass  # Another process has counted the same page in the meantime.
            else:
                return
        db.session.execute(update(VisitCount).where(*of_page).values(count=VisitCount.count + count))
        db.session.flush()
