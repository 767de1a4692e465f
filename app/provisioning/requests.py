"""What the county office asks for when it opens a subsite, completed and judged."""

from sqlalchemy import select

from app.core.database import db
from app.core.errors import RuleBroken
from app.provisioning.hostnames import checked_host, taken_labels
from app.provisioning.specs import UNIT_KINDS, UnitSpec
from app.provisioning.units import LONGEST_NAME, fault_of_url
from app.tenancy.models import Tenant, TenantKind
from app.tenancy.naming import fault_of, proposals

#: What the screen calls the kinds; a file may use either word.
KIND_WORDS = {TenantKind(kind).label: kind for kind in UNIT_KINDS}


def the_portal(slug: str = "") -> Tenant:
    """Return the named portal, or the only one. Raises RuleBroken where that is not clear."""
    portals = db.session.scalars(select(Tenant).where(Tenant.kind == TenantKind.PORTAL)).all()
    found = [portal for portal in portals if slug in ("", portal.slug)]
    if not found:
        raise RuleBroken("还没有门户。请先用 flask county apply 按清单开设。")
    if len(found) > 1:
        raise RuleBroken(f"有多个门户，请用 --portal 指明：{'、'.join(portal.slug for portal in found)}。")
    return found[0]


def spec_of(
    name: str, kind: str, portal: Tenant, *, slug: str = "", host: str = "", url: str = ""
) -> UnitSpec:
    """Return what opening needs, with slug and host proposed where they were left out (S-41).

    Raises RuleBroken with the reason where the name, kind, slug, host or address elsewhere cannot be had.
    """
    name = "".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise RuleBroken(f"单位名称应为 1 到 {LONGEST_NAME} 个字。")
    if kind not in UNIT_KINDS:
        said = f"子站类型“{kind}”不存在。" if kind else "没有写子站类型。"
        raise RuleBroken(f"{said}可用：{'、'.join(KIND_WORDS)}。")
    if fault := fault_of_url(kind, url.strip()):
        raise RuleBroken(fault)
    taken = taken_labels(portal)
    slug = slug.strip().lower() or _proposed(name, portal, taken)
    if fault := fault_of(slug, taken=taken):
        raise RuleBroken(f"标识“{slug}”不能用：{fault}")
    name_of_host = checked_host(host or f"{slug}.{portal.domain}", portal, slug=slug, own={slug})
    return UnitSpec(slug, name, kind, (name_of_host,), short_name=_short(name, portal), url=url.strip())


def _proposed(name: str, portal: Tenant, taken: set[str]) -> str:
    for proposal in proposals(name, taken=taken, county=portal.county):
        if proposal.fault is None:
            return proposal.label
    raise RuleBroken(f"无法按“{name}”取出可用的标识，请自行填写。")


def _short(name: str, portal: Tenant) -> str:
    return name.removeprefix(portal.county).removeprefix("县") or name
