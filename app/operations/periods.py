"""On which subsites a period of the office stands."""

from sqlalchemy import select

from app.core.database import db
from app.core.errors import RuleBroken
from app.tenancy.models import Tenant


def units_of(portal: Tenant, slugs: frozenset[str]) -> list[int]:
    """Return the ids of subsites by their slugs. Raises RuleBroken where one is not the county's."""
    of_county = (Tenant.portal_id == portal.id) | (Tenant.id == portal.id)
    found = db.session.scalars(select(Tenant.id).where(Tenant.slug.in_(slugs), of_county).order_by(Tenant.id))
    ids = list(found)
    if len(ids) != len(slugs):
        raise RuleBroken("所选的子站中有的不属于本县，请刷新页面后重新选择。")
    return ids
