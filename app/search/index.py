"""The one condition that differs between the engines: which rows hold the tokens that a question asks for.

Tokens are letters and digits only and stand in quotes, so nothing that a visitor types is ever an operator.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from sqlalchemy import ColumnElement, String, bindparam, cast
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import InstrumentedAttribute

from app.search.models import SearchText


@dataclass(frozen=True)
class Term:
    """A word of a question: the tokens of the word itself, and those of each word that means the same."""

    word: str
    ways: tuple[tuple[str, ...], ...]
    #: All ways in which it is written, for the order and the marks.
    spellings: tuple[str, ...]
    #: The tokens of the shorter words in it, for where nothing holds the whole one.
    parts: tuple[str, ...] = ()

    @property
    def loosened(self) -> "Term":
        """The term that the shorter words in it fulfil too, wherever they stand."""
        return replace(self, ways=(*self.ways, self.parts)) if self.parts else self


#: What must hold: any of the groups; within a group all of its terms.
Condition = Sequence[Sequence[Term]]


def in_title(engine: str) -> ColumnElement[bool]:
    """Return the condition that title or number hold what is asked for (``written``), for an engine."""
    return _holds(SearchText.title, engine)


def anywhere(engine: str) -> ColumnElement[bool]:
    """Return the condition that a text or its files hold what is asked for (``written``), for an engine."""
    return _holds(SearchText.everything, engine)


def written(condition: Condition, engine: str) -> str:
    """Write what is asked for as an engine reads it."""
    quote, both, either = ("'", " & ", " | ") if engine == "postgresql" else ('"', " AND ", " OR ")

    def way(found: Sequence[str]) -> str:
        return "(" + both.join(f"{quote}{token}{quote}" for token in found) + ")"

    def term(one: Term) -> str:
        return "(" + either.join(way(found) for found in one.ways) + ")"

    return either.join("(" + both.join(term(one) for one in group) + ")" for group in condition)


def all_but(terms: Sequence[Term], missing: int) -> list[tuple[Term, ...]]:
    """Return the groups of a condition in which a few of the terms may be missing."""
    return list(combinations(terms, max(1, len(terms) - missing)))


def _holds(column: InstrumentedAttribute[object], engine: str) -> ColumnElement[bool]:
    asked = bindparam("asked", type_=String)
    if engine == "postgresql":
        return column.bool_op("@@")(cast(asked, TSQUERY))
    return column.bool_op("MATCH")(asked)
