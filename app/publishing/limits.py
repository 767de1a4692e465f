"""How soon staff answer what waits, and by when information must be public: rules with dates, as data.

They lie in tenants/rules/inbox.toml; of several the one holds that was in force when the waiting began.
"""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from flask import current_app

from app.core.clock import COUNTY_ZONE
from app.core.workdays import add_workdays

FILE = Path("rules") / "inbox.toml"


@dataclass(frozen=True)
class Rule:
    """What holds from a day on: for each sort of waiting a number of working days."""

    since: date
    source: str
    workdays: dict[str, int]


def answer_due(sort: str, began_at: datetime) -> date:
    """Return the last day on which an answer is in time to what began to wait at a moment."""
    began = began_at.astimezone(COUNTY_ZONE).date()
    return add_workdays(began, _in_force("limit", began).workdays[sort])


def disclosure_due(formed_on: date) -> date:
    """Return the last day on which information formed on a day becomes public in time (GK-04)."""
    return add_workdays(formed_on, _in_force("disclosure", formed_on).workdays["workdays"])


def _in_force(table: str, day: date) -> Rule:
    """Return the latest rule that held on a day; the first one for what is older than all rules."""
    path = Path(current_app.config["TENANTS_PATH"]) / FILE
    rules = _read(path, path.stat().st_mtime_ns)[table]
    return next((rule for rule in rules if rule.since <= day), rules[-1])


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int) -> dict[str, tuple[Rule, ...]]:
    """Read a file once for each of its states; the latest rules come first."""
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return {
        table: tuple(sorted((_rule(**entry) for entry in entries), key=lambda rule: rule.since, reverse=True))
        for table, entries in tables.items()
    }


def _rule(since: date, source: str, **workdays: int) -> Rule:
    return Rule(since, source, workdays)
