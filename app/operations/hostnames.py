"""The host names of subsites: adding one, choosing the primary one, taking one away (ZY-01)."""

from flask import current_app
from sqlalchemy import select

from app.audit.services import record
from app.core.database import db
from app.core.errors import RuleBroken
from app.operations.services import refresh_around
from app.provisioning.requests import DEMONSTRATION, taken_labels
from app.tenancy.hostname import normalised
from app.tenancy.models import Host, Tenant, TenantState
from app.tenancy.naming import fault_of

#: Government domains: in Latin letters, and the Chinese one in the spelling that name servers know.
GOVERNMENT = (".gov.cn", ".xn--zfr164b")
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
    portal = db.session.get_one(Tenant, tenant.portal_id or tenant.id)
    name = normalised(typed)
    if name is None or "." not in name or name.startswith("["):
        example = f"{tenant.slug}.{portal.domain}"
        raise RuleBroken(f"域名“{typed.strip()}”的写法不对，应为如 {example}，不带 http:// 和端口。")
    if tenant.state is not TenantState.OPEN:
        raise RuleBroken(f"“{tenant.name}”已经关停，不能增加域名。")
    endings = (f".{portal.domain}", *GOVERNMENT, *DEMONSTRATION)
    if name != portal.domain and not name.endswith(endings):
        raise RuleBroken(f"域名“{name}”不是政府网站域名，应以 .gov.cn 或“.政务”结尾。")
    if name == current_app.config["CONSOLE_HOST"]:
        raise RuleBroken(f"域名“{name}”是后台自己的域名，不能给子站。")
    owner = db.session.execute(
        select(Tenant.name, Tenant.slug).join(Host, Host.tenant_id == Tenant.id).where(Host.name == name)
    ).one_or_none()
    if owner is not None:
        raise RuleBroken(f"域名“{name}”已被“{owner.name}”（{owner.slug}）使用。")
    if fault := _fault_of_label(tenant, portal, name):
        raise RuleBroken(f"域名“{name}”不能用：{fault}")
    return name


def _fault_of_label(tenant: Tenant, portal: Tenant, name: str) -> str | None:
    """Say why the first label cannot be had; only names right under the county's domain are ours to judge."""
    label, _, rest = name.partition(".")
    if rest != portal.domain or (tenant is portal and label == PORTALS_OWN):
        return None
    own = db.session.scalars(select(Host.name).where(Host.tenant_id == tenant.id))
    mine = {tenant.slug, *(host.partition(".")[0] for host in own)}
    return fault_of(label, taken=taken_labels(portal) - mine)


def _primary_of(tenant: Tenant) -> Host | None:
    return db.session.scalar(select(Host).where(Host.tenant_id == tenant.id, Host.is_primary))


def _record(act: str, tenant: Tenant, *, before: object = None, after: object = None) -> None:
    record(act, f"tenant:{tenant.id}", tenant_id=tenant.portal_id or tenant.id, before=before, after=after)
