"""Host header -> tenant: the first step of every public request (DESIGN 1)."""

from flask import abort, g, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from app.core.database import db
from app.tenancy.addresses import origin
from app.tenancy.current import CurrentTenant, current_tenant
from app.tenancy.directory import directory
from app.tenancy.hostname import normalised
from app.tenancy.models import Tenant, TenantState
from app.tenancy.scope import bind

#: Answered under any host name and address: they tell of the process, not of a tenant.
OF_NO_TENANT = frozenset({"health.alive", "health.ready"})
MOUNT = "/u/"


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
    row = db.session.get_one(Tenant, entry.tenant_id)
    if host != entry.primary:
        return redirect(origin(entry.primary) + request.script_root + request.full_path.removesuffix("?"), 308)
    g.tenant = CurrentTenant.of(row)
    if mounted := request.environ.get("ziwang.mounted"):
        _step_into(mounted)
    bind(g.tenant.id)
    if g.tenant.state is TenantState.CLOSED:
        abort(410)
    return None


def _step_into(slug: str) -> None:
    """Bind the unit whose subsite the portal serves under /u/<slug>/."""
    unit = db.session.scalar(select(Tenant).where(Tenant.slug == slug, Tenant.portal_id == current_tenant.id))
    if unit is None:
        abort(404)
    g.tenant = CurrentTenant.of(unit)


def _target_agrees(host: str) -> bool:
    """Compare an absolute-form target with the Host header; what names two hosts has none."""
    target = str(request.environ.get("RAW_URI", ""))
    if not target.lower().startswith(("http://", "https://")):
        return True
    return normalised(target.partition("//")[2].partition("/")[0]) == host
