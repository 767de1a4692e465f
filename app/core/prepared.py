"""Statements that are made once: to put one together costs a page more than to ask the database.

What differs between two uses is a ``bindparam``, filled in when the statement is sent, as the time is. A
moment that stood in a prepared statement would be that of its first use for ever; such a one is refused.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar, cast

from sqlalchemy import BindParameter, Date, Integer, bindparam, func, select
from sqlalchemy.sql import visitors

from app.core.clock import now, today
from app.core.database import Moment, db

#: Of one statement: with how many columns it is asked for, or with what parts.
MOST_SHAPES = 256
#: The time at which a statement is sent.
THIS_MOMENT = bindparam(None, callable_=now, type_=Moment())
TODAY = bindparam(None, callable_=today, type_=Date())
_PLANS = select(func.set_config("plan_cache_mode", bindparam("mode"), True))  # noqa: FBT003 - for the transaction

Shape = ParamSpec("Shape")
Statement = TypeVar("Statement")


class FixedMomentError(RuntimeError):
    """A statement that is kept holds a moment that passes."""


def prepared(build: Callable[Shape, Statement]) -> Callable[Shape, Statement]:
    """Keep what a function builds, by its arguments: they say what the statement is like, not for whom.

    Raises FixedMomentError where it would hold the time of its first use.
    """

    @lru_cache(maxsize=MOST_SHAPES)
    @wraps(build)
    def kept(*args: Any, **kwargs: Any) -> Any:
        statement: Any = build(*args, **kwargs)
        for element in visitors.iterate(statement):
            if isinstance(element, BindParameter) and isinstance(element.value, date):
                raise FixedMomentError(build.__qualname__)
        return statement

    return cast("Callable[Shape, Statement]", kept)


def inlined(name: str) -> BindParameter[int]:
    """Return a number that is written into the statement when it is sent: for LIMIT and OFFSET.

    PostgreSQL keeps a plan where one made for the values would be no better. Where it does not know the
    LIMIT it supposes a tenth of all rows, and plans a list of many tables anew each time.
    """
    return bindparam(name, type_=Integer, literal_execute=True)


def inline(number: int) -> BindParameter[int]:
    """Return a number that stands in the statement itself, as ``inlined`` does."""
    return bindparam(None, number, type_=Integer, literal_execute=True)


@contextmanager
def kept_plans() -> Iterator[None]:
    """Let PostgreSQL use the plans that it keeps in a block, though it thinks them dear.

    For statements of very many tables: to plan one of ninety takes 50 milliseconds, and to run it one.
    """
    if db.engine.dialect.name != "postgresql":
        yield
        return
    db.session.execute(_PLANS, {"mode": "force_generic_plan"})
    yield
    db.session.execute(_PLANS, {"mode": "auto"})


def numbered(values: Iterable[Any]) -> dict[str, Any]:
    """Return values by the names that a prepared statement has for so many of a kind."""
    return {f"number_{at}": value for at, value in enumerate(values)}
