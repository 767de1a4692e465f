"""Stops that wait for one person's consent to let them pass, in all units; asked by the inbox."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, Select, bindparam, select

from app.accounts.models import Account
from app.checks.models import Waiver
from app.checks.rulebook import CheckRule, rulebook
from app.checks.services import AGREES
from app.content.models import Article, Revision
from app.content.states import Ending
from app.core.among import among
from app.core.clock import today
from app.core.database import db
from app.core.prepared import inlined, prepared
from app.tenancy.models import Tenant


@dataclass(frozen=True)
class WaitingWaiver:
    """One stop that somebody has to let pass, or not."""

    tenant_id: int
    slug: str
    unit: str
    article_id: int
    title: str
    #: What the rule that stops the text is called.
    rule: str
    writer: str
    reason: str
    since: datetime


def waiting_waivers(account: Account, *, limit: int) -> Iterator[WaitingWaiver]:
    """Yield what others asked for the newest texts of units in which the person may agree (S-69).

    The caller's scope reaches the units. Neither who asked nor who wrote the text may agree; a rule that may
    be waived no more waits for nobody. Of each permission the longest waiting ones come first.
    """
    book = rulebook(today())
    for waiving, permission in AGREES.items():
        units = account.units_where(permission)
        rules = {name: rule for name, rule in book.items() if rule.waiving is waiving}
        if units and rules:
            yield from _asked(account, units, rules, limit)


def _asked(
    account: Account, units: list[int], rules: dict[str, CheckRule], limit: int
) -> Iterator[WaitingWaiver]:
    given = {"account": account.id, "units": units, "rules": list(rules), "most": limit}
    for row in db.session.execute(_not_agreed(), given).mappings():
        yield WaitingWaiver(**{**row, "rule": rules[row["rule"]].title})


@prepared
def _not_agreed() -> Select[*tuple[Any, ...]]:
    person = bindparam("account", type_=Integer)
    return (
        select(
            Waiver.tenant_id,
            Tenant.slug,
            Tenant.name.label("unit"),
            Waiver.article_id,
            Revision.title,
            Waiver.rule,
            Account.name.label("writer"),
            Waiver.reason,
            Waiver.asked_at.label("since"),
        )
        .join(Article, (Article.head_id == Waiver.revision_id) & (Article.tenant_id == Waiver.tenant_id))
        .join(Revision, (Revision.id == Waiver.revision_id) & (Revision.tenant_id == Waiver.tenant_id))
        .join(Tenant, Tenant.id == Waiver.tenant_id)
        .join(Account, Account.id == Waiver.asked_by_id)
        .where(
            among(Waiver.tenant_id, "units"),
            Waiver.rule.in_(bindparam("rules", expanding=True)),
            Waiver.agreed_at.is_(None),
            Waiver.asked_by_id != person,
            Revision.author_id != person,
            Article.ending.is_distinct_from(Ending.SECRECY),
        )
        .order_by(Waiver.asked_at, Waiver.id)
        .limit(inlined("most"))
    )
