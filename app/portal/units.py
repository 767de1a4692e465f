"""The portal's directory: its open units, and where each is."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, bindparam, select

from app.core.database import db
from app.core.prepared import prepared
from app.tenancy.addresses import OWN_HOST, PORTAL_HOST, PORTALS_HOST, home_of
from app.tenancy.models import Host, Tenant, TenantKind, TenantState


@dataclass(frozen=True)
class Unit:
    """A unit in the portal's directory."""

    id: int
    slug: str
    kind: TenantKind
    name: str
    home: str
    phone: str
    address: str
    external_url: str


def units_of(portal_id: int) -> list[Unit]:
    """Return the portal's open units in their order."""
    rows = db.session.execute(_open_units(), {"portal_id": portal_id})
    return [
        Unit(unit_id, slug, kind, name, home_of(slug, host, portal_host), phone, address, url)
        for unit_id, slug, kind, name, host, portal_host, phone, address, url in rows
    ]


@prepared
def _open_units() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Tenant.id,
            Tenant.slug,
            Tenant.kind,
            Tenant.name,
            Host.name,
            PORTAL_HOST.name,
            Tenant.phone,
            Tenant.address,
            Tenant.external_url,
        )
        .join(Host, OWN_HOST)
        .join(PORTAL_HOST, PORTALS_HOST)
        .where(Tenant.portal_id == bindparam("portal_id"), Tenant.state == TenantState.OPEN)
        .order_by(Tenant.position, Tenant.id)
    )
