"""When a row of the catalogue has to have something new, read from the few ways in which the data say it.

``20wd``: within 20 working days of being formed or changed; ``realtime``; ``yearly:01-31``: each year by
a day; ``days:14``: something new at least every 14 days.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.core.errors import RuleBroken
from app.core.workdays import add_workdays

MOST_WORKDAYS, MOST_DAYS = 60, 3660
LEAP_YEAR = 2024
_WRITTEN = re.compile(
    r"(?P<workdays>[0-9]{1,2})wd|realtime|yearly:(?P<month>[0-9]{2})-(?P<day>[0-9]{2})|days:(?P<days>[0-9]{1,4})"
)


class Sort(StrEnum):
    """How a deadline is counted."""

    WORKDAYS = "wd"
    REALTIME = "realtime"
    YEARLY = "yearly"
    DAYS = "days"

    @property
    def label(self) -> str:
        """What the form calls it."""
        return {
            "wd": "形成或变更后若干个工作日内",
            "realtime": "实时公开",
            "yearly": "每年某月某日前",
            "days": "至少每若干天更新一次",
        }[self]


@dataclass(frozen=True)
class Deadline:
    """One rule; what a sort does not need is zero."""

    sort: Sort
    number: int = 0
    month: int = 0
    day: int = 0

    @property
    def written(self) -> str:
        """The rule as the data write it."""
        return {
            Sort.WORKDAYS: f"{self.number}wd",
            Sort.REALTIME: "realtime",
            Sort.YEARLY: f"yearly:{self.month:02}-{self.day:02}",
            Sort.DAYS: f"days:{self.number}",
        }[self.sort]

    @property
    def label(self) -> str:
        """The rule as the catalogue shows it."""
        return {
            Sort.WORKDAYS: f"自信息形成或者变更之日起 {self.number} 个工作日内",
            Sort.REALTIME: "实时公开",
            Sort.YEARLY: f"每年 {self.month} 月 {self.day} 日前",
            Sort.DAYS: f"至少每 {self.number} 天更新一次",
        }[self.sort]

    def due_for(self, formed_on: date) -> date | None:
        """Return by when something formed on a day has to be public; None where that is not asked."""
        if self.sort is Sort.WORKDAYS:
            return add_workdays(formed_on, self.number)
        return formed_on if self.sort is Sort.REALTIME else None

    def due_after(self, newest: date | None, on: date) -> date | None:
        """Return by when the next, or already the last, must have come; None where the rule does not say.

        The year's one counts when it came in its year; a list that never had anything was due yesterday.
        """
        if self.sort is Sort.DAYS:
            return newest + timedelta(days=self.number) if newest else on - timedelta(days=1)
        if self.sort is not Sort.YEARLY:
            return None
        this_year = self._day_in(on.year)
        if newest is not None and newest.year >= on.year:
            return self._day_in(on.year + 1)
        has_last = newest is not None and newest.year == on.year - 1
        return this_year if has_last or on > this_year else self._day_in(on.year - 1)

    def _day_in(self, year: int) -> date:
        return date(year, self.month, min(self.day, monthrange(year, self.month)[1]))


def parsed(written: str) -> Deadline:
    """Read a rule; raises RuleBroken in words for who wrote it."""
    found = _WRITTEN.fullmatch(written)
    if found is None:
        raise RuleBroken(f"公开时限“{written}”写错了，例如 20wd、realtime、yearly:01-31、days:14。")
    if found["workdays"]:
        return checked(Deadline(Sort.WORKDAYS, int(found["workdays"])))
    if found["days"]:
        return checked(Deadline(Sort.DAYS, int(found["days"])))
    if found["month"]:
        return checked(Deadline(Sort.YEARLY, month=int(found["month"]), day=int(found["day"])))
    return Deadline(Sort.REALTIME)


def checked(deadline: Deadline) -> Deadline:
    """Return a rule that can be kept; raises RuleBroken for one that cannot."""
    most = {Sort.WORKDAYS: MOST_WORKDAYS, Sort.DAYS: MOST_DAYS}.get(deadline.sort)
    if most and not 1 <= deadline.number <= most:
        raise RuleBroken(f"天数应为 1 到 {most}。")
    if deadline.sort is Sort.YEARLY:
        is_month = 1 <= deadline.month <= 12  # noqa: PLR2004 - months of a year
        if not is_month or not 1 <= deadline.day <= monthrange(LEAP_YEAR, deadline.month)[1]:
            raise RuleBroken("请填写真实的月和日，例如 1 月 31 日。")
    return deadline
