"""Which host names a subsite may have (ZY-01): one judgement for forms, lists, commands and the office."""

from collections.abc import Collection

from flask import current_app
from sqlalchemy import select

from app.core.database import db
from app.core.errors import RuleBroken
from app.tenancy.hostname import normalised
from app.tenancy.labels import fault_of
from app.tenancy.models import Host, Tenant

#: Government domains: in Latin letters, and the Chinese one in the spelling that name servers know.
GOVERNMENT = (".gov.cn", ".xn--zfr164b")
#: Demonstration domains, which no name server knows.
DEMONSTRATION = (".localhost", ".test")


def checked_host(typed: str, portal: Tenant, *, slug: str, own: Collection[str] = ()) -> str:
    """Return a host name in its one spelling; its first label may be one of the subsite's own.

    Raises RuleBroken where the name is malformed, no government's, the console's, another's, or reserved.
    """
    name = normalised(typed)
    if name is None or "." not in name or name.startswith("["):
        example = f"{slug}.{portal.domain}"
        raise RuleBroken(f"域名“{typed.strip()}”的写法不对，应为如 {example}，不带 http:// 和端口。")
    if name != portal.domain and not name.endswith((f".{portal.domain}", *GOVERNMENT, *DEMONSTRATION)):
        raise RuleBroken(f"域名“{name}”不是政府网站域名，应以 .gov.cn 或“.政务”结尾。")
    if name == current_app.config["CONSOLE_HOST"]:
        raise RuleBroken(f"域名“{name}”是后台自己的域名，不能给子站。")
    if owner := _owner_of(name):
        raise RuleBroken(f"域名“{name}”已被“{owner.name}”（{owner.slug}）使用，请换一个。")
    if fault := _fault_of_first_label(name, portal, own):
        raise RuleBroken(f"域名“{name}”不能用：{fault}")
    return name


def taken_labels(portal: Tenant) -> set[str]:
    """Return all slugs, and all first labels under the portal's domain."""
    slugs = set(db.session.scalars(select(Tenant.slug)))
    hosts = db.session.scalars(
        select(Host.name).where(Host.name.endswith("." + portal.domain, autoescape=True))
    )
    return slugs | {host.partition(".")[0] for host in hosts}


def _owner_of(name: str) -> Tenant | None:
    return db.session.scalar(select(Tenant).join(Host, Host.tenant_id == Tenant.id).where(Host.name == name))


def _fault_of_first_label(name: str, portal: Tenant, own: Collection[str]) -> str | None:
    """Say why the first label cannot be had; only names right under the county's domain are ours to judge."""
    label, _, rest = name.partition(".")
    if rest != portal.domain or label in own:
        return None
    return fault_of(label, taken=taken_labels(portal))
