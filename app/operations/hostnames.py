"""The host names of subsites: adding one, choosing the primary one, taking one away (ZY-01)."""

from sqlalchemy import select

from app.audit.services import record
from app.core.database import db
from app.core.errors import RuleBroken
from app.operations.services import refresh_around
from app.provisioning.hostnames import checked_host
from app.tenancy.models import Host, Tenant, TenantState

#: The portal's own label, which no unit may have.
PORTALS_OWN = "www"


def add_host(tenant: Tenant, typed: str) -> Host:
    """Let a subsite answer under one more name, which leads to its primary one.

    Raises RuleBroken where the name is malformed, no government's, easily confused or another's.
    """
    name = _checked(tenant, typed)
    host = Host(name=name, tenant_id=tenant.id, is_primary=_primary_of(tenant) is None)
    db.session.add(host)
    db.session.flush()
    _record("host.add", tenant, after={"host": name})
    refresh_around(tenant)
    return host


def make_primary(host: Host) -> None:
    """Make this the one name that a subsite's addresses carry; the others lead to it."""
    if host.is_primary:
        raise RuleBroken(f"“{host.name}”已经是主域名。")
    tenant = db.session.get_one(Tenant, host.tenant_id)
    before = _primary_of(tenant)
    if before is not None:
        before.is_primary = False
        db.session.flush()  # No two are primary, not even for a moment.
    host.is_primary = True
    db.session.flush()
    _record(
        "host.primary", tenant, before={"host": before.name if before else None}, after={"host": host.name}
    )
    refresh_around(tenant)


def remove_host(host: Host) -> None:
    """Let a subsite answer under this name no more; it then belongs to nobody."""
    if host.is_primary:
        raise RuleBroken("主域名不能移除，请先把另一个域名设为主域名。")
    tenant = db.session.get_one(Tenant, host.tenant_id)
    db.session.delete(host)
    db.session.flush()
    _record("host.remove", tenant, before={"host": host.name})
    refresh_around(tenant)


def _checked(tenant: Tenant, typed: str) -> str:
    if tenant.state is not TenantState.OPEN:
        raise RuleBroken(f"“{tenant.name}”已经关停，不能增加域名。")
    portal = db.session.get_one(Tenant, tenant.portal_id or tenant.id)
    hosts = db.session.scalars(select(Host.name).where(Host.tenant_id == tenant.id))
    own = {tenant.slug, *(host.partition(".")[0] for host in hosts)}
    if tenant is portal:
        own.add(PORTALS_OWN)
    return checked_host(typed, portal, slug=tenant.slug, own=own)


def _primary_of(tenant: Tenant) -> Host | None:
    return db.session.scalar(select(Host).where(Host.tenant_id == tenant.id, Host.is_primary))


def _record(act: str, tenant: Tenant, *, before: object = None, after: object = None) -> None:
    record(act, f"tenant:{tenant.id}", tenant_id=tenant.portal_id or tenant.id, before=before, after=after)
