"""What may be asked about the way of an article, and what waits for a signer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.accounts.models import Account
from app.accounts.permissions import GRANTS, Permission
from app.content.models import Article, Column, Revision
from app.content.queries import is_shown
from app.content.states import ArticleState
from app.core.database import db
from app.publishing.models import Flag, Move, SignOff
from app.publishing.transitions import GIVE_BACK, REFUSE
from app.tenancy.models import Tenant
from app.tenancy.scope import bound_to

MOST_SUCCESSORS = 100


@dataclass(frozen=True)
class Waiting:
    """An article that waits for a signature."""

    tenant_slug: str
    tenant_name: str
    article_id: int
    title: str
    column: str
    author: str
    since: datetime
    is_own: bool


def moves_of(article: Article) -> list[Move]:
    """Return an article's steps with who took them, newest first."""
    of_article = (
        select(Move)
        .where(Move.article_id == article.id)
        .options(joinedload(Move.account))
        .order_by(Move.id.desc())
    )
    return list(db.session.scalars(of_article))


def signatures_of(article: Article) -> list[SignOff]:
    """Return an article's signatures, newest first."""
    of_article = select(SignOff).where(SignOff.article_id == article.id).order_by(SignOff.id.desc())
    return list(db.session.scalars(of_article))


def flags_with_people(article: Article) -> list[Flag]:
    """Return an article's marks with who set and who lifted them, in the order in which they were set."""
    of_article = (
        select(Flag)
        .where(Flag.article_id == article.id)
        .options(joinedload(Flag.raised_by), joinedload(Flag.lifted_by))
        .order_by(Flag.id)
    )
    return list(db.session.scalars(of_article))


def possible_successors(article: Article) -> list[tuple[int, str]]:
    """Return ids and titles of the newest public articles to which readers could be led instead."""
    rows = db.session.execute(
        select(Article.id, Revision.title)
        .join(Revision, (Revision.id == Article.published_id) & (Revision.tenant_id == Article.tenant_id))
        .where(is_shown(), Article.id != article.id)
        .order_by(Article.first_published_at.desc(), Article.id.desc())
        .limit(MOST_SUCCESSORS)
    )
    return [(row.id, row.title) for row in rows]


def given_back_to(account: Account) -> Sequence[Article]:
    """Return the drafts that were given back to their writer, with their texts."""
    latest = (
        select(Move.step)
        .where(Move.article_id == Article.id, Move.tenant_id == Article.tenant_id)
        .order_by(Move.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return list(
        db.session.scalars(
            select(Article)
            .join(Revision, (Revision.id == Article.head_id) & (Revision.tenant_id == Article.tenant_id))
            .where(
                Article.state == ArticleState.DRAFT,
                Revision.author_id == account.id,
                latest.in_((GIVE_BACK.name, REFUSE.name)),
            )
            .options(joinedload(Article.head), joinedload(Article.column))
            .order_by(Article.changed_at.desc())
        )
    )


def waiting_for(account: Account) -> list[Waiting]:
    """Return what waits for a signature in all units where the person signs, the longest first."""
    units = {m.tenant_id for m in account.memberships if m.role in GRANTS[Permission.SIGN_ARTICLE]}
    found: list[Waiting] = []
    for tenant_id in sorted(units):
        with bound_to(tenant_id):
            found.extend(_waiting_here(account))
    return sorted(found, key=lambda one: one.since)


def _waiting_here(account: Account) -> list[Waiting]:
    rows = db.session.execute(
        select(
            Tenant.slug,
            Tenant.name,
            Article.id,
            Revision.title,
            Column.title,
            Account.name,
            Article.changed_at,
            Revision.author_id,
        )
        .select_from(Article)
        .join(Tenant, Tenant.id == Article.tenant_id)
        .join(Revision, (Revision.id == Article.head_id) & (Revision.tenant_id == Article.tenant_id))
        .join(Column, (Column.id == Article.column_id) & (Column.tenant_id == Article.tenant_id))
        .join(Account, Account.id == Revision.author_id)
        .where(Article.state == ArticleState.SUBMITTED)
    )
    return [Waiting(*row[:-1], is_own=row[-1] == account.id) for row in rows]
