"""What readers may ask of documents' relations."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Integer, Select, and_, bindparam, literal, select, tuple_

from app.content.models import Article, Column, Revision, article_path
from app.content.queries import is_shown
from app.core.database import db
from app.core.prepared import inline, prepared
from app.documents.models import DocumentLink, Form, Kind
from app.tenancy.addresses import OWN_HOST, PORTALS_HOST, home_of
from app.tenancy.models import Tenant, TenantState
from app.tenancy.scope import Reach, reaching

MOST_RELATED = 60
#: What a relation is called on the page of the document that does it, and of the one it is done to.
DOES = {
    Kind.ABOLISHES: "废止以下文件",
    Kind.AMENDS: "修改以下文件",
    Kind.REPLACES: "代替以下文件",
    Kind.INTERPRETS: "所解读的原文件",
    Kind.ADOPTS: "批准（印发）的规划计划",
}
SUFFERS = {
    Kind.ABOLISHES: "已被以下文件废止",
    Kind.AMENDS: "已被以下文件修改",
    Kind.REPLACES: "已被以下文件代替",
    Kind.INTERPRETS: "相关解读",
    Kind.ADOPTS: "批准（印发）文件",
}


@dataclass(frozen=True)
class Related:
    """A public document that stands in a relation to another one, as that one's page names it."""

    kind: Kind
    is_acting: bool
    form: Form | None
    title: str
    document_number: str
    unit_id: int
    unit_name: str
    url: str
    article_id: int

    @property
    def heading(self) -> str:
        """What this one is to the document of the page."""
        return SUFFERS[self.kind] if self.is_acting else DOES[self.kind]


def related_to(unit_id: int, article_id: int) -> list[Related]:
    """Return what readers may see of a document's relations, both ways, in one query (GK-11, ZY-20)."""
    given = {"unit_id": unit_id, "article_id": article_id}
    with reaching(Reach.PUBLISHED):
        return [_related(tuple(row)) for row in db.session.execute(_both_ways(), given)]


@prepared
def _both_ways() -> Select[*tuple[Any, ...]]:
    unit_id = bindparam("unit_id", type_=Integer)
    article_id = bindparam("article_id", type_=Integer)
    outgoing = _public_links(
        literal(0).label("is_acting"),
        (Article.id == DocumentLink.target_id) & (Article.tenant_id == DocumentLink.unit_id),
    ).where(DocumentLink.tenant_id == unit_id, DocumentLink.article_id == article_id)
    incoming = _public_links(
        literal(1).label("is_acting"),
        _ACTING,
    ).where(DocumentLink.unit_id == unit_id, DocumentLink.target_id == article_id)
    both = outgoing.union_all(incoming).subquery()
    return select(both).order_by(both.c.kind, both.c.published_at).limit(inline(MOST_RELATED))


_SHOWN = and_(Revision.id == Article.published_id, Revision.tenant_id == Article.tenant_id)


def related_to_all(articles: list[tuple[int, int]], kind: Kind) -> dict[tuple[int, int], list[Related]]:
    """Return what readers may see of one kind that is done to several documents, in one query."""
    if not articles:
        return {}
    target = tuple_(DocumentLink.unit_id, DocumentLink.target_id)
    asked = (
        _public_links(literal(1).label("is_acting"), _ACTING)
        .add_columns(DocumentLink.unit_id, DocumentLink.target_id)
        .where(DocumentLink.kind == kind, target.in_(articles))
        .order_by(Article.first_published_at, Article.id)
    )
    found: dict[tuple[int, int], list[Related]] = {}
    with reaching(Reach.PUBLISHED):
        for row in db.session.execute(asked).all():
            *related, unit_id, target_id = tuple(row)
            found.setdefault((unit_id, target_id), []).append(_related(tuple(related)))
    return found


_ACTING = and_(Article.id == DocumentLink.article_id, Article.tenant_id == DocumentLink.tenant_id)


def _public_links(is_acting: Any, other: Any) -> Select[*tuple[Any, ...]]:
    return (
        select(
            DocumentLink.kind,
            is_acting,
            DocumentLink.form,
            Revision.title,
            Revision.document_number,
            Tenant.id.label("unit_id"),
            Tenant.name.label("unit_name"),
            Tenant.slug.label("unit_slug"),
            OWN_HOST.label("host"),
            PORTALS_HOST.label("portal_host"),
            Column.slug.label("column_slug"),
            Article.first_published_at.label("published_at"),
            Article.id.label("article_id"),
        )
        .join(Article, other)
        .join(Revision, _SHOWN)
        .join(Column, (Column.id == Article.column_id) & (Column.tenant_id == Article.tenant_id))
        .join(Tenant, Tenant.id == Article.tenant_id)
        .where(
            DocumentLink.signed_at.is_not(None),
            DocumentLink.agreed_at.is_not(None),
            is_shown(),
            Tenant.state == TenantState.OPEN,
        )
    )


def _related(row: tuple[Any, ...]) -> Related:
    kind, is_acting, form, title, number, unit_id, unit_name, slug, host, portal_host = row[:10]
    column_slug, published_at, article_id = row[10:]
    url = home_of(slug, host, portal_host) + article_path(column_slug, published_at, article_id)
    return Related(kind, bool(is_acting), form, title, number, unit_id, unit_name, url, article_id)
