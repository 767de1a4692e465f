"""The areas of standardised openness over all units of a portal: the units' own rows, in place (rules 1.11).

The scope reaches what visitors may read of all tenants, so each query says for which portal it asks.
"""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select

from app.core.database import db
from app.disclosure.amounts import Amount, amounts_of
from app.disclosure.models import CatalogueRow
from app.portal.units import units_of_county
from app.tenancy.models import Tenant, TenantState
from app.tenancy.scope import Reach, reaching


@dataclass(frozen=True)
class UnitRow:
    """A unit's row with what readers find under it on the unit's subsite."""

    row: CatalogueRow
    amount: Amount
    unit_name: str
    unit_home: str


def area_counts(portal_id: int) -> dict[str, tuple[int, int]]:
    """Return how many rows and how many units each area has, by its slug."""
    counted = (
        select(
            CatalogueRow.area, func.count(CatalogueRow.id), func.count(func.distinct(CatalogueRow.tenant_id))
        )
        .join(Tenant, Tenant.id == CatalogueRow.tenant_id)
        .where(CatalogueRow.area != "", *_kept(portal_id))
        .group_by(CatalogueRow.area)
    )
    with reaching(Reach.PUBLISHED):
        return {area: (rows, units) for area, rows, units in db.session.execute(counted)}


def rows_in(portal_id: int, area: str, *, limit: int, offset: int = 0) -> list[UnitRow]:
    """Return the units' rows of an area, unit by unit; four queries, however many units there are."""
    asked = (
        select(CatalogueRow, Tenant.name)
        .join(Tenant, Tenant.id == CatalogueRow.tenant_id)
        .where(CatalogueRow.area == area, *_kept(portal_id))
        .order_by(Tenant.position, Tenant.id, CatalogueRow.position, CatalogueRow.id)
        .limit(limit)
        .offset(offset)
    )
    with reaching(Reach.PUBLISHED):
        found = db.session.execute(asked).all()
        amounts = amounts_of(row for row, _ in found)
        return [UnitRow(row, amounts[row.id], name, _home_of(row.tenant_id)) for row, name in found]


def _home_of(unit_id: int) -> str:
    unit = units_of_county().get(unit_id)
    return unit.home if unit else ""


def _kept(portal_id: int) -> tuple[ColumnElement[bool], ...]:
    return (
        CatalogueRow.retired_at.is_(None),
        or_(Tenant.portal_id == portal_id, Tenant.id == portal_id),
        Tenant.state == TenantState.OPEN,
    )
