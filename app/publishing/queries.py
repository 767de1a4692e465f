"""What may be asked about the way of an article; what waits for people is the inbox's (inbox.py)."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.accounts.models import Account
from app.content.keeper import kept_by
from app.content.models import Article, Revision
from app.content.queries import is_shown
from app.content.states import ArticleState
from app.core.database import db
from app.publishing.models import Flag, Move, SignOff
from app.publishing.transitions import GIVE_BACK, REFUSE

MOST_SUCCESSORS = 100


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
                kept_by(account.id),
                latest.in_((GIVE_BACK.name, REFUSE.name)),
            )
            .options(joinedload(Article.head), joinedload(Article.column))
            .order_by(Article.changed_at.desc())
        )
    )
