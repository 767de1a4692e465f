"""Handing one person's work in a unit to another (S-54): roles, drafts and what waits, in one transaction.

It lies here because it must know both accounts and content.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from app.accounts.models import Account, AccountState, HandOver, Membership
from app.accounts.permissions import UNIT_ROLES
from app.accounts.recording import record_on
from app.accounts.roster import LONGEST_OFFICE, Term, end, grant, refuse_own
from app.accounts.services import end_account
from app.accounts.session import end_all
from app.content.keeper import kept_by
from app.content.models import Article, Revision
from app.content.states import ArticleState
from app.core.clock import today
from app.core.database import db
from app.core.errors import RuleBroken
from app.core.lookup import one_or_404
from app.tenancy.models import Tenant
from app.tenancy.scope import bound_to

#: What is not done yet: published and discarded articles need nobody to look after them.
UNFINISHED = (ArticleState.DRAFT, ArticleState.SUBMITTED, ArticleState.SIGNED, ArticleState.WITHDRAWN)
LONGEST_NOTE = 300
#: Articles in one statement; databases bound how many values a statement may have.
BATCH = 500
PEOPLE = (joinedload(HandOver.leaver), joinedload(HandOver.successor), joinedload(HandOver.by))


@dataclass(frozen=True)
class Succession:
    """Who gives work to whom, with what is said about it."""

    leaver: Account
    successor: Account
    #: The office of the successor in the roles that are new to them.
    office: str = ""
    note: str = ""


def hand_over(unit: Tenant, plan: Succession, *, by: Account | None) -> HandOver:
    """End the leaver's roles in the unit, give them to the successor with all unfinished work, and record it.

    The leaver's sessions end; so does the account when nothing is left to the person anywhere. Raises
    RuleBroken, with nothing done, where the two are not two people of the unit, or one acts on oneself.
    """
    note = " ".join(plan.note.split())
    _lock(plan.leaver, plan.successor)
    given = _given_up(unit, plan)
    if len(note) > LONGEST_NOTE:
        raise RuleBroken(f"交接说明最多 {LONGEST_NOTE} 个字，现在有 {len(note)} 个。")
    for membership in given:
        end(membership)
    db.session.flush()
    _succeed(unit, plan, given)
    with bound_to(unit.id):
        row = HandOver(
            tenant_id=unit.id,
            leaver_id=plan.leaver.id,
            successor_id=plan.successor.id,
            by_id=by.id if by else None,
            roles="、".join(_spoken(membership) for membership in given),
            office=" ".join(plan.office.split()),
            articles=_pass_on_articles(plan),
            has_ended_account=_leave(plan.leaver),
            note=note,
        )
        db.session.add(row)
        db.session.flush()
    record_on("account.hand_over", plan.leaver, unit.id, after=_written(row))
    return row


def hand_overs_here() -> Sequence[HandOver]:
    """Return how work went from hand to hand in the bound unit, the latest first."""
    return db.session.scalars(
        select(HandOver).options(*PEOPLE).order_by(HandOver.id.desc()).limit(BATCH)
    ).all()


def hand_over_here(hand_over_id: int) -> HandOver:
    """Return one of the bound unit's, or answer 404."""
    return one_or_404(select(HandOver).where(HandOver.id == hand_over_id).options(*PEOPLE))


def _lock(*people: Account) -> None:
    """Let two hand-overs of the same people come one after the other, and know their newest state."""
    for account_id in sorted({person.id for person in people}):
        db.session.scalars(
            select(Account)
            .where(Account.id == account_id)
            .with_for_update()
            .execution_options(populate_existing=True)
        ).one()


def _given_up(unit: Tenant, plan: Succession) -> list[Membership]:
    """Return the leaver's roles in the unit, where the two may hand over at all."""
    leaver, successor = plan.leaver, plan.successor
    if leaver.id == successor.id:
        raise RuleBroken("交出人和接手人是同一个人，请另选接手的同志。")
    if AccountState.ENDED in (leaver.state, successor.state):
        ended = leaver if leaver.state is AccountState.ENDED else successor
        raise RuleBroken(f"{ended.name}的账号已停用，不能办理交接。")
    refuse_own(leaver)
    refuse_own(successor)
    given = _roles_in(unit, leaver)
    if not given:
        raise RuleBroken(f"{leaver.name}在{unit.unit}没有角色，没有可交接的工作。")
    if not _roles_in(unit, successor):
        raise RuleBroken(f"{successor.name}还不是{unit.unit}的人员，请先在“人员”中添加。")
    if len(" ".join(plan.office.split())) > LONGEST_OFFICE:
        raise RuleBroken(f"职务最多 {LONGEST_OFFICE} 个字，请缩短。")
    return given


def _roles_in(unit: Tenant, person: Account) -> list[Membership]:
    return [
        one
        for one in person.memberships
        if one.tenant_id == unit.id and one.role in UNIT_ROLES and not one.is_over
    ]


def _succeed(unit: Tenant, plan: Succession, given: list[Membership]) -> None:
    """Give the successor the roles they lack; whoever was to begin later begins then."""
    known = {one.role for one in _roles_in(unit, plan.successor)}
    for one in given:
        if one.role not in known:
            grant(plan.successor, unit, one.role, Term(plan.office, max(one.since, today())))


def _pass_on_articles(plan: Succession) -> int:
    """Let the successor look after what the leaver has not finished; return how many articles that is."""
    ids = db.session.scalars(
        select(Article.id)
        .join(Revision, (Revision.id == Article.head_id) & (Revision.tenant_id == Article.tenant_id))
        .where(Article.state.in_(UNFINISHED), kept_by(plan.leaver.id))
        .order_by(Article.id)
    ).all()
    for start in range(0, len(ids), BATCH):
        db.session.execute(
            update(Article)
            .where(Article.id.in_(ids[start : start + BATCH]))
            # The text did not change, and lists by the last change shall not say so.
            .values(keeper_id=plan.successor.id, changed_at=Article.changed_at)
        )
    return len(ids)


def _leave(leaver: Account) -> bool:
    """End the sessions, and the account where the person is nothing anywhere; return whether it ended."""
    if all(membership.is_over for membership in leaver.memberships):
        end_account(leaver)
        return True
    end_all(leaver)
    return False


def _spoken(membership: Membership) -> str:
    return f"{membership.role.label}（{membership.office}）" if membership.office else membership.role.label


def _written(row: HandOver) -> dict[str, object]:
    return {
        "successor": row.successor_id,
        "roles": row.roles,
        "office": row.office,
        "articles": row.articles,
        "has_ended_account": row.has_ended_account,
        "note": row.note,
    }
