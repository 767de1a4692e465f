"""Working days: the vectors of the founding notice, and the law of adding and counting (GK-04)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.config import ROOT
from app.core.workdays import (
    WEEKENDS_ONLY,
    Calendar,
    add_workdays,
    county_calendar,
    read_calendar,
    workdays_between,
)
from tests.worlds import County

CALENDAR = read_calendar(ROOT / "tenants" / "rules" / "holidays.toml")
DAYS = st.dates(date(2006, 1, 1), date(2028, 12, 31))


@pytest.mark.parametrize(
    ("calendar", "expected"), [(CALENDAR, date(2007, 10, 12)), (WEEKENDS_ONLY, date(2007, 10, 9))]
)
def test_the_founding_notice_was_due_after_the_national_day(calendar: Calendar, expected: date) -> None:
    assert add_workdays(date(2007, 9, 11), 20, calendar) == expected
    assert workdays_between(date(2007, 9, 11), expected, calendar) == 20


@pytest.mark.parametrize(
    ("day", "is_worked"),
    [("2026-10-05", False), ("2026-10-10", True), ("2026-10-11", False), ("2025-01-26", True)],
)
def test_made_up_days_are_worked_and_holidays_are_not(day: str, is_worked: bool) -> None:  # noqa: FBT001
    assert CALENDAR.is_workday(date.fromisoformat(day)) is is_worked


@given(DAYS, st.integers(0, 60))
def test_adding_and_counting_agree(start: date, count: int) -> None:
    end = add_workdays(start, count, CALENDAR)

    assert workdays_between(start, end, CALENDAR) == count
    assert count == 0 or CALENDAR.is_workday(end)


@given(DAYS, st.integers(-400, 400))
def test_counting_goes_day_by_day(start: date, shift: int) -> None:
    end = start + timedelta(days=shift)
    first, last = min(start, end), max(start, end)
    days = sum(CALENDAR.is_workday(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))

    assert workdays_between(start, end, CALENDAR) == (days if shift >= 0 else -days)


def test_the_county_has_a_calendar(county: County) -> None:
    with county.front.console.app_context():
        assert county_calendar() == CALENDAR
        assert add_workdays(date(2007, 9, 11), 20) == date(2007, 10, 12)
