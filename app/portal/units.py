"""The portal's directory: its open units, and where each is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, bindparam, func, select

from app.core.database import db
from app.core.prepared import prepared
from app.tenancy.addresses import OWN_HOST, PORTALS_HOST, home_of
from app.tenancy.current import current_tenant
from app.tenancy.models import Tenant, TenantKind, TenantState
from app.tenancy.shared import shared_in_county


@dataclass(frozen=True, slots=True)
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
    return [_unit(*row) for row in rows]


def units_of_county() -> Mapping[int, Unit]:
    """Return the open units of the current county in their order, by id."""
    portal_id = current_tenant.home_portal_id
    return shared_in_county("units", lambda: {unit.id: unit for unit in units_of(portal_id)})


def first_units(portal_id: int, most: int) -> tuple[list[Unit], dict[TenantKind, int]]:
    """Return the first so many open units of each kind, and how many there are of the kind.

    What it costs does not grow with the county, but for the database's counting.
    """
    rows = db.session.execute(_first_units(), {"portal_id": portal_id, "most": most}).all()
    units = [_unit(*row[:-2]) for row in rows]
    return units, {unit.kind: row.of_kind for unit, row in zip(units, rows, strict=True)}


def _unit(
    unit_id: int, slug: str, kind: TenantKind, name: str, host: str, portal_host: str, *facts: str
) -> Unit:
    return Unit(unit_id, slug, kind, name, home_of(slug, host, portal_host), *facts)


@prepared
def _first_units() -> Select[*tuple[Any, ...]]:
    in_order = (Tenant.position, Tenant.id)
    ranked = (
        select(
            Tenant.id,
            func.row_number().over(partition_by=Tenant.kind, order_by=in_order).label("rank"),
            func.count().over(partition_by=Tenant.kind).label("of_kind"),
        )
        .where(Tenant.portal_id == bindparam("portal_id"), Tenant.state == TenantState.OPEN)
        .subquery()
    )
    of_ranked = _open_units().join(ranked, ranked.c.id == Tenant.id).where(ranked.c.rank <= bindparam("most"))
    return of_ranked.add_columns(ranked.c.rank, ranked.c.of_kind)


@prepared
def _open_units() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Tenant.id,
            Tenant.slug,
            Tenant.kind,
            Tenant.name,
            OWN_HOST,
            PORTALS_HOST,
            Tenant.phone,
            Tenant.address,
            Tenant.external_url,
        )
        .where(Tenant.portal_id == bindparam("portal_id"), Tenant.state == TenantState.OPEN)
        .order_by(Tenant.position, Tenant.id)
    )
