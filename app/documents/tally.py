"""Counts of a county's library, added up from its tally: exact, however many documents.

The tally counts every entry, so what readers do not see is taken off: what has its minute still to come, and
what belongs to a closed unit. Both are few, and an index finds them. What the tally does not tell apart is
counted as it stands.
"""

from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, Subquery, cast, func, select, union_all

from app.content.validity import validity_on
from app.core.clock import now, today
from app.documents.asked import Asked, conditions, entries
from app.documents.models import LibraryEntry, LibraryTally, Scope
from app.tenancy.models import Tenant, TenantState

_CLOSED = select(Tenant.id).where(Tenant.state != TenantState.OPEN)


def by_cell(asked: Asked) -> Select[*tuple[Any, ...]]:
    """Select genre, subject, year and mark, and how many documents have these, whichever are asked for."""
    bare = replace(asked, genre=None, subject="", year=None, validity=None)
    day = validity_on(today(), LibraryEntry, LibraryEntry).label("validity")
    of_entry = (LibraryEntry.genre, LibraryEntry.subject, LibraryEntry.year, day)
    if asked.tenant_id is not None or asked.number:
        return entries(bare, select(*of_entry, func.count())).group_by(*of_entry)
    tally = (LibraryTally.genre, LibraryTally.subject, LibraryTally.year, LibraryTally.validity)
    ahead, closed = LibraryEntry.published_at > now(), LibraryEntry.tenant_id.in_(_CLOSED)
    found = union_all(
        _tallied(bare, Scope.COUNTY, *tally),
        _hidden(bare, ahead, *of_entry),
        _hidden(bare, closed & ~ahead, *of_entry),
    ).subquery()
    return _summed(found)


def by_unit(asked: Asked) -> Select[*tuple[Any, ...]]:
    """Select the open units, and how many documents of what is asked for each has."""
    if asked.number or (asked.subject and asked.year):
        counted = entries(asked, select(LibraryEntry.tenant_id, func.count().label("listed")))
        return counted.group_by(LibraryEntry.tenant_id)
    scope = Scope.SUBJECT if asked.subject else Scope.YEAR if asked.year else Scope.UNIT
    found = union_all(
        _tallied(asked, scope, LibraryTally.unit_id),
        _hidden(asked, LibraryEntry.published_at > now(), LibraryEntry.tenant_id),
    ).subquery()
    return _summed(found).where(found.c.unit_id.not_in(_CLOSED))


def _tallied(asked: Asked, scope: Scope, *columns: Any) -> Select[*tuple[Any, ...]]:
    wanted = [LibraryTally.genre == asked.genre] if asked.genre else []
    wanted += [LibraryTally.subject == asked.subject] if asked.subject else []
    wanted += [LibraryTally.year == asked.year] if asked.year else []
    wanted += [LibraryTally.validity == asked.validity] if asked.validity else []
    return (
        select(*columns, func.sum(LibraryTally.listed).label("listed"))
        .where(
            LibraryTally.portal_id == asked.portal_id,
            LibraryTally.scope == scope,
            LibraryTally.genre.in_(sorted(asked.genres)),
            LibraryTally.since <= today(),
            *wanted,
        )
        .group_by(*columns)
    )


def _hidden(asked: Asked, condition: ColumnElement[bool], *columns: Any) -> Select[*tuple[Any, ...]]:
    return select(*columns, -func.count()).where(condition, *conditions(asked)).group_by(*columns)


def _summed(found: Subquery) -> Select[*tuple[Any, ...]]:
    *columns, listed = found.c
    total = cast(func.sum(listed), Integer).label("listed")
    return select(*columns, total).group_by(*columns).having(total > 0)
