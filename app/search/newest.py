"""The newest of what holds the tokens that a question asks for, however many more hold them (ZY-19).

FTS5 walks its rows by their place and ends early. An inverted index of PostgreSQL cannot: it would fetch
all texts of twenty years in which a common word stands, to show the newest. So there the newest month is
asked first, and an ever longer time before it only while something is missing. The answers are the same.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, cast, func, literal, select

from app.core.clock import now
from app.core.database import db
from app.search.facets import moment_at, months_before, placed_at
from app.search.index import Condition, Term
from app.search.models import SearchText
from app.tenancy.scope import Reach, reaching

#: Months; what is missing then is asked of all the time before.
SPANS = (1, 3, 12, 36)

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
    # Walking down the primary key would read large vectors of texts that do not match; the sum hides the
    # order from the planner, so that it asks the inverted index and sorts numbers.
    place: Any = SearchText.rowid + cast(literal(0), BigInteger)
    found: list[int] = []
    below = latest + 1
    for count in SPANS:
        top = db.session.scalar(select(func.max(SearchText.rowid)).where(SearchText.rowid < below))
        if top is None:
            return found
        months, begin = months_before(moment_at(top), count)
        span = Term("", tuple((token,) for token in months), ())
        within = select(SearchText.rowid).where(holds([(*group, span) for group in asked]), place < below)
        found += db.session.scalars(within.order_by(place.desc()).limit(limit - len(found)))
        if len(found) >= limit:
            return found
        below = begin
    older = select(SearchText.rowid).where(holds(asked), place < below).order_by(place.desc())
    return [*found, *db.session.scalars(older.limit(limit - len(found)))]
