"""The time of the county: one time zone, and one place to stop it in tests."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

COUNTY_ZONE = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """Return this moment, in UTC; what is stored is always UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Return the date on the county's calendars."""
    return now().astimezone(COUNTY_ZONE).date()
