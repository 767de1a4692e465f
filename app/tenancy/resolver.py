"""Host header -> tenant: the first step of every public request (DESIGN 1)."""

from datetime import datetime
from typing import Any

from flask import abort, g, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy import ScalarSelect, Select, bindparam, func, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from app.core.database import db
from app.core.prepared import THIS_MOMENT, prepared
from app.tenancy.addresses import origin
from app.tenancy.current import CurrentTenant
from app.tenancy.directory import directory
from app.tenancy.hostname import normalised
from app.tenancy.models import Host, Tenant, TenantState, Turn
from app.tenancy.places import place_of_portal, place_of_unit
from app.tenancy.scope import bind

#: Answered under any host name and address, also while the database is away: they tell of the process, or are
#: files of the release, the same for all tenants.
OF_NO_TENANT = frozenset(
    {
        *("health.alive", "health.ready", "health.tls_allowed"),
        *("favicon", "theme_asset", "challenge.script", "visitors_scripts.script"),
    }
)
MOUNT = "/u/"
#: A tenant's generation, and the last minute at which its pages changed by themselves: kept pages have both.
Validity = tuple[int, datetime | None]


def bind_tenant() -> ResponseReturnValue | None:
    """Find the tenant that answers under the request's host name, or answer 400, 404, 308 or 410."""
    if request.endpoint in OF_NO_TENANT:
        return None
    host = normalised(request.environ.get("HTTP_HOST", ""))
    if host is None or not _target_agrees(host):
        abort(400)
    entry = directory().find(host)
    if entry is None:
        abort(404)
    found = _with_portal(entry.tenant_id)
    if host != entry.primary:
        return redirect(
            origin(entry.primary) + request.script_root + request.full_path.removesuffix("?"), 308
        )
    _settle(found, entry.primary)
    bind(g.tenant.id)
    if g.tenant.state is TenantState.CLOSED:
        abort(410)
    return None


def _settle(found: Any, host: str) -> None:
    """Note whose page is asked for, where that is, and how long kept pages of it are valid.

    The portal's news stand on the tenant's home too.
    """
    row, turned_at, portal, portal_turned_at, portal_host, g.next_turn = found
    g.tenant = CurrentTenant.of(row)
    g.validity = g.county_validity = (row.generation, turned_at)
    g.changed = g.county_changed = (row.changed_second, turned_at)
    if portal is not None:
        g.county_validity = (portal.generation, portal_turned_at)
        g.county_changed = (portal.changed_second, portal_turned_at)
    if mounted := request.environ.get("ziwang.mounted"):
        _step_into(mounted, row, host)
    elif portal is None:
        g.place = place_of_portal(row, host)
    else:
        g.place = place_of_unit(row, host, portal, portal_host)


def _with_portal(tenant_id: int) -> Any:
    """Return a tenant's row and its portal's, when pages of each changed and will next, and its host."""
    return db.session.execute(_tenant_and_portal(), {"tenant_id": tenant_id}).one()


@prepared
def _tenant_and_portal() -> Select[*tuple[Any, ...]]:
    portal, portal_host = aliased(Tenant), aliased(Host)
    next_turn = _next_turn(Tenant.id, Tenant.portal_id)
    return (
        select(Tenant, _last_turn(Tenant.id), portal, _last_turn(portal.id), portal_host.name, next_turn)
        .outerjoin(portal, portal.id == Tenant.portal_id)
        .outerjoin(portal_host, (portal_host.tenant_id == portal.id) & portal_host.is_primary)
        .where(Tenant.id == bindparam("tenant_id"))
    )


def _last_turn(tenant_id: InstrumentedAttribute[int]) -> ScalarSelect[datetime]:
    """Return the last minute that has come at which a tenant's pages changed by themselves."""
    return (
        select(func.max(Turn.at))
        .where(Turn.tenant_id == tenant_id, Turn.at <= THIS_MOMENT)
        .correlate_except(Turn)
        .scalar_subquery()
    )


def _next_turn(*tenant_ids: Any) -> ScalarSelect[datetime]:
    """Return the next minute at which pages of any of the tenants change by themselves."""
    return (
        select(func.min(Turn.at))
        .where(Turn.tenant_id.in_(tenant_ids), Turn.at > THIS_MOMENT)
        .correlate_except(Turn)
        .scalar_subquery()
    )


def _step_into(slug: str, portal: Tenant, portal_host: str) -> None:
    """Bind the unit whose subsite the portal serves under /u/<slug>/."""
    found = db.session.execute(
        select(Tenant, Host.name, _last_turn(Tenant.id), _next_turn(Tenant.id, portal.id))
        .join(Host, (Host.tenant_id == Tenant.id) & Host.is_primary)
        .where(Tenant.slug == slug, Tenant.portal_id == portal.id)
    ).one_or_none()
    if found is None:
        # Nobody's prefix: the host's own subsite says so, in its theme and with its own links.
        request.root_path = ""
        bind(g.tenant.id)
        abort(404)
    unit, host, turned_at, g.next_turn = found
    g.tenant, g.validity = CurrentTenant.of(unit), (unit.generation, turned_at)
    g.changed = (unit.changed_second, turned_at)
    g.place = place_of_unit(unit, host, portal, portal_host)


def _target_agrees(host: str) -> bool:
    """Compare an absolute-form target with the Host header; what names two hosts has none."""
    target = str(request.environ.get("RAW_URI", ""))
    if not target.lower().startswith(("http://", "https://")):
        return True
    return normalised(target.partition("//")[2].partition("/")[0]) == host
