"""What staff may ask about the bound tenant's hearings, and about what visitors sent to them."""

from dataclasses import dataclass

from sqlalchemy import func, select

from app.content.models import Article, Column, Revision
from app.content.queries import is_shown
from app.content.states import ArticleState
from app.core.clock import now
from app.core.database import db
from app.core.lookup import one_or_404
from app.participation.models import Contribution, Hearing, HearingTerms
from app.participation.queries import Result, has_result
from app.participation.sealing import Words, opened
from app.participation.states import ContributionKind, Stage, stage_at

PER_PAGE = 20
#: Of one hearing, in one list or file (D10).
MOST_READ = 10_000
#: An article that was put away can be neither announcement nor result.
PUT_AWAY = (ArticleState.DISCARDED, ArticleState.WITHDRAWN)


@dataclass(frozen=True)
class Row:
    """A hearing in the desk's list, with its newest terms."""

    hearing: Hearing
    terms: HearingTerms
    stage: Stage
    #: Whether the newest terms wait for a signature.
    is_proposal: bool
    count: int


@dataclass(frozen=True)
class Sent:
    """Something that was sent, opened for who may read it."""

    row: Contribution
    words: Words


def rows() -> list[Row]:
    """Return all hearings of the unit, the newest first."""
    newest = (
        select(func.max(HearingTerms.id))
        .where(HearingTerms.hearing_id == Hearing.id, HearingTerms.tenant_id == Hearing.tenant_id)
        .correlate(Hearing)
        .scalar_subquery()
    )
    count = (
        select(func.count(Contribution.id))
        .where(
            Contribution.hearing_id == Hearing.id,
            Contribution.tenant_id == Hearing.tenant_id,
            Contribution.spam_reason == "",
        )
        .correlate(Hearing)
        .scalar_subquery()
    )
    found = db.session.execute(
        select(Hearing, HearingTerms, func.coalesce(has_result(), False), count)
        .join(HearingTerms, (HearingTerms.id == newest) & (HearingTerms.tenant_id == Hearing.tenant_id))
        .outerjoin(Result, (Result.id == Hearing.result_id) & (Result.tenant_id == Hearing.tenant_id))
        .order_by(Hearing.id.desc())
        .limit(500)
    )
    moment = now()
    return [
        Row(
            hearing,
            terms,
            stage_at(moment, terms.opens_at, terms.closes_at, has_result=bool(is_answered)),
            hearing.terms_id != terms.id,
            total,
        )
        for hearing, terms, is_answered, total in found
    ]


def hearing_on_desk(hearing_id: int) -> Hearing:
    """Return a hearing, or answer 404."""
    return one_or_404(select(Hearing).where(Hearing.id == hearing_id))


def signed_terms(hearing: Hearing) -> HearingTerms | None:
    """Return the terms that readers see, if any."""
    return db.session.scalar(select(HearingTerms).where(HearingTerms.id == hearing.terms_id))


def articles_to_choose(*, only_shown: bool = False) -> list[tuple[int, str, str]]:
    """Return id, title and state of the unit's newest articles, for a list to choose from."""
    found = (
        select(Article.id, Revision.title, Article.state)
        .join(Revision, (Revision.id == Article.head_id) & (Revision.tenant_id == Article.tenant_id))
        .join(Column, (Column.id == Article.column_id) & (Column.tenant_id == Article.tenant_id))
        .where(Article.state.not_in(PUT_AWAY), Article.ending.is_(None))
        .order_by(Article.id.desc())
        .limit(200)
    )
    if only_shown:
        found = found.where(is_shown())
    return [(article_id, title, state.label) for article_id, title, state in db.session.execute(found)]


def head_of(article_id: int | None) -> Revision | None:
    """Return the newest text of an article."""
    return db.session.scalar(
        select(Revision)
        .join(Article, (Article.head_id == Revision.id) & (Article.tenant_id == Revision.tenant_id))
        .where(Article.id == article_id)
    )


def contributions(hearing: Hearing, *, words: str = "", spam: bool = False) -> list[Sent]:
    """Return what was sent, newest first, opened; of a search only what holds all the words.

    They are sealed, so that the search opens them one by one; their number is bounded.
    """
    is_spam = Contribution.spam_reason != ""
    found = db.session.scalars(
        select(Contribution)
        .where(Contribution.hearing_id == hearing.id, is_spam if spam else ~is_spam)
        .order_by(Contribution.id.desc())
        .limit(MOST_READ)
    )
    wanted = words.split()[:5]
    sent = [Sent(one, opened(one.sealed)) for one in found]
    return [one for one in sent if all(word in f"{one.row.reference} {one.words.all}" for word in wanted)]


def contribution_on_desk(hearing: Hearing, contribution_id: int) -> Contribution:
    """Return one thing that was sent to a hearing, or answer 404."""
    return one_or_404(
        select(Contribution).where(Contribution.id == contribution_id, Contribution.hearing_id == hearing.id)
    )


def quotable(hearing: Hearing) -> list[Sent]:
    """Return the opinions whose senders let them be quoted."""
    return [
        one
        for one in contributions(hearing)
        if one.row.may_be_quoted and one.row.kind is ContributionKind.OPINION and one.words.text
    ]


def count_quotable(hearing: Hearing) -> int:
    """Return how many opinions may be quoted, without opening any."""
    quotable_rows = select(func.count(Contribution.id)).where(
        Contribution.hearing_id == hearing.id,
        Contribution.may_be_quoted,
        Contribution.spam_reason == "",
        Contribution.kind == ContributionKind.OPINION,
        Contribution.sealed != "",
    )
    return db.session.scalar(quotable_rows) or 0
