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
from app.tenancy.places import Place, read_place
from app.tenancy.scope import bind
from app.tenancy.shared import share_in_county, share_while_valid, shared

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
    if host != entry.primary:
        return redirect(
            origin(entry.primary) + request.script_root + request.full_path.removesuffix("?"), 308
        )
    mounted = request.environ.get("ziwang.mounted", "")
    _settle(entry.tenant_id, "" if mounted else request.script_root)
    if mounted:
        _step_into(mounted)
    bind(g.tenant.id)
    if g.tenant.state is TenantState.CLOSED:
        abort(410)
    return None


def _settle(tenant_id: int, root: str) -> None:
    """Note whose page is asked for, where that is, and how long kept pages of it are valid.

    The portal's news stand on the tenant's home too.
    """
    row = db.session.execute(_validity(), {"tenant_id": tenant_id}).one()
    g.validity = g.county_validity = (row.generation, row.turned_at)
    g.changed = g.county_changed = (row.changed_second, row.turned_at)
    if row.portal_generation is not None:
        g.county_validity = (row.portal_generation, row.portal_turned_at)
        g.county_changed = (row.portal_changed_second, row.portal_turned_at)
    g.next_turn = row.next_turn
    _stand(tenant_id, root)


def _stand(tenant_id: int, root: str) -> None:
    share_while_valid((tenant_id, root), g.validity)
    g.tenant, g.place = shared("standing", lambda: _standing(tenant_id))
    share_in_county(g.tenant.home_portal_id, g.county_validity)


def _standing(tenant_id: int) -> tuple[CurrentTenant, Place]:
    """Read who a tenant is, and where: rows that later requests read too, and no session holds."""
    where = read_place(tenant_id)
    for row in {where.tenant, where.portal}:
        db.session.expunge(row)
    return CurrentTenant.of(where.tenant), where


@prepared
def _validity() -> Select[*tuple[Any, ...]]:
    """Select when pages of a tenant and of its portal changed, and will next."""
    portal = aliased(Tenant)
    return (
        select(
            Tenant.generation,
            Tenant.changed_second,
            _last_turn(Tenant.id).label("turned_at"),
            portal.generation.label("portal_generation"),
            portal.changed_second.label("portal_changed_second"),
            _last_turn(portal.id).label("portal_turned_at"),
            _next_turn(Tenant.id, Tenant.portal_id).label("next_turn"),
        )
        .outerjoin(portal, portal.id == Tenant.portal_id)
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


def _step_into(slug: str) -> None:
    """Bind the unit whose subsite the portal serves under /u/<slug>/."""
    found = db.session.execute(_validity_of_unit(), {"slug": slug, "portal_id": g.tenant.id}).one_or_none()
    if found is None:
        # Nobody's prefix: the host's own subsite says so, in its theme and with its own links.
        request.root_path = ""
        bind(g.tenant.id)
        abort(404)
    g.validity = (found.generation, found.turned_at)
    g.changed = (found.changed_second, found.turned_at)
    g.next_turn = found.next_turn
    _stand(found.id, request.script_root)


@prepared
def _validity_of_unit() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Tenant.id,
            Tenant.generation,
            Tenant.changed_second,
            _last_turn(Tenant.id).label("turned_at"),
            _next_turn(Tenant.id, Tenant.portal_id).label("next_turn"),
        )
        .join(Host, (Host.tenant_id == Tenant.id) & Host.is_primary)
        .where(Tenant.slug == bindparam("slug"), Tenant.portal_id == bindparam("portal_id"))
    )


def _target_agrees(host: str) -> bool:
    """Compare an absolute-form target with the Host header; what names two hosts has none."""
    target = str(request.environ.get("RAW_URI", ""))
    if not target.lower().startswith(("http://", "https://")):
        return True
    return normalised(target.partition("//")[2].partition("/")[0]) == host
