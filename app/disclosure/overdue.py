"""What was disclosed late, what is due and is not, what is closed and due for review (GK-04, GK-08)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.content.genres import Attribute, Secrecy
from app.content.models import Article, Revision
from app.content.queries import is_shown
from app.content.states import ArticleState, Ending
from app.core.clock import COUNTY_ZONE, today
from app.core.database import db
from app.core.lookup import one_or_404
from app.core.rules import rule_in_force
from app.core.workdays import add_workdays, uncertainty, workdays_between
from app.disclosure.amounts import ON_THE_WAY
from app.disclosure.models import Review
from app.disclosure.standing import FILE, deadline_rule

MONTH_DAYS = 30.44


@dataclass(frozen=True)
class Timed:
    """An article with the day by which it had to be public, and when it was, or None while it is not."""

    tenant_id: int
    article_id: int
    title: str
    formed_on: date
    due: date
    published_on: date | None = None

    @property
    def is_over(self) -> bool:
        """Whether the day has passed without it, or had."""
        return (self.published_on or today()) > self.due

    @property
    def workdays_over(self) -> int:
        """How many working days it is late."""
        return workdays_between(self.due, self.published_on or today())

    @property
    def uncertain(self) -> str:
        """Of which years the days off are unknown that the sum runs into."""
        return uncertainty(self.formed_on, self.due)


@dataclass(frozen=True)
class Closed:
    """An article that is not disclosed by itself, and since when nobody has looked at that again."""

    tenant_id: int
    article_id: int
    title: str
    attribute: Attribute
    since: date
    reviews: int


def late() -> list[Timed]:
    """Return what was first published later than it had to be, the newest first; of the recent past."""
    rule, on = deadline_rule(today()), today()
    since = datetime.combine(on - timedelta(days=rule["counted_days"]), time(), COUNTY_ZONE)
    rows = db.session.execute(
        select(Article.tenant_id, Article.id, Revision.title, Revision.formed_on, Article.first_published_at)
        .join(Revision, (Revision.id == Article.published_id) & (Revision.tenant_id == Article.tenant_id))
        .where(is_shown(), Article.first_published_at >= since, Revision.formed_on.is_not(None))
        .order_by(Article.first_published_at.desc(), Article.id.desc())
    )
    due_for = _due_for(rule["workdays"])
    found = (
        Timed(tenant, article, title, formed, due_for(formed), moment.astimezone(COUNTY_ZONE).date())
        for tenant, article, title, formed, moment in rows
        if moment is not None and formed is not None
    )
    return [one for one in found if one.is_over]


def waiting() -> list[Timed]:
    """Return what is to be published and is past its day, or near it; the most urgent first."""
    rule = deadline_rule(today())
    near = add_workdays(today(), rule["near"])
    rows = db.session.execute(
        select(Article.tenant_id, Article.id, Revision.title, Revision.formed_on)
        .join(Revision, (Revision.id == Article.head_id) & (Revision.tenant_id == Article.tenant_id))
        .where(
            Article.first_published_at.is_(None),
            Article.state.in_(ON_THE_WAY),
            Revision.attribute == Attribute.OPEN,
            Revision.secrecy == Secrecy.NONE,
            Revision.formed_on.is_not(None),
        )
    )
    due_for = _due_for(rule["workdays"])
    found = (
        Timed(tenant, article, title, formed, due_for(formed))
        for tenant, article, title, formed in rows
        if formed is not None
    )
    return sorted((one for one in found if one.due <= near), key=lambda one: (one.due, one.article_id))


def to_review() -> list[Closed]:
    """Return what is not disclosed by itself and was not looked at again for too long (GK-08)."""
    months = rule_in_force(FILE, "review", on=today())["months"]
    newest = (
        select(Review.tenant_id, Review.article_id, func.max(Review.at).label("at"), func.count().label("n"))
        .group_by(Review.tenant_id, Review.article_id)
        .subquery()
    )
    since = func.coalesce(newest.c.at, Article.created_at)
    limit = datetime.combine(today() - timedelta(days=round(months * MONTH_DAYS)), time(), COUNTY_ZONE)
    rows = db.session.execute(
        select(Article.tenant_id, Article.id, Revision.title, Revision.attribute, since, newest.c.n)
        .join(Revision, (Revision.id == Article.head_id) & (Revision.tenant_id == Article.tenant_id))
        .outerjoin(newest, (newest.c.article_id == Article.id) & (newest.c.tenant_id == Article.tenant_id))
        .where(
            Revision.attribute != Attribute.OPEN,
            Article.state != ArticleState.DISCARDED,
            Article.ending.is_distinct_from(Ending.SECRECY),
            since < limit,
        )
        .order_by(since, Article.id)
    )
    return [
        Closed(tenant, article, title, attribute, at.astimezone(COUNTY_ZONE).date(), count or 0)
        for tenant, article, title, attribute, at, count in rows
    ]


def closed_article(article_id: int) -> tuple[Article, Revision]:
    """Return an article with its newest text, or answer 404."""
    asked = select(Article).where(Article.id == article_id, Article.ending.is_distinct_from(Ending.SECRECY))
    article = one_or_404(asked.options(joinedload(Article.head)))
    assert article.head is not None
    return article, article.head


def _due_for(workdays: int) -> Callable[[date], date]:
    """Return what counts working days once for each day."""
    return cache(lambda formed: add_workdays(formed, workdays))
