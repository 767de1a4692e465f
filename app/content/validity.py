"""Whether a document holds on a day: what was declared, and the days that it names itself (GK-11)."""

from datetime import date
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, and_, case, literal, or_

from app.content.models import Article, Revision
from app.content.states import Validity
from app.core.database import choice

ENDED = (Validity.ABOLISHED, Validity.EXPIRED)


def validity_of(article: Article, revision: Revision, on: date) -> Validity:
    """Return what holds on a day; a document without a word about it is valid."""
    if article.invalid_since is not None and article.invalid_since <= on:
        return article.validity if article.validity in ENDED else Validity.EXPIRED
    if revision.expires_on is not None and revision.expires_on < on:
        return Validity.EXPIRED
    if revision.effective_on is not None and on < revision.effective_on:
        return Validity.PENDING
    return Validity.AMENDED if _is_amended(article, on) else Validity.VALID


def _is_amended(article: Article, on: date) -> bool:
    if article.amended_since is None:
        return article.validity is Validity.AMENDED
    return article.amended_since <= on


def validity_on(
    on: date | BindParameter[date], marks: Any = Article, days: Any = Revision
) -> ColumnElement[Validity]:
    """Return the same as a column of a query, so that lists and counts say what the page says.

    ``marks`` has what was declared, ``days`` what the document names itself.
    """
    ended, amended = marks.invalid_since <= on, marks.amended_since <= on
    undated = and_(marks.amended_since.is_(None), marks.validity == Validity.AMENDED)
    return case(
        (and_(ended, marks.validity.in_(ENDED)), marks.validity),
        (ended, _is(Validity.EXPIRED)),
        (days.expires_on < on, _is(Validity.EXPIRED)),
        (days.effective_on > on, _is(Validity.PENDING)),
        (or_(amended, undated), _is(Validity.AMENDED)),
        else_=_is(Validity.VALID),
    )


def _is(validity: Validity) -> ColumnElement[Validity]:
    return literal(validity, choice(Validity))
