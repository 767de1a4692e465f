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
    uncertainty,
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


@given(DAYS, st.integers(1, 30), st.integers(0, 40), st.integers(1, 15))
def test_a_pause_shifts_the_day_due_by_exactly_its_working_days(
    start: date, count: int, wait: int, length: int
) -> None:
    """Rules 1.1.2: the 15 working days of a third party are not counted in the 20."""
    due = add_workdays(start, count, CALENDAR)
    since = add_workdays(start, min(wait, count - 1), CALENDAR) + timedelta(days=1)
    until = add_workdays(since - timedelta(days=1), length, CALENDAR)

    paused = add_workdays(start, count, CALENDAR, pauses=[(since, until)])

    assert paused == add_workdays(due, length, CALENDAR)
    assert add_workdays(start, count, CALENDAR, pauses=[(until, since - timedelta(days=1))]) == due


def test_a_year_whose_days_off_are_unknown_is_said() -> None:
    """DESIGN 12: a missing year is said, not guessed."""
    assert [year for year in (2007, *range(2018, 2029)) if not CALENDAR.covers(year)] == [2018, 2027, 2028]
    assert (
        uncertainty(date(2026, 12, 20), date(2027, 1, 19), CALENDAR) == "2027年节假日安排未公布，按周末计算"
    )
    assert uncertainty(date(2026, 9, 1), date(2026, 9, 29), CALENDAR) == ""


@pytest.mark.parametrize(
    ("start", "due"),
    [("2021-04-30", "2021-06-01"), ("2019-09-27", "2019-10-30"), ("2023-09-28", "2023-11-01")],
)
def test_feasts_of_each_shipped_year_are_counted(start: str, due: str) -> None:
    assert add_workdays(date.fromisoformat(start), 20, CALENDAR) == date.fromisoformat(due)
