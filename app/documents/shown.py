"""Documents as readers may see them now, whatever list they stand in."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select

from app.content.genres import Genre
from app.content.models import Article, Column, Revision, article_path
from app.content.states import Validity
from app.content.validity import validity_on
from app.core.database import db
from app.core.prepared import TODAY, prepared
from app.tenancy.addresses import OWN_HOST, PORTALS_HOST, home_of
from app.tenancy.models import Tenant
from app.tenancy.scope import Reach, reaching


@dataclass(frozen=True)
class Document:
    """A document as the library lists it."""

    title: str
    document_number: str
    formed_on: date | None
    published_at: datetime
    validity: Validity
    genre: Genre
    unit_name: str
    unit_home: str
    url: str
    summary: str = ""
    plan_period: str = ""
    issuer: str = ""
    period_from: datetime | None = None
    period_until: datetime | None = None
    unit_id: int = 0
    article_id: int = 0


@prepared
def shown_documents() -> Select[*tuple[Any, ...]]:
    """Select what lists show of articles; who asks says which, and that they are shown."""
    return (
        select(
            Revision.title,
            Revision.document_number,
            Revision.formed_on,
            Article.first_published_at,
            validity_on(TODAY),
            Revision.genre,
            Tenant.name,
            Revision.summary,
            Revision.plan_period,
            Revision.issuer,
            Revision.period_from,
            Revision.period_until,
            Tenant.id,
            Tenant.slug,
            OWN_HOST,
            PORTALS_HOST,
            Column.slug,
            Article.id,
        )
        .select_from(Article)
        .join(Revision, (Revision.id == Article.published_id) & (Revision.tenant_id == Article.tenant_id))
        .join(Column, (Column.id == Article.column_id) & (Column.tenant_id == Article.tenant_id))
        .join(Tenant, Tenant.id == Article.tenant_id)
    )


def read(asked: Select[*tuple[Any, ...]], given: dict[str, Any] | None = None) -> list[Document]:
    """Return the documents of such a query; ``given`` is what its parameters are."""
    with reaching(Reach.PUBLISHED):
        return [_document(tuple(row)) for row in db.session.execute(asked, given).all()]


def _document(row: tuple[Any, ...]) -> Document:
    title, number, formed_on, published_at, validity, genre, unit_name, summary = row[:8]
    plan_period, issuer, period_from, period_until, unit_id = row[8:13]
    slug, host, portal_host, column_slug, article_id = row[13:]
    home = home_of(slug, host, portal_host)
    return Document(
        title=title,
        document_number=number,
        formed_on=formed_on,
        published_at=published_at,
        validity=validity,
        genre=genre,
        unit_name=unit_name,
        unit_home=home + "/",
        url=home + article_path(column_slug, published_at, article_id),
        summary=summary,
        plan_period=plan_period,
        issuer=issuer,
        period_from=period_from,
        period_until=period_until,
        unit_id=unit_id,
        article_id=article_id,
    )
