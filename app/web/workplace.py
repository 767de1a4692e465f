"""What the console shows around every page: county, unit, person, and where the person may go."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, g
from sqlalchemy import Select, bindparam, select
from sqlalchemy.exc import SQLAlchemyError

from app.accounts.models import Account
from app.accounts.permissions import COUNTY_ROLES, Permission, Role
from app.accounts.session import Standing, current_account, standing
from app.core.database import db
from app.core.prepared import inline, prepared
from app.tenancy.addresses import home_of, homes
from app.tenancy.current import CurrentTenant
from app.tenancy.models import Tenant, TenantKind
from app.theming.filters import day, file_size, machine_time, minute

#: More units than these are chosen on a page of their own.
MOST_UNITS_IN_MENU = 8


@dataclass(frozen=True)
class Unit:
    """A unit that the person can change to."""

    slug: str
    name: str
    id: int
    #: The portal whose county roles reach the unit.
    home_portal_id: int


@dataclass(frozen=True)
class Workplace:
    """The frame of a page; an empty one where nobody is signed in, or the database is away."""

    account: Account | None = None
    tenant: CurrentTenant | None = None
    county: str = ""
    support_phone: str = ""
    is_demo: bool = False
    #: Empty where the person has one unit, or too many for a menu.
    units: tuple[Unit, ...] = ()
    has_many_units: bool = False
    #: The slug of the unit of this page, or of the person's only unit.
    slug: str = ""
    #: What the person may do on the unit of this page, or on the person's only unit.
    may: frozenset[Permission] = frozenset()
    #: The unit's home as visitors see it.
    site_url: str = ""
    is_operator: bool = False
    is_auditor: bool = False

    def has(self, endpoint: str) -> bool:
        """Say whether the console has a page, so that no menu leads nowhere."""
        return endpoint in current_app.view_functions


def init_app(app: Flask) -> None:
    """Give the console's templates their frame, and the filters that themes have too."""
    app.context_processor(around_every_page)
    for written in (day, file_size, machine_time, minute):
        app.add_template_filter(written)


def around_every_page() -> dict[str, Any]:
    """Give the layout its frame; an error page must come out even when the database does not answer."""
    try:
        return {"workplace": _workplace(), "tenant": g.get("tenant")}
    except SQLAlchemyError:
        db.session.rollback()
        return {"workplace": Workplace(), "tenant": None}


def permissions_here(account: Account, tenant: CurrentTenant | Unit) -> frozenset[Permission]:
    """Return what a person may do on a tenant."""
    return frozenset(one for one in Permission if account.may(one, tenant.id, tenant.home_portal_id))


def units_of(account: Account) -> list[Tenant]:
    """Return the tenants on whose desk the person has something to do, in the county's order."""
    held = [membership for membership in account.memberships if membership.is_held]
    own = {membership.tenant_id for membership in held}
    portals = {membership.tenant_id for membership in held if membership.role in COUNTY_ROLES}
    within = Tenant.id.in_(own) | Tenant.portal_id.in_(portals)
    return list(db.session.scalars(select(Tenant).where(within).order_by(Tenant.position, Tenant.id)))


def _workplace() -> Workplace:
    tenant = g.get("tenant")
    account = current_account() if standing() is Standing.FULL else None
    portal = _portal_of(tenant)
    units = _units_in_menu(account) if account else ()
    only = units[0] if len(units) == 1 else None
    at = tenant or only
    return Workplace(
        account=account,
        tenant=tenant,
        county=portal.county if portal else "",
        support_phone=portal.support_phone if portal else "",
        is_demo=bool(portal and portal.is_demo),
        units=units if len(units) > 1 else (),
        has_many_units=not only,
        slug=at.slug if at else "",
        may=permissions_here(account, at) if account and at else frozenset(),
        site_url=_site_url(tenant) if tenant else "",
        is_operator=bool(account and account.has_role(Role.OPERATOR)),
        is_auditor=bool(account and account.has_role(Role.AUDITOR)),
    )


def _portal_of(tenant: CurrentTenant | None) -> Tenant | None:
    """Return the portal of the page's unit; the first one where the page is of no unit."""
    given = {"portal_id": tenant.home_portal_id if tenant else None}
    return db.session.scalar(_portal(is_named=tenant is not None), given)


@prepared
def _portal(*, is_named: bool) -> Select[Tenant]:
    portals = select(Tenant).where(Tenant.kind == TenantKind.PORTAL).order_by(Tenant.id).limit(inline(1))
    return portals.where(Tenant.id == bindparam("portal_id")) if is_named else portals


def _units_in_menu(account: Account) -> tuple[Unit, ...]:
    """Return the person's units; none where there are too many for a menu."""
    own = {membership.tenant_id for membership in account.memberships if membership.is_held}
    if account.has_role(*COUNTY_ROLES) or len(own) > MOST_UNITS_IN_MENU:
        return ()
    return tuple(Unit(row.slug, row.name, row.id, row.portal_id or row.id) for row in units_of(account))


def _site_url(tenant: CurrentTenant) -> str:
    found = db.session.execute(_home(), {"tenant": tenant.id}).one_or_none()
    if found is None:
        return ""
    _, slug, host, portal_host = found
    return f"{home_of(slug, host, portal_host)}/"


@prepared
def _home() -> Select[*tuple[Any, ...]]:
    return homes().where(Tenant.id == bindparam("tenant"))
