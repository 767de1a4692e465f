"""Making the index anew, and saying whether it is what readers see: for operators, and after an upgrade."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from app.content.models import Article, Column, Revision
from app.core.database import db
from app.search.models import SearchEntry, SearchText
from app.search.services import drop_entry, keep
from app.tenancy.current import entered
from app.tenancy.models import Tenant

BATCH = 50


@dataclass(frozen=True)
class Progress:
    """How far it has come with a unit."""

    unit: str
    done: int
    total: int


@dataclass(frozen=True)
class Flaw:
    """An article that the index does not have as readers see it."""

    unit: str
    article_id: int
    says: str


def rebuild(slugs: Collection[str] = ()) -> Iterator[Progress]:
    """Keep every public text anew, and drop what is none; who asks commits after each step.

    It may be broken off and run again, also while articles are being published.
    """
    for tenant in _units(slugs):
        with entered(tenant):
            yield from _unit(tenant.name)


def flaws(slugs: Collection[str] = ()) -> Iterator[Flaw]:
    """Yield where the index and the public texts differ."""
    for tenant in _units(slugs):
        with entered(tenant):
            yield from (Flaw(tenant.name, article_id, says) for article_id, says in _differing())


def _units(slugs: Collection[str]) -> Iterator[Tenant]:
    ids = select(Tenant.id).order_by(Tenant.portal_id.is_not(None), Tenant.position, Tenant.id)
    for tenant_id in list(db.session.scalars(ids)):
        tenant = db.session.get_one(Tenant, tenant_id)
        if not slugs or tenant.slug in slugs:
            yield tenant


def _unit(name: str) -> Iterator[Progress]:
    public = Article.published_id.is_not(None)
    total = db.session.scalar(select(func.count(Article.id)).where(public)) or 0
    done = last = 0
    while batch := _batch(last):
        for article, revision in batch:
            keep(article, revision)
            last = article.id
        done += len(batch)
        if done < total:
            yield Progress(name, done, total)
    stale = (
        select(SearchEntry)
        .join(Article, (Article.id == SearchEntry.article_id) & (Article.tenant_id == SearchEntry.tenant_id))
        .where(Article.published_id.is_(None))
    )
    for entry in db.session.scalars(stale).all():
        drop_entry(entry)
    yield Progress(name, done, done)


def _batch(after: int) -> list[tuple[Article, Revision]]:
    rows = db.session.execute(
        select(Article, Revision)
        .join(Revision, (Revision.id == Article.published_id) & (Revision.tenant_id == Article.tenant_id))
        .where(Article.id > after)
        .order_by(Article.id)
        .limit(BATCH)
    )
    return [(article, revision) for article, revision in rows]


def _differing() -> Iterator[tuple[int, str]]:
    query = (
        select(
            *(Article.id, Article.published_id, Column.type.label("column_type"), SearchEntry.revision_id),
            *(SearchEntry.column_type.label("kept_type"), SearchText.rowid),
        )
        .join(Column, (Column.id == Article.column_id) & (Column.tenant_id == Article.tenant_id))
        .outerjoin(
            SearchEntry,
            (SearchEntry.article_id == Article.id) & (SearchEntry.tenant_id == Article.tenant_id),
        )
        .outerjoin(SearchText, SearchText.rowid == SearchEntry.id)
        .where(Article.published_id.is_not(None) | SearchEntry.id.is_not(None))
        .order_by(Article.id)
    )
    for row in db.session.execute(query).all():
        if says := _difference(row):
            yield row.id, says


def _difference(row: Any) -> str:
    held = (
        (row.published_id is None, "已不公开，但还能搜到词语"),
        (row.rowid is None, "已公开，但没有编入索引"),
        (row.revision_id != row.published_id, "索引的是旧版本"),
        (row.kept_type != row.column_type, "栏目类型已经变化"),
    )
    return next((says for holds, says in held if holds), "")
