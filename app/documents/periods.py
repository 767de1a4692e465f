"""Notices that run for a time: public notice periods, and clarifications at the head of a list (S-21)."""

from datetime import date, datetime, time, timedelta

from app.content.genres import Genre
from app.content.models import Article, Revision
from app.core.clock import COUNTY_ZONE
from app.core.rules import rule_in_force
from app.core.workdays import ONE_DAY

FILE = "documents"
#: A period that is longer says its last day only; the days left begin when so many are left.
MOST_DAYS_COUNTED = 60


def pinned_days(on: date) -> int:
    """Return for how many days a clarification stands at the head of its list."""
    return int(rule_in_force(FILE, "clarification", on=on)["pinned_days"])


def pinned_until(published_at: datetime, on: date) -> datetime:
    """Return the minute from which a clarification stands with the others."""
    return published_at + timedelta(days=pinned_days(on))


def days_left(until: datetime, on: datetime) -> int:
    """Return how many days a period still runs, its last one counted; 0 once it has ended."""
    if until <= on:
        return 0
    return (until.astimezone(COUNTY_ZONE).date() - on.astimezone(COUNTY_ZONE).date()).days + 1


def moments_of(article: Article, revision: Revision) -> list[datetime]:
    """Return the minutes at which lists change by themselves, such as each midnight of a period."""
    published_at = article.first_published_at
    if published_at is None:
        return []
    on = published_at.astimezone(COUNTY_ZONE).date()
    if revision.genre is Genre.CLARIFICATION:
        return [pinned_until(published_at, on)]
    if revision.genre is not Genre.PUBLIC_NOTICE or revision.period_until is None:
        return []
    last = revision.period_until.astimezone(COUNTY_ZONE).date()
    days = [last - ONE_DAY * back for back in range(MOST_DAYS_COUNTED)]
    return [datetime.combine(day, time(), COUNTY_ZONE) for day in days if day > on]
