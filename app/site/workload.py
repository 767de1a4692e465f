"""What lies on one person's desk in the bound unit."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.accounts.models import Account
from app.accounts.permissions import Permission
from app.content import desk_queries, queries
from app.content.desk_queries import Item, Overdue
from app.content.models import Article, Column, Revision
from app.content.states import ArticleState
from app.core.database import db
from app.publishing.models import Move
from app.publishing.queries import given_back_to, moves_of
from app.tenancy.current import current_tenant
from app.web.workplace import permissions_here

#: How many lines a part of the desk shows; the list of articles has them all.
SHOWN = 8


@dataclass(frozen=True)
class GivenBack:
    """A text that its writer has to mend, and why."""

    article: Article
    move: Move


@dataclass(frozen=True)
class Workload:
    """The parts of the desk, in the order in which they matter."""

    to_sign: list[Item]
    to_sign_total: int
    given_back: list[GivenBack]
    drafts: Sequence[Article]
    #: The person's own, with the signers now.
    handed_in: Sequence[Article]
    overdue: list[Overdue]
    recent: list[queries.Listed]


def workload_of(account: Account) -> Workload:
    """Return what waits for a person, what the person has begun, and how the unit's columns stand."""
    may = permissions_here(account, current_tenant)
    signs = Permission.SIGN_ARTICLE in may
    submitted = desk_queries.articles_on_desk(state=ArticleState.SUBMITTED) if signs else None
    returned = list(given_back_to(account))[:SHOWN]
    return Workload(
        to_sign=submitted.items[:SHOWN] if submitted else [],
        to_sign_total=submitted.total if submitted else 0,
        given_back=[GivenBack(article, moves_of(article)[0]) for article in returned],
        drafts=_own(account, ArticleState.DRAFT, but={article.id for article in returned}),
        handed_in=_own(account, ArticleState.SUBMITTED),
        overdue=desk_queries.overdue_columns(),
        recent=queries.latest(limit=SHOWN),
    )


def _own(account: Account, state: ArticleState, *, but: Collection[int] = ()) -> Sequence[Article]:
    """Return what the person wrote last and is in a state, last changed first."""
    return db.session.scalars(
        select(Article)
        .join(Revision, (Revision.id == Article.head_id) & (Revision.tenant_id == Article.tenant_id))
        .join(Column, (Column.id == Article.column_id) & (Column.tenant_id == Article.tenant_id))
        .where(Article.state == state, Revision.author_id == account.id, Article.id.not_in(but))
        .options(joinedload(Article.head), joinedload(Article.column))
        .order_by(Article.changed_at.desc())
        .limit(SHOWN)
    ).all()
