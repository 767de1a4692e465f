"""One unit has one site (ZY-02), under whichever of its names it is asked for."""

from sqlalchemy import select

from app.core.database import db
from app.core.errors import RuleBroken
from app.tenancy.models import Tenant, TenantState
from app.tenancy.naming import spellings_of


def site_of(unit: str, portal: Tenant, *, besides: int = 0) -> Tenant | None:
    """Return the open subsite that a unit has already; 水利局 and 永嘉县水利局 are the same one."""
    return db.session.scalar(
        select(Tenant)
        .where(
            Tenant.unit.in_(spellings_of(unit, portal.county)),
            Tenant.portal_id == portal.id,
            Tenant.state == TenantState.OPEN,
            Tenant.id != besides,
        )
        .limit(1)
    )


def refuse_second_site(unit: str, portal: Tenant, *, besides: int = 0) -> None:
    """Raise RuleBroken, with the site's label, where the unit has one already."""
    found = site_of(unit, portal, besides=besides)
    if found is not None:
        raise RuleBroken(f"“{found.unit}”已有子站（{found.slug}），一个单位只开设一个网站。")
