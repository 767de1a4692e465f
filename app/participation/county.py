"""The hearings of all units of a portal, as its readers see them: the nearest closing first."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select

from app.core.database import db
from app.participation.models import Hearing
from app.participation.queries import Shown, as_shown, in_order, is_closed, shown_hearings
from app.tenancy.addresses import OWN_HOST, PORTALS_HOST, home_of
from app.tenancy.models import Tenant, TenantState
from app.tenancy.scope import Reach, reaching


@dataclass(frozen=True)
class OfUnit:
    """A hearing with the unit that holds it."""

    shown: Shown
    unit: str
    home: str


def of_units(portal_id: int, *, closed: bool, limit: int, offset: int = 0) -> list[OfUnit]:
    """Return the hearings of a portal and of its open units that have closed, or that have not."""
    query = (
        in_order(shown_hearings(), closed=closed)
        .add_columns(Tenant.name, Tenant.slug, OWN_HOST, PORTALS_HOST)
        .join(Tenant, Tenant.id == Hearing.tenant_id)
        .where(_of_portal(portal_id), Tenant.state == TenantState.OPEN)
        .limit(limit)
        .offset(offset)
    )
    with reaching(Reach.PUBLISHED):
        rows = [tuple(row) for row in db.session.execute(query)]
    shown = as_shown(row[:3] for row in rows)
    return [
        OfUnit(one, name, home_of(slug, host, portal_host))
        for one, (name, slug, host, portal_host) in zip(shown, (row[3:] for row in rows), strict=True)
    ]


def count_of_units(portal_id: int, *, closed: bool) -> int:
    """Return how many there are of them."""
    ids = (
        shown_hearings()
        .with_only_columns(Hearing.id)
        .join(Tenant, Tenant.id == Hearing.tenant_id)
        .where(is_closed(closed=closed), _of_portal(portal_id), Tenant.state == TenantState.OPEN)
    )
    with reaching(Reach.PUBLISHED):
        return db.session.scalar(select(func.count()).select_from(ids.subquery())) or 0


def _of_portal(portal_id: int) -> ColumnElement[bool]:
    return or_(Tenant.portal_id == portal_id, Tenant.id == portal_id)
