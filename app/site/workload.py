"""What lies on one person's desk in the bound unit."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.accounts.models import Account
from app.accounts.permissions import Role
from app.accounts.queries import missing_roles
from app.content import desk_queries, queries
from app.content.desk_queries import Overdue
from app.content.keeper import kept_by
from app.content.models import Article, Column, Revision
from app.content.states import ArticleState
from app.core.database import db
from app.publishing.inbox import Sort, Waiting
from app.publishing.models import Move
from app.publishing.queries import given_back_to, moves_of
from app.site.waiting import waiting_now
from app.tenancy.current import current_tenant

#: How many lines a part of the desk shows; the list of articles has them all.
SHOWN = 8


@dataclass(frozen=True)
class GivenBack:
    """A text that has to be mended, and why."""

    article: Article
    move: Move


@dataclass(frozen=True)
class Workload:
    """The parts of the desk, in the order in which they matter."""

    to_sign: list[Waiting]
    to_sign_total: int
    given_back: list[GivenBack]
    drafts: Sequence[Article]
    #: The person's own, with the signers now.
    handed_in: Sequence[Article]
    overdue: list[Overdue]
    recent: list[queries.Listed]
    #: Of signer and leader, whom the unit lacks.
    missing: tuple[Role, ...]


def workload_of(account: Account) -> Workload:
    """Return what waits for a person, what the person has begun, and how the unit's columns stand."""
    here = [one for one in waiting_now() if one.tenant_id == current_tenant.id]
    to_sign = [one for one in here if one.sort is not Sort.GIVEN_BACK]
    returned = list(given_back_to(account))[:SHOWN]
    return Workload(
        to_sign=to_sign[:SHOWN],
        to_sign_total=len(to_sign),
        given_back=[GivenBack(article, moves_of(article)[0]) for article in returned],
        drafts=_own(account, ArticleState.DRAFT, but={article.id for article in returned}),
        handed_in=_own(account, ArticleState.SUBMITTED, ArticleState.SIGNED),
        overdue=desk_queries.overdue_columns(),
        recent=queries.latest(limit=SHOWN),
        missing=missing_roles(current_tenant.id),
    )


def _own(account: Account, *states: ArticleState, but: Collection[int] = ()) -> Sequence[Article]:
    """Return what the person looks after and is in one of the states, last changed first."""
    return db.session.scalars(
        select(Article)
        .join(Revision, (Revision.id == Article.head_id) & (Revision.tenant_id == Article.tenant_id))
        .join(Column, (Column.id == Article.column_id) & (Column.tenant_id == Article.tenant_id))
        .where(Article.state.in_(states), kept_by(account.id), Article.id.not_in(but))
        .options(joinedload(Article.head), joinedload(Article.column))
        .order_by(Article.changed_at.desc())
        .limit(SHOWN)
    ).all()
