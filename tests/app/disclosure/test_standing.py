"""Whether a row keeps its deadline is computed from what is public and what waits (rules 1.10)."""

from datetime import UTC, date, datetime

import pytest

from app.disclosure.amounts import Amount
from app.disclosure.models import CatalogueRow, Mode
from app.disclosure.standing import standing_of
from tests.worlds import County

TODAY = date(2026, 11, 25)


def a_row(deadline: str, **fields: object) -> CatalogueRow:
    values: dict[str, object] = {"channels": "web paper", "mode": Mode.OPEN, "column_id": 7, **fields}
    return CatalogueRow(deadline=deadline, **values)


def newest(day: str) -> Amount:
    return Amount(3, datetime.fromisoformat(day).replace(hour=4, tzinfo=UTC))


@pytest.mark.parametrize(
    ("deadline", "amount", "state", "due"),
    [
        ("20wd", Amount(), "empty", None),
        ("20wd", newest("2020-01-01"), "fine", None),
        ("20wd", Amount(waiting=date(2026, 11, 20)), "fine", "2026-12-18"),
        ("20wd", Amount(waiting=date(2026, 10, 29)), "near", "2026-11-26"),
        ("20wd", Amount(waiting=date(2026, 9, 1)), "overdue", "2026-09-29"),
        ("realtime", Amount(waiting=date(2026, 11, 24)), "overdue", "2026-11-24"),
        ("realtime", Amount(waiting=TODAY), "near", "2026-11-25"),
        ("days:14", newest("2026-11-20"), "fine", "2026-12-04"),
        ("days:14", newest("2026-11-15"), "near", "2026-11-29"),
        ("days:14", newest("2026-11-10"), "overdue", "2026-11-24"),
        ("days:14", Amount(), "overdue", "2026-11-24"),
        ("yearly:12-20", newest("2025-12-01"), "near", "2026-12-20"),
        ("yearly:01-31", newest("2025-01-30"), "overdue", "2026-01-31"),
        ("yearly:01-31", newest("2026-01-30"), "fine", "2027-01-31"),
    ],
)
def test_a_row_stands_as_its_rule_says(
    county: County, deadline: str, amount: Amount, state: str, due: str | None
) -> None:
    with county.front.console.app_context():
        found = standing_of(a_row(deadline), amount, on=TODAY)

    assert (found.state, found.due) == (state, date.fromisoformat(due) if due else None)
    assert bool(found.why) == (state in ("near", "overdue"))


@pytest.mark.parametrize("fields", [{"channels": "paper board"}, {"mode": Mode.ON_REQUEST}, {"column_id": 9}])
def test_what_is_not_to_stand_on_the_site_is_not_asked_for(county: County, fields: dict[str, object]) -> None:
    with county.front.console.app_context():
        found = standing_of(a_row("days:14", **fields), Amount(), on=TODAY, excused={9})

    assert found.state == "exempt"


def test_a_deadline_in_a_year_without_its_holidays_says_so(county: County) -> None:
    """DESIGN 12: a missing year is said beside the deadline, not guessed."""
    with county.front.console.app_context():
        found = standing_of(a_row("20wd"), Amount(waiting=date(2026, 12, 20)), on=date(2026, 12, 21))

    assert found.uncertain == "2027年节假日安排未公布，按周末计算"
