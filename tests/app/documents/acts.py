"""What the tests of documents do again and again: publish a document, and relate it to another."""

from typing import Any

from sqlalchemy import select

from app.content.genres import Genre
from app.content.states import ArticleState
from app.core.database import db
from app.documents import links
from app.documents.models import DocumentLink, Form, Kind
from app.publishing import services as publishing
from app.tenancy.models import Tenant
from tests.app.publishing.acts import article_of, head_of, person
from tests.worlds import BUREAU, County


def a_document(
    county: County,
    slug: str = BUREAU,
    *,
    number: int = 1,
    title: str = "",
    genre: Genre = Genre.NORMATIVE,
    state: ArticleState = ArticleState.PUBLISHED,
    **fields: Any,
) -> int:
    """File an official document of a unit and take it to a state; return its id."""
    article_id = county.an_article(
        slug,
        column="tzgg",
        title=title or f"关于印发{slug}第{number}号管理办法的通知",
        body=f"<p>第{number}号办法的正文，{slug}。</p>",
        genre=genre,
        source="演示单位",
        source_url="https://example.cn/",
        document_number=fields.pop("document_number", f"{slug}发〔2026〕{number}号"),
        **fields,
    )
    if state is ArticleState.PUBLISHED:
        publish(county, slug, article_id)
    return article_id


def relate(
    county: County,
    slug: str,
    article_id: int,
    target: tuple[str, int],
    kind: Kind = Kind.ABOLISHES,
    form: Form | None = None,
) -> int:
    """Propose a relation with a draft; return its id."""
    with county.inside(slug):
        unit_id = db.session.scalars(select(Tenant.id).where(Tenant.slug == target[0])).one()
        wish = links.Wish(kind, unit_id, target[1], form)
        link = links.propose(article_of(article_id), wish, person(f"{slug}.editor"))
        db.session.flush()
        return link.id


def publish(county: County, slug: str, article_id: int) -> None:
    """Hand a draft in and sign it, twice where a rule asks for the leader."""
    with county.inside(slug):
        article = article_of(article_id)
        publishing.submit(article, person(f"{slug}.editor"), revision=head_of(article))
        publishing.publish(article, person(f"{slug}.signer"), revision=head_of(article))
        if article.state is ArticleState.SIGNED:
            publishing.approve(article, person(f"{slug}.leader"), revision=head_of(article))


def acted_on(
    county: County,
    target: tuple[str, int],
    slug: str = BUREAU,
    *,
    kind: Kind = Kind.ABOLISHES,
    number: int = 2,
    **fields: Any,
) -> tuple[int, int]:
    """Publish a document that does something to another; return the ids of it and of the relation."""
    article_id = a_document(county, slug, number=number, state=ArticleState.DRAFT, **fields)
    link_id = relate(county, slug, article_id, target, kind)
    publish(county, slug, article_id)
    return article_id, link_id


def marks_of(county: County, slug: str, article_id: int) -> tuple[str, str]:
    """Return the mark of an article and the day of it."""
    with county.inside(slug):
        article = article_of(article_id)
        day = article.invalid_since or article.amended_since
        return article.validity.value, str(day or "")


def refusal_of(county: County, link_id: int) -> str:
    """Return why a relation was refused, whoever's it is."""
    with county.everywhere():
        return db.session.scalars(select(DocumentLink.refusal).where(DocumentLink.id == link_id)).one()
