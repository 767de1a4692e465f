"""What an inspector would miss in what a unit says of itself (S-17 to S-19, ZY-15, ZY-16, GK-05)."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import func, select

from app.content.models import Article, Column
from app.content.queries import is_shown
from app.core.clock import today
from app.core.database import db
from app.profile import queries
from app.profile.forms import NONE
from app.profile.models import Leader, Office, Profile
from app.profile.naming import pages_naming
from app.profile.phones import ADVICE, fault_of_phone
from app.profile.speeches import speeches_of
from app.profile.values import CONTACT
from app.tenancy.current import current_tenant
from app.tenancy.models import TenantKind
from app.web.findings import Finding

UNIT = "profile/unit"
#: Who says what of itself: the portal is no unit, and a site elsewhere says it there.
SILENT = (TenantKind.PORTAL, TenantKind.INDEPENDENT)
NEEDED = {"name": "单位名称", "duties": "机构职责", "address": "办公地址", "phone": "联系电话"}
OF_LEADER = {"portrait_id": "照片", "resume": "简历", "division": "工作分工"}
OF_OFFICE = {"name": "名称", "head": "负责人", "phone": "联系电话", "duties": "职能"}
#: Leavers are looked for this many years: what is older is history.
MOST_LEAVERS = 20


def findings() -> list[Finding]:
    """Return what is amiss in the bound unit's cards."""
    if current_tenant.kind in SILENT:
        return list(_of_leaders(queries.shown_leaders()))
    profile = queries.shown_profile()
    return [
        *(
            _of_profile(profile)
            if profile
            else [Finding("S-17", "还没有公开的单位概况，请填写并提交审签。", UNIT)]
        ),
        *_of_leaders(queries.shown_leaders()),
        *_of_offices(queries.shown_offices()),
        *_of_leavers(),
    ]


def guide_needs_update() -> bool:
    """Say whether the disclosure office's data changed after the guide was published or confirmed (GK-05)."""
    profile = queries.shown_profile()
    if profile is None or profile.contact_changed_at is None:
        return False
    known = [one for one in (profile.guide_confirmed_at, _guide_published_at()) if one]
    return not known or max(known) < profile.contact_changed_at


def _guide_published_at() -> datetime | None:
    newest = func.max(func.coalesce(Article.corrected_at, Article.first_published_at))
    found: datetime | None = db.session.scalar(
        select(newest)
        .join(Column, (Column.id == Article.column_id) & (Column.tenant_id == Article.tenant_id))
        .where(Column.block == "guide", is_shown())
    )
    return found


def _of_profile(profile: Profile) -> Iterator[Finding]:
    if missing := _missing(profile, NEEDED):
        yield Finding("S-17", f"单位概况缺少{missing}，请补填并提交审签。", UNIT)
    if missing := _missing(profile, CONTACT):
        yield Finding("GK-05", f"公开指南的工作机构信息缺少{missing}，请补填并提交审签。", UNIT)
    if profile.map_id and not profile.map_number:
        yield Finding("ZY-15", "地图没有审图号，请补填审图号，或换用标准地图。", UNIT)
    for label, text in (("联系电话", profile.phone), ("公开工作机构电话", profile.contact_phone)):
        if text and text != NONE and fault_of_phone(text):
            yield Finding("S-17", f"单位概况的{label}格式不对。{ADVICE}", UNIT)
    if guide_needs_update():
        yield Finding(
            "GK-05",
            "公开工作机构的信息改过，公开指南需更新：请发布新的一版，或由负责同志确认仍然适用。",
            "profile",
        )


def _of_leaders(leaders: list[Leader]) -> Iterator[Finding]:
    if not leaders:
        yield Finding("S-18", "还没有公开的领导信息，请填写并提交审签。", "profile")
    for one in leaders:
        if missing := _missing(one, OF_LEADER):
            yield Finding(
                "ZY-16", f"领导“{one.name}”缺少{missing}，请补填并提交审签。", f"profile/leaders/{one.id}"
            )
    for leader_id, spoken in speeches_of(leaders).items():
        if not spoken:
            name = next(one.name for one in leaders if one.id == leader_id)
            yield Finding(
                "ZY-16", f"领导“{name}”还没有重要讲话，请勾选。", f"profile/leaders/{leader_id}/speeches"
            )


def _of_offices(offices: list[Office]) -> Iterator[Finding]:
    if not offices:
        yield Finding("S-19", "还没有公开的内设机构，请填写并提交审签。", "profile")
    for one in offices:
        path = f"profile/offices/{one.id}"
        if missing := _missing(one, OF_OFFICE):
            yield Finding("S-19", f"机构“{one.name}”缺少{missing}，请补填并提交审签。", path)
        if one.phone and one.phone != NONE and fault_of_phone(one.phone):
            yield Finding("S-19", f"机构“{one.name}”的电话格式不对。{ADVICE}", path)


def _of_leavers() -> Iterator[Finding]:
    """Find standing pages that still name a leader whose term is over; news of the day stay as they were."""
    over = select(Leader.name).where(Leader.until < today(), Leader.signed_id.is_not(None))
    present = {one.name for one in queries.shown_leaders()}
    for name in db.session.scalars(over.order_by(Leader.until.desc()).limit(MOST_LEAVERS)):
        for page in pages_naming(name) if name not in present else ():
            if page.is_standing:
                yield Finding("S-18", f"“{page.title}”还写着已离任的{name}，请改好并提交审签。", page.path)


def _missing(row: object, fields: dict[str, str]) -> str:
    return "、".join(label for name, label in fields.items() if not getattr(row, name))
