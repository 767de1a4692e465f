"""The newest of what holds the tokens that a question asks for, however many more hold them (ZY-19).

FTS5 walks its rows by their place and ends early. An inverted index of PostgreSQL cannot: it would fetch
all texts of twenty years in which a common word stands, to show the newest. So there the newest month is
asked first, and an ever longer time before it only while something is missing. The answers are the same.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, cast, literal, select

from app.core.clock import now
from app.core.database import db
from app.search.facets import moment_at, placed_at, spans_before
from app.search.index import Condition, Term
from app.search.models import SearchText
from app.tenancy.scope import Reach, reaching

Holds = Callable[[Condition], ColumnElement[bool]]


def newest_places(holds: Holds, asked: Condition, limit: int) -> list[int]:
    """Return the newest places in the index that fulfil a condition, and whose minute has come."""
    latest = placed_at(now(), 0) + (1 << 24) - 1
    with reaching(Reach.PUBLISHED):
        if db.engine.dialect.name == "postgresql":
            return _by_spans(holds, asked, latest, limit)
        query = select(SearchText.rowid).where(holds(asked), SearchText.rowid <= latest)
        return list(db.session.scalars(query.order_by(SearchText.rowid.desc()).limit(limit)))


def _by_spans(holds: Holds, asked: Condition, latest: int, limit: int) -> list[int]:
    newest = select(SearchText.rowid).where(SearchText.rowid <= latest).order_by(SearchText.rowid.desc())
    top = db.session.scalar(newest.limit(1))
    if top is None:
        return []
    # Walking down the primary key would read large vectors of texts that do not match; the sum hides the
    # order from the planner, so that it asks the inverted index and sorts numbers.
    place: Any = SearchText.rowid + cast(literal(0), BigInteger)
    spans, begin = spans_before(moment_at(top))
    found: list[int] = []
    for span in spans:
        within = [(*group, Term("", tuple((token,) for token in span), ())) for group in asked]
        query = select(SearchText.rowid).where(holds(within), place <= latest)
        found += db.session.scalars(query.order_by(place.desc()).limit(limit - len(found)))
        if len(found) >= limit:
            return found
    older = select(SearchText.rowid).where(holds(asked), place < begin).order_by(place.desc())
    return [*found, *db.session.scalars(older.limit(limit - len(found)))]
