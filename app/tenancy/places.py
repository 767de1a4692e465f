"""Where the current subsite and its portal are, read once a request."""

from dataclasses import dataclass

from flask import g, request
from sqlalchemy import Select, bindparam, or_, select
from sqlalchemy.orm import aliased

from app.core.database import db
from app.core.prepared import prepared
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
    """Return where the request is; the rows are not to be kept, nor written to."""
    found = g.get("place")
    if not isinstance(found, Place):
        found = g.place = read_place(current_tenant.id)
    return found


def read_place(tenant_id: int) -> Place:
    """Return where a tenant is, by one query."""
    found = {
        row.id: (row, host) for row, host in db.session.execute(_with_portal(), {"tenant_id": tenant_id})
    }
    tenant, host = found[tenant_id]
    portal, portal_host = found[tenant.portal_id or tenant_id]
    home = home_of(tenant.slug, host, None if portal is tenant else portal_host)
    return Place(tenant, home, portal, origin(portal_host))


@prepared
def _with_portal() -> Select[Tenant, str]:
    asked = aliased(Tenant)
    portal_id = select(asked.portal_id).where(asked.id == bindparam("tenant_id")).scalar_subquery()
    return (
        select(Tenant, Host.name)
        .join(Host, (Host.tenant_id == Tenant.id) & Host.is_primary)
        .where(or_(Tenant.id == bindparam("tenant_id"), Tenant.id == portal_id))
    )


def here(path: str) -> str:
    """Return a path of the current subsite as links on its pages need it, also under /u/<slug>/."""
    return request.script_root + path


def canonical(path: str) -> str:
    """Return the one absolute address of a path of the current subsite."""
    return place().home + path
