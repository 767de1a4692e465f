"""What may be asked about the way of an article; what waits for people is the inbox's (inbox.py)."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.accounts.models import Account
from app.content.keeper import kept_by
from app.content.models import Article, Revision
from app.content.states import ArticleState
from app.core.database import db
from app.publishing.models import Move
from app.publishing.transitions import GIVE_BACK


def moves_of(article: Article) -> list[Move]:
    """Return an article's steps with who took them, newest first."""
    of_article = (
        select(Move)
        .where(Move.article_id == article.id)
        .options(joinedload(Move.account))
        .order_by(Move.id.desc())
    )
    return list(db.session.scalars(of_article))


def given_back_to(account: Account) -> Sequence[Article]:
    """Return the drafts that were given back to whoever looks after them, with their texts."""
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
                kept_by(account),
                latest == GIVE_BACK.name,
            )
            .options(joinedload(Article.head), joinedload(Article.column))
            .order_by(Article.changed_at.desc())
        )
    )
