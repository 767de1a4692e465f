"""Where the current subsite and its portal are, read once a request."""

from dataclasses import dataclass

from flask import g, request
from sqlalchemy import select

from app.core.database import db
from app.tenancy.addresses import home_of, origin
from app.tenancy.current import current_tenant
from app.tenancy.models import Host, Tenant


@dataclass(frozen=True)
class Place:
    """The current tenant's row and its portal's, and the canonical home of each without the closing slash."""

    tenant: Tenant
    home: str
    portal: Tenant
    portal_home: str


def place() -> Place:
    """Return where the request is; one query, and the rows are not to be kept beyond the request."""
    found = g.get("place")
    if not isinstance(found, Place):
        found = g.place = _read()
    return found


def place_of_portal(row: Tenant, host: str) -> Place:
    """Return where a portal is whose row and primary host have been read already."""
    home = origin(host)
    return Place(row, home, row, home)


def place_of_unit(row: Tenant, host: str, portal: Tenant, portal_host: str) -> Place:
    """Return where a unit is whose rows and primary hosts, and its portal's, have been read already."""
    return Place(row, home_of(row.slug, host, portal_host), portal, origin(portal_host))


def here(path: str) -> str:
    """Return a path of the current subsite as links on its pages need it, also under /u/<slug>/."""
    return request.script_root + path


def canonical(path: str) -> str:
    """Return the one absolute address of a path of the current subsite."""
    return place().home + path


def _read() -> Place:
    rows = db.session.execute(
        select(Tenant, Host.name)
        .join(Host, (Host.tenant_id == Tenant.id) & Host.is_primary)
        .where(Tenant.id.in_((current_tenant.id, current_tenant.home_portal_id)))
    )
    by_id = {tenant.id: (tenant, host) for tenant, host in rows}
    tenant, host = by_id[current_tenant.id]
    portal, portal_host = by_id[current_tenant.home_portal_id]
    if tenant is portal:
        return place_of_portal(tenant, host)
    return place_of_unit(tenant, host, portal, portal_host)
