"""The rules as data: how hard each is meant, who may waive it, whence it is, since when it holds.

tenants/rules/checks.toml may hold several entries of one rule with different dates; a day's rule is the
newest that had begun by then, so that changing one never changes what held before (DESIGN 11).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from app.checks.hits import Severity
from app.core.rules import rules_of

KEYS = {"id", "title", "severity", "waiver", "source", "from"}
OFF = "off"


class Waiving(StrEnum):
    """Who together may let a stop pass."""

    NONE = "none"
    #: Somebody who asks, and a signer or leader who agrees.
    TWO = "two"
    #: Somebody who asks, and the unit's secrecy officer who agrees.
    SECRECY = "secrecy"

    @property
    def label(self) -> str:
        """Who, on the screen."""
        return {
            "none": "不能放行",
            "two": "可由两人放行：一人申请，另一位负责同志同意",
            "secrecy": "可由两人放行：一人申请，保密员同意",
        }[self]


@dataclass(frozen=True)
class CheckRule:
    """One rule as it holds on a day."""

    id: str
    title: str
    #: None: it is switched off.
    severity: Severity | None
    waiving: Waiving
    source: str
    since: date


def rulebook(on: date) -> Mapping[str, CheckRule]:
    """Return the deployment's rules as they hold on a day."""
    return book(rules_of("checks", on=on))


def book(entries: Iterable[Mapping[str, Any]]) -> dict[str, CheckRule]:
    """Choose of each rule the newest entry.

    Raises RuntimeError that names the wrong entry: a rule that silently does not hold is worse than none.
    """
    read = sorted(map(_entry, entries), key=lambda one: one.since)
    return {one.id: one for one in read}


def _entry(written: Mapping[str, Any]) -> CheckRule:
    name = written.get("id", "")
    if set(written) - {"until"} != KEYS:
        raise RuntimeError(f"检查规则 {name} 应写明 {'、'.join(sorted(KEYS))}，不能有别的。")
    try:
        severity = None if written["severity"] == OFF else Severity(written["severity"])
        waiving = Waiving(written["waiver"])
    except ValueError as error:
        raise RuntimeError(f"检查规则 {name} 的 severity 或 waiver 写错了。") from error
    return CheckRule(name, written["title"], severity, waiving, written["source"], written["from"])
