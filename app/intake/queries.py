"""What taking in asks: columns that suit, documents filed before, and those that a text names."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.content.genres import Genre
from app.content.models import Article, Attachment, Column, Layout, Revision
from app.content.states import ArticleState
from app.core.database import db
from app.core.lookup import one_or_404
from app.intake.models import Cited, IntakeRecord
from app.intake.recognition.numbers import DocumentNumber
from app.portal.queries import listed_by_number
from app.tenancy.current import current_tenant

#: Types of columns, the best first, for a document with a number and for each genre.
NUMBERED = ("policy", "notice")
SUITABLE = {
    Genre.NOTICE: ("notice",),
    Genre.CIRCULAR: ("notice",),
    Genre.ANNOUNCEMENT: ("notice",),
    Genre.PUBLIC_NOTICE: ("notice",),
    Genre.DECISION: NUMBERED,
    Genre.NORMATIVE: NUMBERED,
    Genre.POLICY: NUMBERED,
    Genre.INTERPRETATION: ("interpretation", "policy"),
    Genre.PLAN: ("plan", *NUMBERED),
    Genre.DATA: ("data",),
}
FALLBACK = ("notice", "news")


def suggested_column(columns: Iterable[Column], genre: Genre, *, is_numbered: bool) -> Column | None:
    """Return the column in which such a document is looked for; None where the unit has no list at all."""
    lists = [column for column in columns if column.layout is Layout.LIST and column.is_visible]
    first = NUMBERED if is_numbered else ()
    for sort in (*first, *SUITABLE.get(genre, ()), *FALLBACK):
        for column in lists:
            if column.type == sort:
                return column
    return lists[0] if lists else None


def record_of(article_id: int) -> IntakeRecord:
    """Return the record of an article that was taken in, or answer 404."""
    return one_or_404(
        select(IntakeRecord)
        .where(IntakeRecord.article_id == article_id)
        .options(joinedload(IntakeRecord.original))
    )


def earlier_intake(sha256: str) -> tuple[int, str] | None:
    """Return id and title of the article for which the same file was taken in before, if it still counts."""
    found = db.session.execute(
        select(Article.id, Revision.title)
        .join(
            IntakeRecord,
            (IntakeRecord.article_id == Article.id) & (IntakeRecord.tenant_id == Article.tenant_id),
        )
        .join(
            Attachment,
            (Attachment.id == IntakeRecord.attachment_id) & (Attachment.tenant_id == IntakeRecord.tenant_id),
        )
        .join(Revision, (Revision.id == Article.head_id) & (Revision.tenant_id == Article.tenant_id))
        .where(Attachment.sha256 == sha256, Article.state != ArticleState.DISCARDED)
        .order_by(Article.id.desc())
        .limit(1)
    ).one_or_none()
    return (found[0], found[1]) if found else None


def documents_cited(numbers: Iterable[DocumentNumber]) -> tuple[Cited, ...]:
    """Return the named documents with title and address of those that the county's platform shows."""
    named = list(numbers)
    known = listed_by_number(current_tenant.home_portal_id, {number.key for number in named})
    found = []
    for number in named:
        listed = known.get(number.key)
        found.append(Cited(str(number), listed.title, listed.url) if listed else Cited(str(number)))
    return tuple(found)
