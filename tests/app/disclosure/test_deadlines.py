"""Deadlines of the catalogue: read from the data, written back alike, due when the rule says."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import RuleBroken
from app.disclosure.deadlines import parsed
from tests.worlds import County

WRITTEN = st.one_of(
    st.integers(1, 60).map(lambda n: f"{n}wd"),
    st.integers(1, 3660).map(lambda n: f"days:{n}"),
    st.dates(date(2023, 1, 1), date(2023, 12, 31)).map(lambda day: f"yearly:{day:%m-%d}"),
    st.just("realtime"),
)


@given(WRITTEN)
def test_what_is_read_is_written_alike(written: str) -> None:
    assert parsed(written).written == written


@pytest.mark.parametrize(
    "written",
    [
        *("", "20", "wd", "0wd", "61wd", "days:0", "days:3661", "days:-1", "yearly:02-30", "yearly:13-01"),
        *("yearly:00-10", "yearly:1-31", "REALTIME", "20wd\n", "２０wd"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words(written: str) -> None:
    with pytest.raises(RuleBroken, match="。"):
        parsed(written)


@pytest.mark.parametrize(
    ("newest", "on", "due"),
    [
        ("2026-01-20", "2026-11-25", "2027-01-31"),
        ("2025-01-20", "2026-01-15", "2026-01-31"),
        ("2025-01-20", "2026-02-01", "2026-01-31"),
        ("2024-01-20", "2026-01-15", "2025-01-31"),
        (None, "2026-01-15", "2025-01-31"),
        (None, "2026-11-25", "2026-01-31"),
    ],
)
def test_a_year_asks_for_its_own_report(newest: str | None, on: str, due: str) -> None:
    """Rules 1.10: the annual report by 31 January."""
    found = parsed("yearly:01-31").due_after(
        date.fromisoformat(newest) if newest else None, date.fromisoformat(on)
    )

    assert found == date.fromisoformat(due)


def test_the_last_day_of_february_is_the_last_day_of_every_february() -> None:
    assert parsed("yearly:02-29").due_after(date(2025, 1, 2), date(2025, 3, 1)) == date(2026, 2, 28)


def test_a_list_is_due_days_after_its_newest_and_at_once_when_it_is_empty() -> None:
    rule = parsed("days:14")
    assert rule.due_after(date(2026, 11, 1), date(2026, 11, 25)) == date(2026, 11, 15)
    assert rule.due_after(None, date(2026, 11, 25)) == date(2026, 11, 24)


def test_gk_04_working_days_run_from_the_day_of_forming(county: County) -> None:
    with county.front.console.app_context():
        assert parsed("20wd").due_for(date(2007, 9, 11)) == date(2007, 10, 12)
        assert parsed("realtime").due_for(date(2007, 9, 11)) == date(2007, 9, 11)
        assert parsed("days:14").due_for(date(2007, 9, 11)) is None
