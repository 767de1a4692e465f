"""Keeping the library's index in step with what readers see, in the transaction that changes it."""

from sqlalchemy import select

from app.content.genres import DOCUMENTS, Genre
from app.content.models import Article, Revision
from app.core.clock import COUNTY_ZONE, today
from app.core.database import db
from app.documents.models import LibraryEntry
from app.documents.numbers import Number, number_in
from app.tenancy.models import Tenant

#: What the library and the lists of notices ask for; whatever else has a number is found by that alone.
INDEXED = DOCUMENTS | {Genre.CLARIFICATION}


def enter(article: Article, revision: Revision) -> None:
    """Index a text that readers see from now on or from its minute on; one that nobody seeks leaves."""
    entry = _entry_of(article)
    is_sought = revision.genre in INDEXED or revision.document_number
    if not is_sought or article.first_published_at is None:
        if entry is not None:
            db.session.delete(entry)
        return
    if entry is None:
        tenant = db.session.get_one(Tenant, article.tenant_id)
        entry = LibraryEntry(
            tenant_id=article.tenant_id, article_id=article.id, portal_id=tenant.portal_id or tenant.id
        )
        db.session.add(entry)
    entry.published_at = article.first_published_at
    _describe(entry, revision)
    _mark(entry, article)
    db.session.flush()


def mark(article: Article) -> None:
    """Carry over what was declared of an article."""
    if (entry := _entry_of(article)) is not None:
        _mark(entry, article)


def leave(article: Article) -> None:
    """Take an article out of the index."""
    if (entry := _entry_of(article)) is not None:
        db.session.delete(entry)
        db.session.flush()


def _entry_of(article: Article) -> LibraryEntry | None:
    return db.session.scalar(
        select(LibraryEntry).where(
            LibraryEntry.tenant_id == article.tenant_id, LibraryEntry.article_id == article.id
        )
    )


def _describe(entry: LibraryEntry, revision: Revision) -> None:
    number = (number_in(revision.document_number) if revision.document_number else None) or Number()
    entry.genre, entry.subject = revision.genre, revision.subject
    entry.dated_on = revision.formed_on or entry.published_at.astimezone(COUNTY_ZONE).date()
    entry.year = entry.dated_on.year
    entry.agency, entry.number_year, entry.serial = number.agency, number.year, number.serial
    entry.plan_period, entry.period_until = revision.plan_period, revision.period_until
    entry.effective_on, entry.expires_on = revision.effective_on, revision.expires_on


def _mark(entry: LibraryEntry, article: Article) -> None:
    entry.validity, entry.invalid_since = article.validity, article.invalid_since
    entry.amended_since = article.amended_since
    entry.settled_on = today()
