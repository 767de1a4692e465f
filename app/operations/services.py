"""What the county office does to subsites and their columns; every act leaves its row in the record."""

from collections.abc import Iterator, Mapping

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from app.audit.services import record
from app.content.models import Article, Column, Layout, Revision
from app.core.database import db
from app.core.errors import RuleBroken
from app.operations.codes import fault_of_credit_code, fault_of_site_code, fault_of_url
from app.pagecache.generations import raise_generation
from app.portal import services as portal
from app.portal.models import PortalEntry
from app.provisioning.identity import refuse_second_site
from app.tenancy.models import Tenant, TenantKind, TenantState

#: What the office may change of a subsite, with what the record of acts and messages call it.
UNIT_FIELDS: Mapping[str, str] = {
    "name": "子站名称",
    "unit": "单位全称",
    "credit_code": "统一社会信用代码",
    "site_code": "网站标识码",
    "sponsor": "主办单位",
    "organizer": "承办单位",
    "icp": "ICP 备案号",
    "police": "公安备案号",
    "mark_code": "党政机关网站标识编号",
    "phone": "联系电话",
    "address": "地址",
    "postcode": "邮政编码",
    "email": "电子邮箱",
    "support_phone": "技术支持电话",
    "external_url": "独立网站网址",
}
NEEDED = ("name", "unit")
LONGEST_REASON = 200
LONGEST_TITLE = 40
LONGEST_GAP = 3_650  # days


def change_unit(tenant: Tenant, values: Mapping[str, str | None]) -> None:
    """Change what identifies a subsite; its pages and the portal's follow with the next request (S-38, S-39).

    Raises RuleBroken where a code is malformed or another's.
    """
    wanted = {name: " ".join((value or "").split()) for name, value in values.items() if name in UNIT_FIELDS}
    before = {name: getattr(tenant, name) or "" for name in wanted}
    changed = {name: value for name, value in wanted.items() if value != before[name]}
    if not changed:
        return
    _check_identity(tenant, changed)
    for name, value in changed.items():
        setattr(tenant, name, value or None if name == "credit_code" else value)
    _record(tenant, "unit.change", before={name: before[name] for name in changed}, after=changed)
    refresh_around(tenant)


def close_unit(tenant: Tenant, *, reason: str) -> None:
    """Close a subsite: its hosts answer that it is closed, and the portal shows nothing of it."""
    reason = " ".join(reason.split())
    if tenant.kind is TenantKind.PORTAL:
        raise RuleBroken("县门户不能在这里关停。")
    if tenant.state is TenantState.CLOSED:
        raise RuleBroken(f"“{tenant.name}”已经关停。")
    if not reason or len(reason) > LONGEST_REASON:
        raise RuleBroken(f"请写明关停的理由，不超过 {LONGEST_REASON} 个字。")
    tenant.state = TenantState.CLOSED
    for article in _standing_for_others(tenant):
        portal.exclude(article)
    _record(tenant, "unit.close", before={"state": "open"}, after={"state": "closed", "reason": reason})
    refresh_around(tenant)


def reopen_unit(tenant: Tenant) -> None:
    """Let a closed subsite answer again, with all it had."""
    if tenant.state is TenantState.OPEN:
        raise RuleBroken(f"“{tenant.name}”正在开通中，不需要重新开通。")
    _refuse_second_site(tenant, tenant.unit)
    tenant.state = TenantState.OPEN
    for article, revision in _left_out(tenant):
        portal.include(article, revision)
    _record(tenant, "unit.reopen", before={"state": "closed"}, after={"state": "open"})
    refresh_around(tenant)


def change_column(
    column: Column,
    *,
    title: str,
    max_gap_days: int | None,
    portal_column_id: int | None,
    is_visible: bool,
    has_pictures: bool = False,
) -> None:
    """Change a column of any subsite; a new portal column is for what is published from now on.

    Raises RuleBroken where the title is fixed for all, or the portal column is another portal's.
    """
    title = " ".join(title.split())
    tenant = db.session.get_one(Tenant, column.tenant_id)
    _refuse_odd(title, max_gap_days)
    _refuse_other_block(column, title=title, is_visible=is_visible)
    if portal_column_id is not None and portal_column_id not in {one.id for one in portal_columns(tenant)}:
        raise RuleBroken("请从本单位所属门户的列表栏目中选择门户栏目。")
    wanted = {
        "title": title,
        "max_gap_days": max_gap_days,
        "portal_column_id": portal_column_id,
        "is_visible": is_visible,
        "has_pictures": has_pictures and column.layout == Layout.LIST,
    }
    before = {name: getattr(column, name) for name in wanted}
    if wanted == before:
        return
    for name, value in wanted.items():
        setattr(column, name, value)
    column.portal_id = tenant.portal_id if portal_column_id is not None else None
    record(
        "column.change",
        f"column:{column.id}",
        tenant_id=tenant.id,
        before={name: before[name] for name in wanted if before[name] != wanted[name]},
        after={name: value for name, value in wanted.items() if before[name] != value},
    )
    refresh_around(tenant)


def _refuse_odd(title: str, max_gap_days: int | None) -> None:
    if not title or len(title) > LONGEST_TITLE:
        raise RuleBroken(f"栏目名称应为 1 到 {LONGEST_TITLE} 个字。")
    if max_gap_days is not None and not 1 <= max_gap_days <= LONGEST_GAP:
        raise RuleBroken(f"更新期限应为 1 到 {LONGEST_GAP} 天；没有期限时请留空。")


def _refuse_other_block(column: Column, *, title: str, is_visible: bool) -> None:
    """Keep the columns of /xxgk/ as they are for all units: named alike, and there (GK-10, GK-02)."""
    if not column.block:
        return
    if title != column.title:
        raise RuleBroken("政府信息公开专栏的四个栏目全县统一名称，不能修改。")
    if column.is_visible and not is_visible:
        raise RuleBroken(
            "政府信息公开专栏的栏目不能隐藏。单位没有这类信息的，由单位在“信息公开”里标为不适用，写明理由。"
        )


def portal_columns(tenant: Tenant) -> list[Column]:
    """Return the columns of its portal that a unit's columns may fill; a portal's own fill none."""
    if tenant.portal_id is None:
        return []
    of_portal = select(Column).where(Column.tenant_id == tenant.portal_id, Column.layout == Layout.LIST)
    return list(db.session.scalars(of_portal.order_by(Column.position, Column.id)))


def refresh_around(tenant: Tenant) -> None:
    """Let no kept page stand that shows the tenant: its own, its portal's, and a portal's units'."""
    db.session.flush()
    units = db.session.scalars(select(Tenant.id).where(Tenant.portal_id == tenant.id)).all()
    raise_generation(tenant.id, tenant.portal_id, *units)


def _check_identity(tenant: Tenant, changed: Mapping[str, str]) -> None:
    if fault := next((fault for fault in _faults_of(changed) if fault), None):
        raise RuleBroken(fault)
    if "unit" in changed and tenant.state is TenantState.OPEN:
        _refuse_second_site(tenant, changed["unit"])
    if changed.get("credit_code"):
        _refuse_second_code(tenant, changed["credit_code"])


def _faults_of(changed: Mapping[str, str]) -> Iterator[str | None]:
    for name, value in changed.items():
        most = getattr(Tenant, name).type.length
        if name in NEEDED and not value:
            yield f"请填写{UNIT_FIELDS[name]}。"
        if len(value) > most:
            yield f"{UNIT_FIELDS[name]}最多 {most} 个字，现为 {len(value)} 个。"
    yield fault_of_credit_code(changed.get("credit_code", ""))
    yield fault_of_site_code(changed.get("site_code", ""))
    yield fault_of_url(changed.get("external_url", ""))


def _refuse_second_site(tenant: Tenant, unit: str) -> None:
    above = db.session.get_one(Tenant, tenant.portal_id or tenant.id)
    refuse_second_site(unit, above, besides=tenant.id)


def _refuse_second_code(tenant: Tenant, code: str) -> None:
    other = db.session.scalar(select(Tenant).where(Tenant.credit_code == code, Tenant.id != tenant.id))
    if other is not None:
        raise RuleBroken(f"统一社会信用代码已用于“{other.name}”（{other.slug}），一个单位只开设一个网站。")


def _standing_for_others(tenant: Tenant) -> list[Article]:
    """Return the articles under which the portal shows the same text of other units too."""
    other = aliased(PortalEntry)
    return list(
        db.session.scalars(
            select(Article).where(
                Article.tenant_id == tenant.id,
                exists().where(
                    PortalEntry.unit_id == Article.tenant_id,
                    PortalEntry.article_id == Article.id,
                    other.tenant_id == PortalEntry.tenant_id,
                    other.same_as_id == PortalEntry.id,
                ),
            )
        )
    )


def _left_out(tenant: Tenant) -> list[tuple[Article, Revision]]:
    """Return the public articles that the portal was made to forget when the subsite was closed."""
    rows = db.session.execute(
        select(Article, Revision)
        .join(Revision, (Revision.id == Article.published_id) & (Revision.tenant_id == Article.tenant_id))
        .where(
            Article.tenant_id == tenant.id,
            exists().where(
                PortalEntry.unit_id == Article.tenant_id,
                PortalEntry.article_id == Article.id,
                PortalEntry.is_listed.is_(False),
            ),
        )
    )
    return [(row[0], row[1]) for row in rows]


def _record(tenant: Tenant, act: str, *, before: object, after: object) -> None:
    record(act, f"tenant:{tenant.id}", tenant_id=tenant.portal_id or tenant.id, before=before, after=after)
