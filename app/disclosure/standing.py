"""Whether a row of the catalogue keeps its deadline: computed, never typed (rules 1.10)."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from app.core.rules import rule_in_force
from app.core.workdays import add_workdays, uncertainty
from app.disclosure.amounts import NOTHING, Amount
from app.disclosure.deadlines import Deadline, Sort, parsed
from app.disclosure.models import CatalogueRow, Mode

#: The code of the only channel that the platform can see.
WEB = "web"
FILE = "disclosure"


class State(StrEnum):
    """How a row stands."""

    FINE = "fine"
    #: Nothing to say: another channel, on request, or not applicable.
    EXEMPT = "exempt"
    EMPTY = "empty"
    NEAR = "near"
    OVERDUE = "overdue"

    @property
    def label(self) -> str:
        """The state's name on the screen."""
        return {"fine": "正常", "exempt": "不计", "empty": "暂无信息", "near": "将到期", "overdue": "超期"}[
            self
        ]


@dataclass(frozen=True)
class Standing:
    """A row with what it has and how it stands."""

    row: CatalogueRow
    amount: Amount
    state: State
    #: By when the next, or the one that is missing, is due.
    due: date | None = None
    why: str = ""
    #: Of which years the days off are not known, if the day due depends on them.
    uncertain: str = ""

    @property
    def deadline(self) -> str:
        """The row's deadline in words."""
        return parsed(self.row.deadline).label


def deadline_rule(on: date) -> dict[str, Any]:
    """Return the limits that hold on a day (GK-04)."""
    return rule_in_force(FILE, "deadline", on=on)


def standing_of(
    row: CatalogueRow, amount: Amount = NOTHING, *, on: date, excused: Container[int | None] = ()
) -> Standing:
    """Judge one row on a day; what belongs to a column that does not apply is not asked for."""
    if row.mode is not Mode.OPEN or WEB not in row.channels.split() or row.column_id in excused:
        return Standing(row, amount, State.EXEMPT)
    deadline, rule = parsed(row.deadline), deadline_rule(on)
    if deadline.sort in (Sort.YEARLY, Sort.DAYS):
        return _of_regular(row, amount, deadline, rule, on)
    return _of_each(row, amount, deadline, rule, on)


def _of_regular(
    row: CatalogueRow, amount: Amount, deadline: Deadline, rule: dict[str, Any], on: date
) -> Standing:
    """Judge a row that has to have something new by a day."""
    due = deadline.due_after(amount.newest_on, on)
    assert due is not None
    if due < on:
        why = f"应在 {due:%Y-%m-%d} 前公开。" if amount.newest else "还没有公开过，请尽快发布。"
        return Standing(row, amount, State.OVERDUE, due, why)
    near = rule["near_days"] if deadline.sort is Sort.YEARLY else rule["near"]
    if (due - on) <= timedelta(days=near):
        return Standing(row, amount, State.NEAR, due, f"请在 {due:%Y-%m-%d} 前公开。")
    return Standing(row, amount, State.FINE, due)


def _of_each(
    row: CatalogueRow, amount: Amount, deadline: Deadline, rule: dict[str, Any], on: date
) -> Standing:
    """Judge a row whose every text has its own day: by the oldest that waits."""
    if amount.waiting is None:
        return Standing(row, amount, State.FINE if amount.count else State.EMPTY)
    due = deadline.due_for(amount.waiting)
    assert due is not None
    unknown = uncertainty(amount.waiting, due) if deadline.sort is Sort.WORKDAYS else ""
    said = f"{amount.waiting:%Y-%m-%d} 形成的信息"
    if due < on:
        why = f"{said}应在 {due:%Y-%m-%d} 前公开，还没有发布。"
        return Standing(row, amount, State.OVERDUE, due, why, unknown)
    if due <= add_workdays(on, rule["near"]):
        return Standing(row, amount, State.NEAR, due, f"{said}请在 {due:%Y-%m-%d} 前公开。", unknown)
    return Standing(row, amount, State.FINE, due, "", unknown)
