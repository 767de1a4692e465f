"""Which texts the unit's leader must sign too: rules are data, marks are rows (S-65).

A rule and a writer can only set a mark. A signer may lift one, with a reason, while the text waits for the
first signature; the county office sees all that were lifted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from sqlalchemy import select

from app.accounts.models import Account
from app.audit.services import record
from app.content.models import Article, Revision
from app.content.services import lock
from app.content.states import ArticleState
from app.core.clock import now, today
from app.core.database import db
from app.core.errors import RuleBroken
from app.core.html import plain
from app.core.rules import rules_of
from app.publishing.models import Flag, Weight
from app.tenancy.current import current_tenant
from app.tenancy.held import once
from app.tenancy.models import Tenant

BY_WRITER, BY_SIGNER = "writer", "signer"
LONGEST_EVIDENCE = 200


@dataclass(frozen=True)
class Mark:
    """What a rule saw in a text."""

    weight: Weight
    rule: str
    evidence: str


def raise_flags(article: Article, head: Revision) -> bool:
    """Set the marks that the rules of today ask for, and say whether any mark stands.

    One that a signer lifted from this text stays lifted.
    """
    there = flags_of(article)
    known = {(flag.weight, flag.rule): flag for flag in there if flag.lifted_at is None}
    lifted = {
        (flag.weight, flag.rule)
        for flag in there
        if flag.lifted_at is not None and flag.revision_id == head.id
    }
    is_marked = bool(known)
    for mark in marks_in(head):
        if (mark.weight, mark.rule) in known:
            known[mark.weight, mark.rule].revision_id = head.id
        elif (mark.weight, mark.rule) not in lifted:
            _set(article, head.id, mark, None)
            is_marked = True
    db.session.flush()
    return is_marked


def marks_in(head: Revision) -> list[Mark]:
    """Return what the rules that hold today see in a text."""
    title, words = head.title, f"{head.title}\n{plain(head.body)}"
    found = []
    for rule in rules_of("escalation", on=today()):
        seen = chain(
            [head.genre.label] if head.genre.value in rule.get("genres", ()) else [],
            (word for word in rule.get("title", ()) if word in title),
            (word for word in rule.get("text", ()) if word in words),
            _units_named(head, rule["units"]) if "units" in rule else [],
        )
        if evidence := "、".join(seen):
            said = f"{rule['why']}：{evidence}"[:LONGEST_EVIDENCE]
            found.append(Mark(Weight(rule["weight"]), rule["code"], said))
    return found


def needs_leader(article: Article, revision: int) -> bool:
    """Say whether the leader must sign too, by the marks that are there and those the rules set now."""
    head = db.session.scalar(select(Revision).where(Revision.id == revision))
    if head is not None and head.article_id == article.id:
        return raise_flags(article, head)
    return bool(open_flags(article))


def flags_of(article: Article) -> list[Flag]:
    """Return all marks of an article, lifted ones too, in the order in which they were set."""
    of_article = select(Flag).where(Flag.article_id == article.id)
    return list(db.session.scalars(of_article.order_by(Flag.id)))


def open_flags(article: Article) -> list[Flag]:
    """Return the marks for which the leader must sign."""
    return [flag for flag in flags_of(article) if flag.lifted_at is None]


def tick(article: Article, weights: set[Weight], by: Account, *, rule: str = BY_WRITER) -> None:
    """Set the marks that a person sees in the text; none is taken away by leaving it out."""
    there = {flag.weight for flag in open_flags(article) if flag.rule == rule}
    assert article.head_id is not None
    for weight in sorted(weights - there):
        _set(article, article.head_id, Mark(weight, rule, f"{by.name}标记"), by)
    db.session.flush()


def lift(article: Article, flag_id: int, by: Account, *, reason: str) -> None:
    """Take a mark away with a reason; the county office sees it (S-65)."""
    lock(article)  # It may be signed at this moment.
    flag = next((one for one in open_flags(article) if one.id == flag_id), None)
    reason = " ".join(reason.split())
    if flag is None:
        raise RuleBroken("这个标记已经取消，或者不属于这篇信息。")
    if article.state is not ArticleState.SUBMITTED:
        raise RuleBroken("只有在待审签时，负责同志才能取消标记。")
    if not reason:
        raise RuleBroken("取消标记需要写明理由，县府办会看到。")
    if article.head_id is not None:
        flag.revision_id = article.head_id
    flag.lifted_at, flag.lifted_by_id, flag.lifted_reason = now(), by.id, reason
    record(
        "article.lift_flag",
        f"article:{article.id}",
        tenant_id=article.tenant_id,
        before={"weight": flag.weight, "rule": flag.rule, "evidence": flag.evidence},
        after={"reason": reason},
    )


def _set(article: Article, revision_id: int, mark: Mark, by: Account | None) -> None:
    db.session.add(
        Flag(
            tenant_id=article.tenant_id,
            article_id=article.id,
            revision_id=revision_id,
            weight=mark.weight,
            rule=mark.rule,
            evidence=mark.evidence,
            raised_by_id=by.id if by else None,
        )
    )
    record(
        "article.flag",
        f"article:{article.id}",
        tenant_id=article.tenant_id,
        after={"weight": mark.weight, "rule": mark.rule, "evidence": mark.evidence},
    )


def _units_named(head: Revision, enough: int) -> list[str]:
    """Return the county's other units that a text's head names, if they are enough."""
    said = f"{head.title} {head.issuer} {head.recipients}"
    named = [name for name in _other_units() if name and name in said]
    return named if len(named) >= enough else []


@once
def _other_units() -> Sequence[str]:
    return db.session.scalars(
        select(Tenant.unit).where(
            Tenant.portal_id == current_tenant.home_portal_id, Tenant.id != current_tenant.id
        )
    ).all()
