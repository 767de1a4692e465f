"""The newest of what holds the tokens that a question asks for, however many more hold them (ZY-19).

FTS5 walks its rows by their place and ends early. An inverted index of PostgreSQL cannot: it would fetch
all texts of twenty years in which a common word stands, to show the newest. So there the newest month is
asked first, and an ever longer time before it only while something is missing. The answers are the same.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, bindparam, cast, func, literal, select

from app.core.clock import now
from app.core.database import db
from app.core.prepared import prepared
from app.search.facets import moment_at, months_before, placed_at
from app.search.index import Condition, Term, written
from app.search.models import SearchText
from app.tenancy.scope import Reach, reaching

#: Months; what is missing then is asked of all the time before.
SPANS = (1, 3, 12, 36)

Holds = Callable[[str], ColumnElement[bool]]


def newest_places(holds: Holds, asked: Condition, limit: int) -> list[int]:
    """Return the newest places in the index that fulfil a condition, and whose minute has come."""
    engine = db.engine.dialect.name
    below = placed_at(now(), 0) + (1 << 24)
    with reaching(Reach.PUBLISHED):
        if engine == "postgresql":
            return _by_spans(holds, asked, below, limit)
        return _places(holds, engine, asked, below, limit)


def _by_spans(holds: Holds, asked: Condition, below: int, limit: int) -> list[int]:
    found: list[int] = []
    for count in SPANS:
        top = db.session.scalar(_top(), {"below": below})
        if top is None:
            return found
        months, begin = months_before(moment_at(top), count)
        span = Term("", tuple((token,) for token in months), ())
        within = [(*group, span) for group in asked]
        found += _places(holds, "postgresql", within, below, limit - len(found))
        if len(found) >= limit:
            return found
        below = begin
    return [*found, *_places(holds, "postgresql", asked, below, limit - len(found))]


def _places(holds: Holds, engine: str, asked: Condition, below: int, limit: int) -> list[int]:
    given = {"asked": written(asked, engine), "below": below, "most": limit}
    return list(db.session.scalars(_newest(holds, engine), given))


@prepared
def _newest(holds: Holds, engine: str) -> Select[int]:
    at: Any = SearchText.rowid
    if engine == "postgresql":
        # Walking down the primary key would read large vectors of texts that do not match; the sum hides the
        # order from the planner, so that it asks the inverted index and sorts numbers.
        at += cast(literal(0), BigInteger)
    found = select(SearchText.rowid).where(holds(engine), at < bindparam("below"))
    return found.order_by(at.desc()).limit(bindparam("most"))


@prepared
def _top() -> Select[int]:
    return select(func.max(SearchText.rowid)).where(SearchText.rowid < bindparam("below"))
