"""What waits for one person in all units: signatures, approvals, emergencies, consents, texts that came back.

A single look over all units of the person costs the same few statements however many they are; each names
the units in which the person holds the role today.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, bindparam, exists, func, literal, select
from sqlalchemy.orm import aliased

from app.accounts.models import Account
from app.accounts.permissions import Permission
from app.checks.waiting import WaitingWaiver, waiting_waivers
from app.content.keeper import kept_by
from app.content.models import Article, Column, Revision
from app.content.states import ArticleState
from app.core.among import among
from app.core.clock import today
from app.core.database import db
from app.core.prepared import inline, prepared
from app.profile.waiting import WaitingCard, waiting_cards
from app.publishing.limits import answer_due, disclosure_due
from app.publishing.models import Emergency, Move, SignOff
from app.publishing.transitions import GIVE_BACK, REFUSE
from app.tenancy.models import Tenant
from app.tenancy.scope import Reach, reaching

#: Of each sort; who has more sees the longest waiting ones first.
MOST_SHOWN = 300
#: For whom each statement is asked.
_PERSON = bindparam("account", type_=Integer)


class Sort(StrEnum):
    """What is expected of the person."""

    SIGN = "sign"
    LEAD = "lead"
    UNSIGNED = "unsigned"
    GIVEN_BACK = "given_back"
    CARD = "card"
    WAIVER = "waiver"

    @property
    def label(self) -> str:
        """The sort's name on the screen."""
        return {
            "sign": "等我审签",
            "lead": "等我审核（主要领导）",
            "unsigned": "紧急发布，等补签",
            "given_back": "退回给我修改",
            "card": "单位信息，等我审签",
            "waiver": "申请放行，等我同意",
        }[self]


@dataclass(frozen=True)
class Waiting:
    """One article, change of a unit's card, or stop to let pass, that waits for the person."""

    sort: Sort
    tenant_id: int
    slug: str
    unit: str
    article_id: int
    title: str
    column: str
    writer: str
    #: Why it came back, or why it should pass; empty for all others.
    reason: str
    since: datetime
    formed_on: date | None

    @property
    def path(self) -> str:
        """Where it is dealt with, in the console; a card's change has its own id in place of an article's."""
        place = "profile/changes" if self.sort is Sort.CARD else "articles"
        return f"/{self.slug}/{place}/{self.article_id}" + ("/checks" if self.sort is Sort.WAIVER else "")

    @cached_property
    def due(self) -> date:
        """The last day on which an answer is in time."""
        return answer_due(self.sort, self.since)

    @cached_property
    def disclose_by(self) -> date | None:
        """The last day on which it becomes public in time (GK-04); None where no date was formed."""
        is_public = self.sort is Sort.UNSIGNED
        return disclosure_due(self.formed_on) if self.formed_on and not is_public else None

    @property
    def is_overdue(self) -> bool:
        """Say whether an answer comes too late already."""
        return today() > self.due

    @property
    def is_late(self) -> bool:
        """Say whether it should have been public by now."""
        return self.disclose_by is not None and today() > self.disclose_by

    @property
    def urgency(self) -> tuple[date, datetime]:
        """What comes first in the inbox: the nearest date, then the longest wait."""
        return min(self.due, self.disclose_by or self.due), self.since


def inbox_of(account: Account) -> list[Waiting]:
    """Return what waits for a person in all units, the most urgent first."""
    with reaching(Reach.COUNTY):
        found = list(_waiting(account))
    return sorted(found, key=lambda one: one.urgency)


def _waiting(account: Account) -> Iterator[Waiting]:
    signs, leads, writes = (
        account.units_where(permission)
        for permission in (Permission.SIGN_ARTICLE, Permission.LEAD_ARTICLE, Permission.WRITE_ARTICLE)
    )
    asked = {Sort.SIGN: signs, Sort.LEAD: leads, Sort.UNSIGNED: signs, Sort.GIVEN_BACK: writes}
    for sort, units in asked.items():
        given = {"account": account.id, "units": units, "leads": leads}
        rows = db.session.execute(_longest(sort), given).mappings() if units else ()
        yield from (Waiting(sort, **row) for row in rows)
    yield from _cards(account)
    yield from _waivers(account)


def _cards(account: Account) -> Iterator[Waiting]:
    """Yield the changes of units' cards that others have proposed (S-60)."""
    units = account.units_where(Permission.SIGN_PROFILE)
    for card in waiting_cards(account, units, limit=MOST_SHOWN) if units else ():
        yield _beside(Sort.CARD, card, card.change_id, about="单位信息")


def _waivers(account: Account) -> Iterator[Waiting]:
    """Yield the stops that others asked to let pass (S-69)."""
    for waiver in waiting_waivers(account, limit=MOST_SHOWN):
        yield _beside(Sort.WAIVER, waiver, waiver.article_id, about=waiver.rule, reason=waiver.reason)


def _beside(
    sort: Sort, one: WaitingCard | WaitingWaiver, number: int, *, about: str, reason: str = ""
) -> Waiting:
    """Return what waits beside the texts themselves."""
    return Waiting(
        sort=sort,
        tenant_id=one.tenant_id,
        slug=one.slug,
        unit=one.unit,
        article_id=number,
        title=one.title,
        column=about,
        writer=one.writer,
        reason=reason,
        since=one.since,
        formed_on=None,
    )


@prepared
def _longest(sort: Sort) -> Select[Any]:
    """Select what waits longest of one sort: every page of the console asks for it, to say how much it is."""
    of_sort = {
        Sort.SIGN: _to_sign,
        Sort.LEAD: _to_lead,
        Sort.UNSIGNED: _unsigned,
        Sort.GIVEN_BACK: _given_back,
    }
    return (
        of_sort[sort]()
        .join(Tenant, Tenant.id == Article.tenant_id)
        .join(Column, (Column.id == Article.column_id) & (Column.tenant_id == Article.tenant_id))
        .join(Account, Account.id == Revision.author_id)
        .where(among(Article.tenant_id, "units"))
        .order_by(Article.changed_at, Article.id)
        .limit(inline(MOST_SHOWN))
    )


def _select(text: Any, since: Any, reason: Any = None) -> Select[Any]:
    """Begin a query about articles with one of their texts; ``since`` is when the waiting began."""
    return (
        select(
            Article.tenant_id,
            Tenant.slug,
            Tenant.name.label("unit"),
            Article.id.label("article_id"),
            Revision.title,
            Column.title.label("column"),
            Account.name.label("writer"),
            (literal("") if reason is None else reason).label("reason"),
            since.label("since"),
            Revision.formed_on,
        )
        .select_from(Article)
        .join(Revision, (Revision.id == text) & (Revision.tenant_id == Article.tenant_id))
    )


def _to_sign() -> Select[Any]:
    return _select(Article.head_id, _last(Move.at)).where(Article.state == ArticleState.SUBMITTED, ~_wrote())


def _to_lead() -> Select[Any]:
    has_signed = exists().where(
        SignOff.tenant_id == Article.tenant_id,
        SignOff.revision_id == Article.head_id,
        SignOff.account_id == _PERSON,
    )
    return _select(Article.head_id, _last(Move.at)).where(
        Article.state == ArticleState.SIGNED, ~_wrote(), ~has_signed
    )


def _unsigned() -> Select[Any]:
    """Select what was published in an emergency: first a signer's turn, then, where marked, a leader's."""
    signed = exists().where(
        SignOff.tenant_id == Article.tenant_id, SignOff.revision_id == Article.published_id
    )
    has_signed = signed.where(SignOff.account_id == _PERSON)
    has_published = exists().where(
        Emergency.tenant_id == Article.tenant_id,
        Emergency.revision_id == Article.published_id,
        Emergency.account_id == _PERSON,
    )
    return _select(Article.published_id, Article.unsigned_since).where(
        Article.unsigned_since.is_not(None),
        Revision.author_id != _PERSON,
        ~has_published,
        ~signed | (among(Article.tenant_id, "leads") & ~has_signed),
    )


def _given_back() -> Select[Any]:
    return _select(Article.head_id, _last(Move.at), _last(Move.reason)).where(
        Article.state == ArticleState.DRAFT,
        kept_by(_PERSON),
        _last(Move.step).in_((GIVE_BACK.name, REFUSE.name)),
    )


def _last(of: Any) -> Any:
    """Return a column of the article's latest step."""
    return (
        select(of)
        .where(Move.tenant_id == Article.tenant_id, Move.article_id == Article.id)
        .order_by(Move.id.desc())
        .limit(inline(1))
        .correlate(Article)
        .scalar_subquery()
    )


def _wrote() -> ColumnElement[bool]:
    """Return the condition that the person wrote in the text since it was last signed: no own signature."""
    own = aliased(Revision)
    last_signed = (
        select(func.coalesce(func.max(SignOff.revision_id), 0))
        .where(SignOff.tenant_id == Article.tenant_id, SignOff.article_id == Article.id)
        .where(SignOff.revision_id < Article.head_id)
        .correlate(Article)
        .scalar_subquery()
    )
    return exists().where(
        own.tenant_id == Article.tenant_id,
        own.article_id == Article.id,
        own.author_id == _PERSON,
        own.id > last_signed,
    )
