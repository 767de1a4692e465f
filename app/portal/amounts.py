"""How many entries a portal's columns show, and by that, where a page far down in a list begins."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, ScalarSelect, Select, bindparam, cast, func, select

from app.core.clock import now
from app.core.database import db
from app.core.prepared import THIS_MOMENT, inline, prepared
from app.portal.listing import CLOSED, LISTED, THE_PORTAL
from app.portal.models import PortalEntry, PortalMonth, PortalTally
from app.tenancy.scope import Reach, reaching

#: To walk past so many entries takes less than to ask where to begin.
NEAR = 1000

#: What lists show, or will when its minute has come.
_OF_LISTS = (
    PortalEntry.tenant_id == THE_PORTAL,
    *LISTED,
    PortalEntry.same_as_id.is_(None),
    PortalEntry.unit_id.not_in(CLOSED),
)


def count_in(portal_id: int, column_id: int) -> int:
    """Return how many entries a portal's column shows: what is counted, but for those yet to come."""
    given = {"portal_id": portal_id, "column_id": column_id}
    with reaching(Reach.PUBLISHED):
        found = db.session.execute(_counted_and_ahead(), given).one()
    return int(found[0]) - int(found[1])


@prepared
def _counted_and_ahead() -> Select[int, int]:
    counted = select(func.coalesce(func.sum(PortalTally.listed), 0)).where(
        PortalTally.tenant_id == THE_PORTAL,
        PortalTally.column_id == bindparam("column_id"),
        PortalTally.unit_id.not_in(CLOSED),
    )
    ahead = select(func.count(PortalEntry.id)).where(
        *_OF_LISTS,
        PortalEntry.column_id == bindparam("column_id"),
        PortalEntry.published_at > THIS_MOMENT,
    )
    return select(counted.scalar_subquery(), ahead.scalar_subquery())


def amounts_by_column(portal_id: int) -> dict[int, tuple[int, datetime]]:
    """Return how many entries each of a portal's columns shows, and when the newest came, by its id."""
    with reaching(Reach.PUBLISHED):
        rows = db.session.execute(_by_column(), {"portal_id": portal_id}).all()
    return {
        column_id: (listed - ahead, max(moments))
        for column_id, listed, ahead, *newest in rows
        if (moments := [moment for moment in newest if moment])
    }


@prepared
def _by_column() -> Select[*tuple[Any, ...]]:
    """Add up what is counted, and look at the head of each column's list: its rows are too many to read."""
    listed = (
        select(PortalTally.column_id, func.sum(PortalTally.listed).label("listed"))
        .where(PortalTally.tenant_id == THE_PORTAL, PortalTally.unit_id.not_in(CLOSED))
        .group_by(PortalTally.column_id)
        .subquery()
    )
    ahead = (
        select(PortalEntry.column_id, func.count(PortalEntry.id).label("ahead"))
        .where(*_OF_LISTS, PortalEntry.published_at > THIS_MOMENT)
        .group_by(PortalEntry.column_id)
        .subquery()
    )
    return (
        select(
            listed.c.column_id,
            cast(listed.c.listed, Integer),
            func.coalesce(ahead.c.ahead, 0),
            *(_newest(listed.c.column_id, is_pinned=is_pinned) for is_pinned in (False, True)),
        )
        .select_from(listed)
        .outerjoin(ahead, ahead.c.column_id == listed.c.column_id)
    )


def _newest(column_id: ColumnElement[int], *, is_pinned: bool) -> ScalarSelect[datetime]:
    """Return when the newest of a column's pinned entries, or of the others, was published."""
    first = select(PortalEntry.published_at).where(
        *_OF_LISTS,
        PortalEntry.column_id == column_id,
        PortalEntry.is_pinned.is_(is_pinned),
        PortalEntry.published_at <= THIS_MOMENT,
    )
    return (
        first.order_by(PortalEntry.published_at.desc(), PortalEntry.id.desc())
        .limit(inline(1))
        .scalar_subquery()
    )


@dataclass(frozen=True)
class Start:
    """Where a page far down begins: so many after the first that was published before a moment."""

    before: datetime
    skipped: int


def start_after(portal_id: int, column_id: int, offset: int) -> Start | None:
    """Return where a column's page begins that skips so many entries; None where it is to be walked to.

    That is near the list's head, and where a closed unit has entries in the column: they are counted, and are
    not shown.
    """
    if offset < NEAR:
        return None
    with reaching(Reach.PUBLISHED):
        rows = db.session.execute(_months(), {"portal_id": portal_id, "column_id": column_id}).all()
    if not rows or rows[0].closed:
        return None
    left = offset - rows[0].pinned + rows[0].ahead
    for month, listed, *_ in rows:
        if left < listed:
            start = Start(_end_of(month), left)
            return start if start.before <= now() else None
        left -= listed
    return None


@prepared
def _months() -> Select[*tuple[Any, ...]]:
    of_column = PortalEntry.column_id == bindparam("column_id")
    counted = select(func.count(PortalEntry.id)).where(*_OF_LISTS, of_column)
    ahead = PortalEntry.is_pinned.is_(False), PortalEntry.published_at > THIS_MOMENT
    pinned = PortalEntry.is_pinned.is_(True), PortalEntry.published_at <= THIS_MOMENT
    closed = select(func.coalesce(func.sum(PortalTally.listed), 0)).where(
        PortalTally.tenant_id == THE_PORTAL,
        PortalTally.column_id == bindparam("column_id"),
        PortalTally.unit_id.in_(CLOSED),
    )
    return (
        select(
            PortalMonth.month,
            cast(func.sum(PortalMonth.listed), Integer),
            counted.where(*pinned).scalar_subquery().label("pinned"),
            counted.where(*ahead).scalar_subquery().label("ahead"),
            closed.scalar_subquery().label("closed"),
        )
        .where(PortalMonth.tenant_id == THE_PORTAL, PortalMonth.column_id == bindparam("column_id"))
        .group_by(PortalMonth.month)
        .order_by(PortalMonth.month.desc())
    )


def _end_of(month: int) -> datetime:
    year, number = divmod(month, 100)
    return datetime(year + number // 12, number % 12 + 1, 1, tzinfo=UTC)
