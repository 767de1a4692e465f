"""How often words are asked for, without anything that could be about a person.

A visitor's page writes nothing. So words wait in the process, a thousand at most, and a thread of its own
adds them to the table at most once a minute, in its own transaction: a visitor never waits for a lock, and
what a stopped process had not written yet is no loss.
"""

import logging
import re
import threading
import time
from collections import Counter
from datetime import date, timedelta

from flask import Flask, current_app
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from app.core.clock import today
from app.core.database import db
from app.core.rules import rule_in_force
from app.search.models import SearchCount
from app.search.segment import folded
from app.tenancy.current import current_tenant
from app.tenancy.scope import bound_to

MOST_WAITING = 1000
_GAPS = re.compile(r"(?<=\d)[\s\-—]+(?=\d)")
_NUMBER = re.compile(r"\d+x?")
_SEVERAL = re.compile(r"@|wx|微信")

#: Tenant, day and term.
Key = tuple[int, date, str]

_log = logging.getLogger(__name__)
_lock = threading.Lock()
_asked: Counter[Key] = Counter()
_in_vain: Counter[Key] = Counter()
_written_at = time.monotonic()


def note(text: str, *, is_found: bool) -> None:
    """Remember that a term was asked for on the current subsite, if it may be remembered."""
    global _written_at  # noqa: PLW0603 - one clock a process, under the lock
    term = countable(text)
    if term is None:
        return
    key = (current_tenant.id, today(), term)
    with _lock:
        if key in _asked or len(_asked) < MOST_WAITING:
            _asked[key] += 1
            _in_vain[key] += not is_found
        is_due = time.monotonic() - _written_at >= int(current_app.config["SEARCH_COUNT_SECONDS"])
        if is_due:
            _written_at = time.monotonic()
    if is_due:
        app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - Flask's own way
        threading.Thread(target=write_down, args=(app,), daemon=True).start()


def countable(text: str) -> str | None:
    """Return a term in the spelling that is counted; None where it may be about a person."""
    rule = rule_in_force("search", "counting", on=today())
    term = " ".join(folded(text).split())
    digits = max((len(one) for one in _NUMBER.findall(_GAPS.sub("", term))), default=0)
    if not term or len(term) > rule["longest"] or digits > rule["most_digits"] or _SEVERAL.search(term):
        return None
    return term


def expire(on: date) -> int:
    """Delete the counts of the bound tenant whose time is over, and return how many."""
    last = on - timedelta(days=rule_in_force("search", "retention", on=on)["days"])
    old = db.session.execute(delete(SearchCount).where(SearchCount.day < last))
    return int(old.rowcount)  # type: ignore[attr-defined]  # A result of a DELETE has it.


def forget() -> tuple[dict[Key, int], dict[Key, int]]:
    """Let nothing wait any more, and return what did."""
    with _lock:
        waited = dict(_asked), dict(_in_vain)
        _asked.clear()
        _in_vain.clear()
    return waited


def write_down(app: Flask) -> None:
    """Add what waits to the table; what cannot be written is lost."""
    asked, in_vain = forget()
    with app.app_context():
        try:
            for key, count in sorted(asked.items()):
                _add(key, count, in_vain[key])
                db.session.commit()
        except SQLAlchemyError:
            db.session.rollback()
            _log.warning("Counts of searches were not written.")


def _add(key: Key, count: int, in_vain: int) -> None:
    tenant_id, day, term = key
    of_term = (SearchCount.day == day, SearchCount.term == term)
    with bound_to(tenant_id):
        added = (
            update(SearchCount)
            .where(*of_term)
            .values(count=SearchCount.count + count, without_result=SearchCount.without_result + in_vain)
        )
        if db.session.scalar(select(SearchCount.id).where(*of_term)) is None:
            row = SearchCount(tenant_id=tenant_id, day=day, term=term, count=count, without_result=in_vain)
            try:
                with db.session.begin_nested():
                    db.session.add(row)
            except IntegrityError:
                pass  # Another process has counted the same term in the meantime.
            else:
                return
        db.session.execute(added)
        db.session.flush()
