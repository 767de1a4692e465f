"""Keeping the index in step with what readers see: in the transaction of the publication (DESIGN 2)."""

from collections.abc import Iterator

from sqlalchemy import delete, select

from app.content.models import Article, Column, Revision
from app.content.queries import files_of
from app.core.database import db
from app.core.html import plain
from app.extraction.services import text_of
from app.search.facets import placed_at, tokens_of
from app.search.models import SearchEntry, SearchText
from app.search.numbers import number_in
from app.search.segment import distinct, folded, key_of, tokens
from app.tenancy.current import current_tenant

LONGEST_KEY = 120
#: Of one file; a register of thousands of pages is found by its beginning.
MOST_OF_FILE = 200_000


def keep(article: Article, revision: Revision) -> None:
    """Let a text be found that readers see, or will see from its minute on; its older one no more."""
    drop(article)
    assert article.first_published_at is not None
    column_type = db.session.scalars(select(Column.type).where(Column.id == article.column_id)).one()
    entry = SearchEntry(
        id=placed_at(article.first_published_at, article.id),
        tenant_id=article.tenant_id,
        article_id=article.id,
        revision_id=revision.id,
        title_key=key_of(revision.title)[:LONGEST_KEY],
        column_type=column_type,
    )
    narrowing = tokens_of(
        article.tenant_id,
        current_tenant.home_portal_id,
        column_type,
        revision.genre,
        article.first_published_at,
    )
    head = distinct([*narrowing, *_head(article, revision)])
    everything = distinct([*head, *_rest(revision)])
    db.session.add_all([entry, SearchText(rowid=entry.id, title=head, everything=everything)])
    db.session.flush()


def drop(article: Article) -> None:
    """Let an article be found no more."""
    entry = db.session.scalars(select(SearchEntry).where(SearchEntry.article_id == article.id)).one_or_none()
    if entry is not None:
        drop_entry(entry)


def drop_entry(entry: SearchEntry) -> None:
    """Take an entry and its tokens out of the index."""
    db.session.execute(delete(SearchText).where(SearchText.rowid == entry.id))
    db.session.delete(entry)
    db.session.flush()


def _head(article: Article, revision: Revision) -> Iterator[str]:
    """Yield the tokens of title and numbers."""
    yield from tokens(revision.title)
    yield from tokens(revision.document_number)
    yield from tokens(article.index_number or "")
    if number := number_in(folded(revision.document_number)):
        yield number.token


def _rest(revision: Revision) -> Iterator[str]:
    """Yield the tokens of all else, the body first: what is too long loses its end."""
    for part in (revision.summary, revision.keywords, revision.source, revision.issuer, revision.contact):
        yield from tokens(part)
    yield from tokens(plain(revision.body))
    for file in files_of(revision):
        yield from tokens(file.title)
        left = MOST_OF_FILE
        for passage in text_of(file).passages:
            yield from tokens(passage.text[:left])
            left -= len(passage.text)
            if left <= 0:
                break
