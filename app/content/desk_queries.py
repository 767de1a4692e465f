"""What staff may ask about the bound tenant's columns and articles, whatever their state."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload, selectinload

from app.content.models import Article, Attachment, Column, Revision, RevisionFile, Section
from app.content.queries import is_shown
from app.content.states import ArticleState
from app.core.clock import now
from app.core.database import db
from app.core.lookup import one_or_404

PER_PAGE = 20


@dataclass(frozen=True)
class Item:
    """An article in the desk's list, with its newest text."""

    article: Article
    head: Revision
    column: Column


@dataclass(frozen=True)
class Listing:
    """One page of the desk's list; pages count from 1."""

    items: list[Item]
    page: int
    pages: int
    total: int


@dataclass(frozen=True)
class Overdue:
    """A column that was not updated within its limit (F4a)."""

    column: Column
    last: datetime | None
    #: Whole days past the limit.
    days_over: int


def columns_on_desk() -> list[Column]:
    """Return all columns in order."""
    return list(db.session.scalars(select(Column).order_by(Column.position, Column.id)))


def column_by_id(column_id: int) -> Column:
    """Return a column, or answer 404."""
    return one_or_404(select(Column).where(Column.id == column_id))


def articles_on_desk(
    *, state: ArticleState | None = None, column_id: int | None = None, words: str = "", page: int = 1
) -> Listing:
    """Return one page of the articles that match, last changed first."""
    conditions = _conditions(state, column_id, words)
    joined = (Revision.id == Article.head_id) & (Revision.tenant_id == Article.tenant_id)
    total = (
        db.session.scalar(
            select(func.count(Article.id)).select_from(Article).join(Revision, joined).where(*conditions)
        )
        or 0
    )
    pages = max(1, -(-total // PER_PAGE))
    page = min(max(page, 1), pages)
    rows = db.session.execute(
        select(Article, Revision, Column)
        .join(Revision, joined)
        .join(Column, (Column.id == Article.column_id) & (Column.tenant_id == Article.tenant_id))
        .where(*conditions)
        .options(joinedload(Revision.author))
        .order_by(Article.changed_at.desc(), Article.id.desc())
        .limit(PER_PAGE)
        .offset((page - 1) * PER_PAGE)
    )
    return Listing([Item(*row) for row in rows], page, pages, total)


def _conditions(state: ArticleState | None, column_id: int | None, words: str) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    found.append(Article.state == state if state else Article.state != ArticleState.DISCARDED)
    if column_id:
        found.append(Article.column_id == column_id)
    found.extend(Revision.title.contains(word, autoescape=True) for word in words.split()[:5])
    return found


def article_on_desk(article_id: int) -> Article:
    """Return an article with its column, newest text, author and files, or answer 404."""
    return one_or_404(
        select(Article)
        .where(Article.id == article_id)
        .options(
            joinedload(Article.column),
            joinedload(Article.head).options(
                joinedload(Revision.author),
                selectinload(Revision.files).joinedload(RevisionFile.attachment),
            ),
        )
    )


def revisions_of(article: Article) -> list[Revision]:
    """Return all texts of an article with their authors, newest first."""
    of_article = (
        select(Revision)
        .where(Revision.article_id == article.id)
        .options(joinedload(Revision.author))
        .order_by(Revision.number.desc())
    )
    return list(db.session.scalars(of_article))


def revision_of(article: Article, revision_id: int) -> Revision:
    """Return one text of this article and no other, or answer 404 (A2)."""
    return one_or_404(
        select(Revision)
        .where(Revision.id == revision_id, Revision.article_id == article.id)
        .options(
            joinedload(Revision.author), selectinload(Revision.files).joinedload(RevisionFile.attachment)
        )
    )


def attachments_by_id(ids: list[int]) -> list[Attachment]:
    """Return the tenant's attachments with these ids, in the given order."""
    rows = {row.id: row for row in db.session.scalars(select(Attachment).where(Attachment.id.in_(ids)))}
    return [rows[attachment_id] for attachment_id in ids if attachment_id in rows]


def attachment_by_token(token: str) -> Attachment:
    """Return an attachment of the tenant, or answer 404."""
    return one_or_404(select(Attachment).where(Attachment.token == token))


def overdue_columns() -> list[Overdue]:
    """Return the columns past their update limit, the longest first."""
    last = func.max(Article.first_published_at)
    rows = db.session.execute(
        select(Column, last)
        .outerjoin(
            Article,
            (Article.column_id == Column.id) & (Article.tenant_id == Column.tenant_id) & is_shown(),
        )
        .where(Column.max_gap_days.is_not(None), Column.section != Section.FOOTER, Column.is_visible)
        .group_by(Column.id)
    )
    found = [Overdue(column, moment, _days_over(column, moment)) for column, moment in rows]
    return sorted((one for one in found if one.days_over > 0), key=lambda one: -one.days_over)


def _days_over(column: Column, last: datetime | None) -> int:
    """Count the days past the limit; a column that never had an article is past it by a day."""
    if last is None:
        return 1
    return (now() - last - timedelta(days=column.max_gap_days or 0)).days


def desk_counts() -> dict[ArticleState, int]:
    """Return how many articles are in each state."""
    rows = db.session.execute(select(Article.state, func.count(Article.id)).group_by(Article.state))
    counts = dict(rows.all())
    return {state: counts.get(state, 0) for state in ArticleState}
