"""How many entries a portal's columns show."""

from datetime import datetime

from sqlalchemy import Select, bindparam, func, select

from app.core.database import db
from app.core.prepared import THIS_MOMENT, prepared
from app.portal.listing import CLOSED, LISTED, THE_PORTAL, shown
from app.portal.models import PortalEntry, PortalTally
from app.tenancy.models import Tenant
from app.tenancy.scope import Reach, reaching


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
        PortalEntry.tenant_id == THE_PORTAL,
        PortalEntry.column_id == bindparam("column_id"),
        *LISTED,
        PortalEntry.same_as_id.is_(None),
        PortalEntry.published_at > THIS_MOMENT,
        PortalEntry.unit_id.not_in(CLOSED),
    )
    return select(counted.scalar_subquery(), ahead.scalar_subquery())


def amounts_by_column(portal_id: int) -> dict[int, tuple[int, datetime]]:
    """Return how many entries each of a portal's columns shows, and when the newest came, by its id."""
    counted = (
        select(PortalEntry.column_id, func.count(PortalEntry.id), func.max(PortalEntry.published_at))
        .select_from(PortalEntry)
        .join(Tenant, Tenant.id == PortalEntry.unit_id)
        .where(*shown())
        .group_by(PortalEntry.column_id)
    )
    with reaching(Reach.PUBLISHED):
        rows = db.session.execute(counted, {"portal_id": portal_id}).all()
    return {column_id: (count, newest) for column_id, count, newest in rows}
