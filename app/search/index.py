"""The one condition that differs between the engines: which rows hold the tokens that a question asks for.

Tokens are letters and digits only and stand in quotes, so nothing that a visitor types is ever an operator.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from sqlalchemy import ColumnElement, String, cast, literal
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import InstrumentedAttribute

from app.core.database import db
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


def in_title(condition: Condition) -> ColumnElement[bool]:
    """Return the condition that title or number hold what is asked for."""
    return _holds(SearchText.title, condition)


def anywhere(condition: Condition) -> ColumnElement[bool]:
    """Return the condition that a text or its files hold what is asked for."""
    return _holds(SearchText.everything, condition)


def all_but(terms: Sequence[Term], missing: int) -> list[tuple[Term, ...]]:
    """Return the groups of a condition in which a few of the terms may be missing."""
    return list(combinations(terms, max(1, len(terms) - missing)))


def _holds(column: InstrumentedAttribute[object], condition: Condition) -> ColumnElement[bool]:
    if db.engine.dialect.name == "postgresql":
        return column.bool_op("@@")(cast(_written(condition, "'", " & ", " | "), TSQUERY))
    return column.bool_op("MATCH")(literal(_written(condition, '"', " AND ", " OR "), String()))


def _written(condition: Condition, quote: str, both: str, either: str) -> str:
    def way(found: Sequence[str]) -> str:
        return "(" + both.join(f"{quote}{token}{quote}" for token in found) + ")"

    def term(one: Term) -> str:
        return "(" + either.join(way(found) for found in one.ways) + ")"

    return either.join("(" + both.join(term(one) for one in group) + ")" for group in condition)
