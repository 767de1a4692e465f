"""Text files as articles: imported to the point where a person must sign, never past it (S-64)."""

from dataclasses import replace

from sqlalchemy import select

from app.accounts.models import Account
from app.content.genres import Genre
from app.content.models import Article, Column
from app.content.services import Text, start_article
from app.content.vocabulary import basis_for
from app.core.database import db
from app.core.errors import RuleBroken
from app.provisioning.documents import DocumentSpec
from app.provisioning.illustrations import taken_along
from app.provisioning.opening import html_of
from app.publishing import services as publishing


def import_document(document: DocumentSpec, column_slug: str, author: Account) -> Article:
    """File a document in a column of the bound tenant, with its pictures, and hand it in for signature.

    Raises RuleBroken where the tenant has no such column, or a picture is missing or refused.
    """
    column = db.session.scalar(select(Column).where(Column.slug == column_slug))
    if column is None:
        known = "、".join(db.session.scalars(select(Column.slug).order_by(Column.position)))
        raise RuleBroken(f"没有栏目“{column_slug}”。可用的栏目：{known}。")
    text = text_of(document)
    body, files = taken_along(text.body, document.path.parent, author)
    article = start_article(column, replace(text, body=body, files=files), author)
    assert article.head_id is not None
    publishing.submit(article, author, revision=article.head_id)
    return article


def text_of(document: DocumentSpec) -> Text:
    """Return a document's fields as what an editor would have written."""
    return Text(
        title=document.title,
        body=html_of(document.body_markdown),
        genre=Genre(document.genre),
        basis=basis_for(Genre(document.genre)),
        source=document.source,
        source_url=document.source_url,
        document_number=document.doc_number,
        formed_on=document.formed_on,
        printed_on=document.printed_on,
        keywords=" ".join(document.keywords),
        plan_period=document.plan_period,
    )
