"""Statements that are made once: to put one together costs a page more than to ask the database.

What differs between two uses is a ``bindparam``, filled in when the statement is sent, as the time is. A
moment that stood in a prepared statement would be that of its first use for ever; such a one is refused.
"""

from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar, cast

from sqlalchemy import BindParameter, Date, bindparam
from sqlalchemy.sql import visitors

from app.core.clock import now, today
from app.core.database import Moment

#: Of one statement: with how many columns it is asked for, or with what parts.
MOST_SHAPES = 256
#: The time at which a statement is sent.
THIS_MOMENT = bindparam(None, callable_=now, type_=Moment())
TODAY = bindparam(None, callable_=today, type_=Date())

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


def numbered(values: Iterable[Any]) -> dict[str, Any]:
    """Return values by the names that a prepared statement has for so many of a kind."""
    return {f"number_{at}": value for at, value in enumerate(values)}
