"""By when a hearing's result must be public, and until when what people sent is kept: rules as data."""

from datetime import date, datetime, timedelta

from app.core.clock import COUNTY_ZONE
from app.core.rules import rule_in_force
from app.core.workdays import add_workdays

FILE = "participation"


def day_of(moment: datetime) -> date:
    """Return the county's day of a moment."""
    return moment.astimezone(COUNTY_ZONE).date()


def answer_due(closes_at: datetime) -> date:
    """Return the last day on which the result of a hearing that closed at a moment is in time (ZY-23)."""
    closed = day_of(closes_at)
    return add_workdays(closed, rule_in_force(FILE, "answer", on=closed)["workdays"])


def kept_until(closes_at: datetime) -> date:
    """Return the last day on which names, contacts and texts may still be kept."""
    closed = day_of(closes_at)
    return closed + timedelta(days=rule_in_force(FILE, "retention", on=closed)["days"])
