"""Working days of the county: weekends, holidays, and the days that are worked to make up for them.

Which days these are is data (tenants/rules/holidays.toml); a year that the data lacks has its weekends only.
"""

import tomllib
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from flask import current_app

SATURDAY = 5
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Calendar:
    """The days that differ from the ordinary week."""

    #: Days off on which people would work otherwise; weekends among them do no harm.
    holidays: frozenset[date] = frozenset()
    #: Saturdays and Sundays that are worked.
    made_up: frozenset[date] = frozenset()
    #: Years of which both are known; of others only weekends, and perhaps the feasts, are.
    years: frozenset[int] = frozenset()

    def is_workday(self, day: date) -> bool:
        """Say whether offices work on a day."""
        return day in self.made_up or (day.weekday() < SATURDAY and day not in self.holidays)

    def covers(self, year: int) -> bool:
        """Say whether a year's days off and make-up days are known."""
        return year in self.years

    def missing_years(self, start: date, end: date) -> tuple[int, ...]:
        """Return the years between two days of which the days off are not known: sums may change."""
        return tuple(year for year in range(start.year, end.year + 1) if not self.covers(year))


#: The ordinary week and nothing else.
WEEKENDS_ONLY = Calendar()


def add_workdays(
    start: date, count: int, calendar: Calendar | None = None, *, pauses: Iterable[tuple[date, date]] = ()
) -> date:
    """Return the working day that is ``count`` working days after a day, which itself is not counted.

    The days of a pause, both ends with it, are not counted: asking a third party stops it (rules 1.1.2).
    """
    known = calendar or county_calendar()
    stopped = [(since, until) for since, until in pauses if since <= until]
    day = start
    while count > 0:
        day += ONE_DAY
        count -= known.is_workday(day) and not any(since <= day <= until for since, until in stopped)
    return day


def uncertainty(start: date, end: date, calendar: Calendar | None = None) -> str:
    """Say of which years between two days the days off are unknown, so no sum looks certain."""
    years = (calendar or county_calendar()).missing_years(start, end)
    return "、".join(f"{year}年" for year in years) + "节假日安排未公布，按周末计算" if years else ""


def workdays_between(start: date, end: date, calendar: Calendar | None = None) -> int:
    """Count the working days after one day up to and with another; negative where the end lies before."""
    if end < start:
        return -workdays_between(end, start, calendar)
    known = calendar or county_calendar()
    whole, rest = divmod((end - start).days, 7)
    last = [end - ONE_DAY * back for back in range(rest)]
    ordinary = whole * 5 + sum(day.weekday() < SATURDAY for day in last)
    lost = (day for day in known.holidays - known.made_up if day.weekday() < SATURDAY)
    won = (day for day in known.made_up if day.weekday() >= SATURDAY)
    return ordinary - _within(lost, start, end) + _within(won, start, end)


def county_calendar() -> Calendar:
    """Return the calendar that the deployment's rules hold."""
    path = Path(current_app.config["TENANTS_PATH"]) / "rules" / "holidays.toml"
    return _read(path, path.stat().st_mtime_ns)


def read_calendar(path: Path) -> Calendar:
    """Read a file of years, each with its days off and the days worked for them."""
    years = tomllib.loads(path.read_text(encoding="utf-8"))["year"]
    return Calendar(
        frozenset(day for year in years for day in year["off"]),
        frozenset(day for year in years for day in year["worked"]),
        frozenset(year["year"] for year in years if year.get("is_final", True)),
    )


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int) -> Calendar:
    """Read a file once for each of its states."""
    return read_calendar(path)


def _within(days: Iterable[date], start: date, end: date) -> int:
    ordered = sorted(days)
    return bisect_right(ordered, end) - bisect_right(ordered, start)
