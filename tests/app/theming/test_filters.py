"""Times and sizes are written for the county's readers."""

from datetime import UTC, date, datetime

import pytest

from app.theming.filters import day, file_size, machine_time, minute

LATE = datetime(2026, 11, 23, 17, 5, 59, tzinfo=UTC)


def test_a_moment_is_shown_in_the_countys_zone_to_the_minute() -> None:
    """ZY-12."""
    assert minute(LATE) == "2026-11-24 01:05"
    assert machine_time(LATE) == "2026-11-24T01:05+08:00"


def test_a_day_is_a_day_and_a_moment_has_the_countys_day() -> None:
    assert day(date(2026, 1, 2)) == "2026-01-02"
    assert machine_time(date(2026, 1, 2)) == "2026-01-02"
    assert day(LATE) == "2026-11-24"


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        minute(datetime(2026, 11, 24, 10, 5))  # noqa: DTZ001 - the point of the test


@pytest.mark.parametrize(
    ("size", "shown"),
    [(0, "0 字节"), (1023, "1023 字节"), (1024, "1 KB"), (48_231, "47 KB"), (5_400_000, "5.1 MB")],
)
def test_sizes_have_the_unit_people_expect(size: int, shown: str) -> None:
    assert file_size(size) == shown
