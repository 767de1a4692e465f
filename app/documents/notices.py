"""Plans by their period, and notices that run or stand at the head: what the lists of both ask for."""

import re
from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import Integer, Select, bindparam, func, select, union_all

from app.content.genres import NOTICES, Genre
from app.core.clock import now, today
from app.core.database import db
from app.core.prepared import THIS_MOMENT, inline, prepared
from app.documents.asked import Asked, entries
from app.documents.holdings import listed, of_entries
from app.documents.models import Kind, LibraryEntry
from app.documents.periods import pinned_days
from app.documents.queries import Related, related_to_all
from app.documents.shown import Document, read
from app.tenancy.scope import Reach, reaching

#: The five kinds of the founding notice, and what answers rumours.
KINDS = (*NOTICES, Genre.CLARIFICATION)
IN_PERIOD = 10
MOST_PERIODS = 40
MOST_RUNNING = 10
MOST_PINNED = 5
#: What each statement is told when it is sent.
_PORTAL, _UNIT = bindparam("portal_id", type_=Integer), bindparam("unit_id", type_=Integer)
_ONES = "一二三四五六七八九"
_ORDINALS = {name: at for at, name in enumerate([*_ONES, "十", *(f"十{one}" for one in _ONES), "二十"], 1)}
#: The first five-year plan began in 1953; from the sixth on they follow each other without a gap.
_SIXTH, _SIXTH_BEGAN, _YEARS = 6, 1981, 5


def begins_in(period: str) -> int:
    """Return the year in which a plan's period begins, such as 2021 for 十四五; 0 where it names none."""
    if year := re.search(r"(?:19|20)\d\d", period):
        return int(year.group())
    five = re.search(r"([一二三四五六七八九十]+)五", period)
    ordinal = _ORDINALS.get(five.group(1), 0) if five else 0
    return _SIXTH_BEGAN + _YEARS * (ordinal - _SIXTH) if ordinal >= _SIXTH else 0


def periods(asked: Asked) -> list[tuple[str, int]]:
    """Return the periods that have plans, the latest first, with how many; without a period last."""
    counted = entries(asked, select(LibraryEntry.plan_period, func.count())).group_by(
        LibraryEntry.plan_period
    )
    with reaching(Reach.PUBLISHED):
        found = [(period, total) for period, total in db.session.execute(counted).all()]
    # A plan for five years stands before the one for their first year.
    found.sort(key=lambda one: (-begins_in(one[0]), not one[0].startswith(tuple(_ORDINALS)), one[0]))
    return found[:MOST_PERIODS]


def plans_by_period(asked: Asked) -> dict[str, list[Document]]:
    """Return the newest plans of every period, in one query."""
    place = func.row_number().over(
        partition_by=LibraryEntry.plan_period,
        order_by=(LibraryEntry.published_at.desc(), LibraryEntry.article_id.desc()),
    )
    ranked = entries(asked, select(LibraryEntry.id, place.label("place"))).subquery()
    chosen = select(ranked.c.id).where(ranked.c.place <= IN_PERIOD)
    by_period: dict[str, list[Document]] = {}
    for one in listed(chosen, *_NEWEST):
        by_period.setdefault(one.plan_period, []).append(one)
    return by_period


def plans_of(asked: Asked, period: str, *, limit: int, offset: int) -> list[Document]:
    """Return a page of one period's plans."""
    of_period = entries(asked, select(LibraryEntry.id)).where(LibraryEntry.plan_period == period)
    return listed(of_period.order_by(*_NEWEST).limit(inline(limit)).offset(inline(offset)), *_NEWEST)


def adopters_of(plans: list[Document]) -> dict[tuple[int, int], Related]:
    """Return the document that adopted each plan, where one is related to it, in one query (S-23)."""
    found = related_to_all([(one.unit_id, one.article_id) for one in plans], Kind.ADOPTS)
    return {plan: related[0] for plan, related in found.items()}


def standing(asked: Asked, kinds: Collection[Genre]) -> tuple[list[Document], list[Document]]:
    """Return what stands before a list, of some kinds: what is pinned and what runs, in one query.

    Clarifications are pinned for some days, the newest first. Public notice periods run, and what ends first
    stands in front (S-21).
    """
    heads = frozenset(kind for kind in _HEADS if kind in kinds)
    found = _standing(asked, heads) if heads else []
    pinned = [one for one in found if one.genre is Genre.CLARIFICATION]
    running = [
        one
        for one in found
        if one.genre is Genre.PUBLIC_NOTICE and (one.period_from is None or one.period_from <= now())
    ]
    return (
        sorted(pinned, key=lambda one: (one.published_at, one.article_id), reverse=True),
        sorted(running, key=lambda one: (one.period_until or now(), one.article_id)),
    )


def _standing(asked: Asked, kinds: frozenset[Genre]) -> list[Document]:
    shape = replace(asked, portal_id=_PORTAL, tenant_id=None if asked.tenant_id is None else _UNIT)
    since = now() - timedelta(days=pinned_days(today()))
    given = {"portal_id": asked.portal_id, "unit_id": asked.tenant_id, "since": since}
    return read(_heads(shape, kinds), given)


@prepared
def _heads(asked: Asked, kinds: frozenset[Genre]) -> Select[*tuple[Any, ...]]:
    ids = [_HEADS[kind](asked).subquery() for kind in _HEADS if kind in kinds]
    return of_entries(select(union_all(*(select(one.c.id) for one in ids)).subquery().c.id))


def _running(asked: Asked) -> Select[int]:
    of_period = entries(asked, select(LibraryEntry.id)).where(
        LibraryEntry.genre == Genre.PUBLIC_NOTICE, LibraryEntry.period_until > THIS_MOMENT
    )
    return of_period.order_by(LibraryEntry.period_until, LibraryEntry.article_id).limit(inline(MOST_RUNNING))


def _pinned(asked: Asked) -> Select[int]:
    newest: Select[int] = entries(asked, select(LibraryEntry.id)).where(
        LibraryEntry.genre == Genre.CLARIFICATION, LibraryEntry.published_at > bindparam("since")
    )
    return newest.order_by(*_NEWEST).limit(inline(MOST_PINNED))


_HEADS = {Genre.CLARIFICATION: _pinned, Genre.PUBLIC_NOTICE: _running}
_NEWEST = (LibraryEntry.published_at.desc(), LibraryEntry.article_id.desc())
