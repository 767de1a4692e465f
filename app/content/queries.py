"""What may be asked about the bound tenant's columns and articles.

No query names the tenant: the guard in tenancy/scope.py adds it to each.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import abort
from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, or_, select, union_all
from sqlalchemy.orm import with_expression

from app.content.first_pictures import with_picture
from app.content.models import (
    Article,
    Attachment,
    Column,
    Revision,
    RevisionFile,
    Section,
    article_path,
)
from app.content.states import Validity
from app.content.validity import validity_on
from app.core.database import db
from app.core.prepared import THIS_MOMENT, TODAY, inline, inlined, numbered, prepared


@dataclass(frozen=True)
class Listed:
    """A published article as lists need it."""

    id: int
    title: str
    summary: str
    document_number: str
    published_at: datetime
    column_slug: str
    column_title: str
    validity: Validity
    #: Its first picture, where the query asked for it.
    picture: Attachment | None = None

    @property
    def path(self) -> str:
        return article_path(self.column_slug, self.published_at, self.id)


@dataclass(frozen=True, slots=True)
class MenuColumn:
    """A column as the frame of every page needs it."""

    id: int
    slug: str
    title: str
    type: str
    section: Section
    block: str
    layout: str
    source: str
    description: str
    keywords: str
    #: Its list shows small pictures.
    has_pictures: bool
    #: False for a column with nothing to read, neither article nor card: it is left out of menus (ZY-14).
    has_articles: bool

    @property
    def path(self) -> str:
        return f"/{self.slug}/"


_IS_SHOWN = (Revision.id == Article.published_id) & (Revision.tenant_id == Article.tenant_id)
_OF_TEXT = (RevisionFile.revision_id == Revision.id) & (RevisionFile.tenant_id == Revision.tenant_id)
_HAS_FILES = exists().where(_OF_TEXT)


def is_shown() -> ColumnElement[bool]:
    """Return the one condition under which readers see an article now: signed, and its minute has come (A7).

    It is asked with every page: no job has to run for a scheduled article to appear (DESIGN 15).
    """
    return and_(Article.published_id.is_not(None), Article.first_published_at <= THIS_MOMENT)


@prepared
def listing() -> Select[int, str, str, str, datetime | None, str, str, Validity]:
    """Select what Listed needs of every article that readers see, newest first."""
    return (
        select(
            Article.id,
            Revision.title,
            Revision.summary,
            Revision.document_number,
            Article.first_published_at,
            Column.slug,
            Column.title,
            validity_on(TODAY).label("validity"),
        )
        .join(Revision, _IS_SHOWN)
        .join(Column, (Column.id == Article.column_id) & (Column.tenant_id == Article.tenant_id))
        .where(is_shown())
        .order_by(Article.first_published_at.desc(), Article.id.desc())
    )


def _listed(rows: Iterable[Any]) -> list[Listed]:
    return [Listed(*row) for row in rows]


def fills() -> ColumnElement[bool]:
    """Return the condition that a column has an article to read."""
    return exists().where(
        Article.tenant_id == Column.tenant_id,
        Article.column_id == Column.id,
        is_shown(),
    )


def menu_of(filled: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """Select what MenuColumn needs of the visible columns, and of one more that may be hidden, in order."""
    return (
        select(
            Column.id,
            Column.slug,
            Column.title,
            Column.type,
            Column.section,
            Column.block,
            Column.layout,
            Column.source,
            Column.description,
            Column.keywords,
            Column.has_pictures,
            filled,
        )
        .where(or_(Column.is_visible, Column.id == bindparam("also")))
        .order_by(Column.position, Column.id)
    )


def menu_columns(menu: Select[*tuple[Any, ...]], *, also: int | None = None) -> list[MenuColumn]:
    """Return the columns of a menu, with one more that may be hidden; of each whether it is filled."""
    return [MenuColumn(*row) for row in db.session.execute(menu, {"also": also})]


@prepared
def own_menu() -> Select[*tuple[Any, ...]]:
    """Select the columns of a unit's menu, where cards do not count as something to read."""
    return menu_of(fills())


def count_in(column_id: int) -> int:
    """Return how many articles a column shows."""
    return db.session.scalar(_count_in(), {"column_id": column_id}) or 0


@prepared
def _count_in() -> Select[int]:
    return select(func.count(Article.id)).where(Article.column_id == bindparam("column_id"), is_shown())


def count_shown() -> int:
    """Return how many articles the tenant shows."""
    return db.session.scalar(select(func.count(Article.id)).where(is_shown())) or 0


def latest_in(column_id: int, *, limit: int, offset: int = 0, pictured: bool = False) -> list[Listed]:
    """Return a column's articles, newest first; each with its first picture, if asked."""
    page = {"column_id": column_id, "most": limit, "skipped": offset}
    return _listed(db.session.execute(_page_of_column(pictured=pictured), page).all())


@prepared
def _page_of_column(*, pictured: bool) -> Select[*tuple[Any, ...]]:
    rows = with_picture(listing()) if pictured else listing()
    of_column = rows.where(Article.column_id == bindparam("column_id"))
    return of_column.limit(inlined("most")).offset(inlined("skipped"))


def shown_where(*conditions: ColumnElement[bool], limit: int, offset: int = 0) -> list[Listed]:
    """Return what readers see and meets further conditions, newest first."""
    rows = db.session.execute(listing().where(*conditions).limit(inline(limit)).offset(inline(offset))).all()
    return _listed(rows)


def latest(*, limit: int) -> list[Listed]:
    """Return the tenant's newest articles of all columns."""
    return _listed(db.session.execute(listing().limit(inline(limit))).all())


def firsts(column_ids: Iterable[int], *, limit: int) -> dict[str, list[Listed]]:
    """Return the newest articles of some columns by the column's slug, in one query.

    Each column is asked for its own: ranking what the tenant shows would read all of it.
    """
    wanted = numbered(column_ids)
    if not wanted:
        return {}
    by_column: dict[str, list[Listed]] = {}
    for listed in _listed(db.session.execute(_firsts(len(wanted)), {**wanted, "most": limit}).all()):
        by_column.setdefault(listed.column_slug, []).append(listed)
    return by_column


@prepared
def _firsts(count: int) -> Select[*tuple[Any, ...]]:
    of_column = (
        select(Article.id)
        .where(is_shown())
        .order_by(Article.first_published_at.desc(), Article.id.desc())
        .limit(inlined("most"))
    )
    parts = [
        of_column.where(Article.column_id == bindparam(name)).subquery() for name in numbered(range(count))
    ]
    ids = union_all(*(select(part.c.id) for part in parts)).subquery()
    return listing().join(ids, ids.c.id == Article.id)


def article_for_readers(article_id: int) -> tuple[Article, Revision | None, Column]:
    """Return what an address of an article shows; no revision where readers see it no more.

    Answers 404 where there was never anything, or is nothing yet: what was published answers for ever.
    """
    row = db.session.execute(_for_readers(), {"article_id": article_id}).one_or_none()
    if row is None:
        abort(404)
    return row[0], row[1], row[2]


@prepared
def _for_readers() -> Select[Article, Revision, Column]:
    return (
        select(Article, Revision, Column)
        .outerjoin(Revision, _IS_SHOWN)
        .join(Column, (Column.id == Article.column_id) & (Column.tenant_id == Article.tenant_id))
        .where(Article.id == bindparam("article_id"), Article.first_published_at <= THIS_MOMENT)
        .options(with_expression(Revision.has_files, _HAS_FILES))
    )


def successor_of(article: Article) -> Listed | None:
    """Return the article that readers are led to instead, if it is to be seen itself."""
    if article.successor_id is None:
        return None
    found = _listed(db.session.execute(listing().where(Article.id == article.successor_id)).all())
    return found[0] if found else None


def newest_in(column_id: int) -> tuple[Article, Revision] | None:
    """Return what a column shows that is a single page; None while there is nothing."""
    row = db.session.execute(
        select(Article, Revision)
        .join(Revision, _IS_SHOWN)
        .where(Article.column_id == column_id, is_shown())
        .order_by(Article.first_published_at.desc(), Article.id.desc())
        .limit(inline(1))
    ).one_or_none()
    return (row[0], row[1]) if row else None


def files_of(revision: Revision) -> list[Attachment]:
    """Return a revision's files in order."""
    if revision.has_files is False:
        return []
    of_revision = (
        select(Attachment)
        .join(
            RevisionFile,
            (RevisionFile.attachment_id == Attachment.id) & (RevisionFile.tenant_id == Attachment.tenant_id),
        )
        .where(RevisionFile.revision_id == revision.id)
        .order_by(RevisionFile.position)
    )
    return list(db.session.scalars(of_revision))
