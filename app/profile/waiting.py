"""Changes of cards that wait for one person in all units of the person; asked by the inbox."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, exists, select

from app.accounts.models import Account
from app.core.among import among
from app.core.database import db
from app.core.prepared import inlined, prepared
from app.profile.models import Change, Decision
from app.tenancy.models import Tenant


@dataclass(frozen=True)
class WaitingCard:
    """One change that somebody has to sign."""

    tenant_id: int
    slug: str
    unit: str
    change_id: int
    title: str
    writer: str
    since: datetime


def waiting_cards(account: Account, units: Collection[int], *, limit: int) -> list[WaitingCard]:
    """Return what others proposed in these units and nobody has decided, the longest waiting first.

    The caller's scope reaches the units; who saved an older state of the same card is told when signing.
    """
    given = {"account": account.id, "units": list(units), "most": limit}
    rows = db.session.execute(_undecided(), given)
    return [
        WaitingCard(tenant_id, slug, unit, change_id, f"{kind.label}：{title}", writer, at)
        for tenant_id, slug, unit, change_id, kind, title, writer, at in rows
    ]


@prepared
def _undecided() -> Select[*tuple[Any, ...]]:
    is_decided = exists().where(Decision.tenant_id == Change.tenant_id, Decision.change_id == Change.id)
    return (
        select(
            Change.tenant_id,
            Tenant.slug,
            Tenant.name,
            Change.id,
            Change.kind,
            Change.title,
            Account.name,
            Change.at,
        )
        .join(Tenant, Tenant.id == Change.tenant_id)
        .join(Account, Account.id == Change.author_id)
        .where(among(Change.tenant_id, "units"), Change.author_id != bindparam("account"), ~is_decided)
        .order_by(Change.id)
        .limit(inlined("most"))
    )
