"""The county's change of theme, staged: for one unit, a kind of units or all of them, and back again (S-44).

One transaction for each change: the units' generations rise in it, so no visitor sees a page half in the old
theme and half in the new one. Addresses do not depend on the theme.
"""

import secrets
from dataclasses import dataclass, replace

from sqlalchemy import Select, func, select

from app.accounts.models import Account
from app.core.database import db
from app.core.errors import RuleBroken
from app.look.design import design_of
from app.look.models import Look
from app.look.queries import design_in_force
from app.look.services import put_on
from app.tenancy.current import current_tenant
from app.tenancy.models import Tenant, TenantKind, TenantState
from app.tenancy.scope import Reach, bound_to, reaching
from app.theming.registry import registry

EVERYBODY = "all"
MOST_BATCHES = 50


@dataclass(frozen=True)
class Batch:
    """A change of theme that was made for several units at once."""

    token: str
    origin: str
    person: str
    at: object
    units: int


def tenants_of(stage: str) -> Select[Tenant]:
    """Select the open subsites of a stage: ``all``, a kind, or ``unit:<slug>``; never another county's."""
    own = (Tenant.portal_id == current_tenant.id) | (Tenant.id == current_tenant.id)
    asked = select(Tenant).where(own, Tenant.state == TenantState.OPEN).order_by(Tenant.id)
    if stage.startswith("unit:"):
        asked = asked.where(Tenant.slug == stage.removeprefix("unit:"))
    elif stage in set(TenantKind):
        asked = asked.where(Tenant.kind == TenantKind(stage))
    elif stage != EVERYBODY:
        raise RuleBroken("请选择给谁换主题：一个单位、一类单位，或者全县。")
    return asked


def _held(stage: str) -> list[Tenant]:
    """Return the subsites of a stage, held until the end of the transaction, in one order everywhere.

    The portal comes first whether it is one of them or not: its generation is raised with theirs.
    """
    db.session.scalar(select(Tenant.id).where(Tenant.id == current_tenant.id).with_for_update())
    wanted = tenants_of(stage).with_for_update(of=Tenant).execution_options(populate_existing=True)
    return list(db.session.scalars(wanted))


def switch(theme: str, palette: str, stage: str, by: Account) -> int:
    """Change the theme of a stage's subsites, in this transaction; return how many changed."""
    themes = registry().themes
    if theme not in themes:
        raise RuleBroken("没有这个主题，请从列表中选择。")
    wanted = [one for one in _held(stage) if one.theme != theme or (palette and one.palette != palette)]
    if not wanted:
        raise RuleBroken("这些单位已经是这个主题，不用更换。")
    batch = secrets.token_hex(16)
    origin = f"县里换为主题“{themes[theme].title}”"
    for tenant in wanted:
        with bound_to(tenant.id):
            design = replace(
                design_in_force(tenant), theme=theme, palette=themes[theme].palette_or_first(palette)
            )
            put_on(tenant, design, origin[:80], by, batch)
    return len(wanted)


def batches() -> list[Batch]:
    """Return the county's changes of theme, the newest first."""
    asked = (
        select(
            Look.batch,
            func.min(Look.origin),
            func.min(Look.person),
            func.max(Look.at).label("at"),
            func.count(),
        )
        .join(Tenant, Tenant.id == Look.tenant_id)
        .where(Look.batch != "", (Tenant.portal_id == current_tenant.id) | (Tenant.id == current_tenant.id))
        .group_by(Look.batch)
        .order_by(func.max(Look.at).desc())
        .limit(MOST_BATCHES)
    )
    with reaching(Reach.COUNTY):
        return [Batch(*row) for row in db.session.execute(asked)]


def undo(batch: str, by: Account) -> int:
    """Give the units of a change the look that they had before it, where it still is the newest they have."""
    changed, again = 0, secrets.token_hex(16)
    for tenant in _held(EVERYBODY):
        with bound_to(tenant.id):
            found = db.session.scalar(select(Look).where(Look.batch == batch))
            if found is None or tenant.look.get("number") != found.number:
                continue
            before = db.session.scalar(select(Look).where(Look.number == found.number - 1))
            if before is None:
                continue
            design = design_of(before.design, theme=tenant.theme, palette=tenant.palette)
            put_on(tenant, design, "县里退回换主题以前的样子", by, again)
            changed += 1
    if not changed:
        raise RuleBroken("没有可以退回的单位：换主题以后，各单位都已经启用了别的方案，或者批次不存在。")
    return changed
