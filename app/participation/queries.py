"""What may be asked about the bound tenant's hearings, and what readers see of them.

Readers see signed terms, of an announcement that they see too: once it is withdrawn, so is the hearing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import abort
from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from app.content.models import Article, Column, Revision, article_path
from app.content.queries import is_shown
from app.core.clock import now
from app.core.database import db
from app.core.lookup import one_or_404
from app.participation.models import Contribution, Hearing, HearingSignOff, HearingTerms
from app.participation.states import ContributionKind, Stage, stage_at

PER_PAGE = 20
Result = aliased(Article, name="result")


@dataclass(frozen=True)
class Shown:
    """A hearing as readers see it now."""

    hearing: Hearing
    terms: HearingTerms
    stage: Stage


@dataclass(frozen=True)
class Tally:
    """How many took part, and how many entries do not count."""

    opinions: int = 0
    sign_ups: int = 0
    spam: int = 0

    @property
    def total(self) -> int:
        return self.opinions + self.sign_ups


def has_result() -> ColumnElement[bool]:
    """Return the condition that readers see the result now."""
    return and_(Result.published_id.is_not(None), Result.first_published_at <= now())


def shown_hearings() -> Select[Hearing, HearingTerms, bool]:
    """Select what readers see: signed terms of an announcement that they see, and whether the result is."""
    return (
        select(Hearing, HearingTerms, func.coalesce(has_result(), False))
        .join(
            HearingTerms,
            (HearingTerms.id == Hearing.terms_id) & (HearingTerms.tenant_id == Hearing.tenant_id),
        )
        .join(Article, (Article.id == Hearing.article_id) & (Article.tenant_id == Hearing.tenant_id))
        .outerjoin(Result, (Result.id == Hearing.result_id) & (Result.tenant_id == Hearing.tenant_id))
        .where(is_shown())
    )


def is_closed(*, closed: bool) -> ColumnElement[bool]:
    """Return the condition that a hearing has closed, or that it has not."""
    return HearingTerms.closes_at <= now() if closed else HearingTerms.closes_at > now()


def in_order(
    query: Select[Hearing, HearingTerms, bool], *, closed: bool
) -> Select[Hearing, HearingTerms, bool]:
    """Put those first that close next, or that closed last."""
    moment = HearingTerms.closes_at.desc() if closed else HearingTerms.closes_at.asc()
    return query.where(is_closed(closed=closed)).order_by(moment, Hearing.tenant_id, Hearing.id.desc())


def as_shown(rows: Iterable[Any]) -> list[Shown]:
    """Say where each stands at this moment."""
    moment = now()
    return [
        Shown(hearing, terms, stage_at(moment, terms.opens_at, terms.closes_at, has_result=bool(is_answered)))
        for hearing, terms, is_answered in rows
    ]


def listed(*, closed: bool, limit: int, offset: int = 0) -> list[Shown]:
    """Return the bound tenant's hearings that have closed, or that have not."""
    query = in_order(shown_hearings(), closed=closed).limit(limit).offset(offset)
    return as_shown(db.session.execute(query))


def count_listed(*, closed: bool) -> int:
    """Return how many the bound tenant has of them."""
    return (
        db.session.scalar(
            select(func.count()).select_from(
                shown_hearings().where(is_closed(closed=closed)).with_only_columns(Hearing.id).subquery()
            )
        )
        or 0
    )


def for_readers(hearing_id: int) -> Shown:
    """Return a hearing that readers see, or answer 404."""
    return _first(shown_hearings().where(Hearing.id == hearing_id)) or abort(404)


def of_article(article_id: int) -> Shown | None:
    """Return the hearing that an article announces, or whose minutes or result it is."""
    asked = or_(
        Hearing.article_id == article_id,
        Hearing.minutes_id == article_id,
        Hearing.result_id == article_id,
    )
    return _first(shown_hearings().where(asked).order_by(Hearing.id).limit(1))


def link_of(article_id: int | None) -> tuple[str, str] | None:
    """Return title and path of an article, where readers see it."""
    if article_id is None:
        return None
    row = db.session.execute(
        select(Revision.title, Column.slug, Article.first_published_at)
        .join(Revision, (Revision.id == Article.published_id) & (Revision.tenant_id == Article.tenant_id))
        .join(Column, (Column.id == Article.column_id) & (Column.tenant_id == Article.tenant_id))
        .where(Article.id == article_id, is_shown())
    ).one_or_none()
    if row is None or row[2] is None:
        return None
    return row[0], article_path(row[1], row[2], article_id)


def announcement_of(shown: Shown) -> Revision:
    """Return the text of the announcement that readers see."""
    return db.session.scalars(
        select(Revision)
        .join(Article, (Article.published_id == Revision.id) & (Article.tenant_id == Revision.tenant_id))
        .where(Article.id == shown.hearing.article_id)
    ).one()


def tally_of(hearing_id: int) -> Tally:
    """Count what was sent."""
    is_spam = Contribution.spam_reason != ""
    rows = db.session.execute(
        select(Contribution.kind, is_spam, func.count(Contribution.id))
        .where(Contribution.hearing_id == hearing_id)
        .group_by(Contribution.kind, is_spam)
    ).all()
    good = {kind: count for kind, spam, count in rows if not spam}
    return Tally(
        good.get(ContributionKind.OPINION, 0),
        good.get(ContributionKind.SIGN_UP, 0),
        sum(count for _, spam, count in rows if spam),
    )


def receipt(hearing_id: int, reference: str) -> Contribution:
    """Return what was sent under a reference, or answer 404."""
    return one_or_404(
        select(Contribution).where(Contribution.hearing_id == hearing_id, Contribution.reference == reference)
    )


def closed_at(moment: datetime) -> Select[Hearing, HearingTerms, bool]:
    """Select the hearings that readers see and that had closed at a moment."""
    return shown_hearings().where(HearingTerms.closes_at <= moment).order_by(HearingTerms.closes_at)


def newest_terms(hearing_id: int) -> HearingTerms:
    """Return the newest terms of a hearing, signed or not, with their writer."""
    return db.session.scalars(
        select(HearingTerms)
        .where(HearingTerms.hearing_id == hearing_id)
        .options(joinedload(HearingTerms.author))
        .order_by(HearingTerms.id.desc())
        .limit(1)
    ).one()


def signatures_of(hearing_id: int) -> list[HearingSignOff]:
    """Return the signatures under a hearing's terms, newest first."""
    of_hearing = select(HearingSignOff).where(HearingSignOff.hearing_id == hearing_id)
    return list(db.session.scalars(of_hearing.order_by(HearingSignOff.id.desc())))


def _first(query: Select[Hearing, HearingTerms, bool]) -> Shown | None:
    row = db.session.execute(query).one_or_none()
    return as_shown([row])[0] if row else None


def closed_unpurged() -> Select[Hearing, HearingTerms, bool]:
    """Select the bound tenant's closed hearings whose visitors' words are still kept, shown or not."""
    return (
        select(Hearing, HearingTerms, Hearing.result_id.is_not(None))
        .join(
            HearingTerms,
            (HearingTerms.id == Hearing.terms_id) & (HearingTerms.tenant_id == Hearing.tenant_id),
        )
        .where(Hearing.purged_at.is_(None), HearingTerms.closes_at <= now())
        .order_by(Hearing.id)
    )
