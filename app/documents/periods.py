"""Notices that run for a time: public notice periods, and clarifications at the head of a list (S-21)."""

from datetime import date, datetime, timedelta

from app.content.genres import Genre
from app.content.models import Article, Revision
from app.core.clock import COUNTY_ZONE
from app.core.rules import rule_in_force

FILE = "documents"


def pinned_days(on: date) -> int:
    """Return for how many days a clarification stands at the head of its list."""
    return int(rule_in_force(FILE, "clarification", on=on)["pinned_days"])


def pinned_until(published_at: datetime, on: date) -> datetime:
    """Return the minute from which a clarification stands with the others."""
    return published_at + timedelta(days=pinned_days(on))


def days_left(until: datetime, on: datetime) -> int | None:
    """Return how many whole days a period still runs, 0 on its last one; None once it has ended."""
    if until <= on:
        return None
    return (until.astimezone(COUNTY_ZONE).date() - on.astimezone(COUNTY_ZONE).date()).days


def moments_of(article: Article, revision: Revision) -> list[datetime]:
    """Return the minutes at which lists show an article elsewhere by themselves."""
    published_at = article.first_published_at
    if published_at is None or revision.genre is not Genre.CLARIFICATION:
        return []
    return [pinned_until(published_at, published_at.astimezone(COUNTY_ZONE).date())]
