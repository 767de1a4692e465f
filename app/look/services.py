"""Preparing a look, taking it up, and going back; every act is recorded and raises the generation."""

from sqlalchemy import select

from app.accounts.models import Account
from app.audit.services import record
from app.core.clock import now
from app.core.database import db
from app.core.errors import RuleBroken
from app.look.design import Design, design_of
from app.look.models import Look, LookDraft
from app.look.queries import design_in_force, draft, prepared_design, stamp, version
from app.pagecache.generations import raise_generation
from app.tenancy.current import current_tenant
from app.tenancy.models import Tenant
from app.theming.filters import minute
from app.theming.registry import registry

BEGINNING = "开通以来的样子"


class Overtaken(RuleBroken):
    """Somebody else saved since the form was opened."""


def save(design: Design, seen: str, by: Account) -> LookDraft:
    """Keep a prepared look; raises Overtaken where it is not made from the newest one."""
    locked_tenant()
    kept = draft()
    if stamp(kept) != seen:
        raise Overtaken(_newer(kept))
    if kept is None:
        kept = LookDraft(tenant_id=current_tenant.id, design={}, revised=0)
        db.session.add(kept)
    kept.design, kept.revised = design.as_data(), kept.revised + 1
    kept.account_id, kept.person, kept.at = by.id, by.name, now()
    record("look.prepare", "look", tenant_id=current_tenant.id, after={"revised": kept.revised})
    db.session.flush()
    return kept


def use(seen: str, by: Account) -> Look:
    """Let visitors see the prepared look, as it was when the person looked at it."""
    tenant, kept = locked_tenant(), draft()
    if kept is None:
        raise RuleBroken("还没有新的方案。请先修改并保存，再启用。")
    if stamp(kept) != seen:
        raise RuleBroken(f"{_newer(kept)}请看过新的预览再启用。")
    design = prepared_design(kept)
    db.session.delete(kept)
    return put_on(tenant, design, "启用新方案", by)


def discard(by: Account) -> None:
    """Forget what is prepared; visitors see no difference."""
    kept = draft()
    if kept is None:
        return
    record("look.discard", "look", tenant_id=current_tenant.id, before={"revised": kept.revised, "by": by.id})
    db.session.delete(kept)


def go_back(number: int, by: Account) -> Look:
    """Let visitors see an earlier look again; the theme stays the county's choice, addresses stay."""
    tenant, earlier = locked_tenant(), version(number)
    found = design_of({**earlier.design, "theme": tenant.theme}, theme=tenant.theme, palette=tenant.palette)
    return put_on(tenant, found, f"恢复第 {number} 版", by)


def put_on(tenant: Tenant, design: Design, origin: str, by: Account, batch: str = "") -> Look:
    """Give a tenant a look, in the caller's transaction; its row is locked and its rows are bound."""
    last = db.session.scalar(select(Look.number).order_by(Look.number.desc()).limit(1))
    if last is None:  # What the tenant was born with is a look to go back to.
        before = design_in_force(tenant)
        last = 1
        db.session.add(Look(tenant_id=tenant.id, number=1, design=before.as_data(), origin=BEGINNING))
    palette = registry().worn_by(design.theme).palette_or_first(design.palette)
    data = {**design.as_data(), "palette": palette}
    made = Look(
        tenant_id=tenant.id,
        number=last + 1,
        design=data,
        origin=origin,
        account_id=by.id,
        person=by.name,
        batch=batch,
    )
    db.session.add(made)
    record(
        "look.use",
        f"look:{made.number}",
        tenant_id=tenant.id,
        before={"theme": tenant.theme, "palette": tenant.palette, "number": tenant.look.get("number", last)},
        after={"theme": design.theme, "palette": palette, "number": made.number, "origin": origin},
    )
    tenant.theme, tenant.palette = design.theme, palette
    tenant.look = {**data, "number": made.number}
    db.session.flush()
    raise_generation(tenant.id, tenant.portal_id)
    return made


def locked_tenant() -> Tenant:
    """Return the bound tenant's row, held until the end of the transaction: looks are taken up one by one.

    Its portal's is held with it, in the order in which generations are raised: nobody waits in a circle.
    """
    held = select(Tenant).where(Tenant.id.in_((current_tenant.id, current_tenant.home_portal_id)))
    rows = db.session.scalars(
        held.order_by(Tenant.id).with_for_update().execution_options(populate_existing=True)
    )
    return next(row for row in rows.all() if row.id == current_tenant.id)


def _newer(kept: LookDraft | None) -> str:
    """Say who was faster."""
    if kept is not None:
        return f"{kept.person}在 {minute(kept.at)} 也保存过方案。"
    return "有人刚刚启用了新的样子。"
