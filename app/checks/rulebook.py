"""The rules as data: how hard each is meant, who may waive it, whence it is, since when it holds.

tenants/rules/checks.toml may hold several entries of one rule with different dates; a day's rule is the
newest that had begun by then, so that changing one never changes what held before (DESIGN 11).
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from flask import current_app

from app.checks.hits import Severity
from app.core.errors import RuleBroken

KEYS = {"id", "title", "severity", "waiver", "source", "effective_from"}
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
    effective_from: date


def rulebook(on: date) -> Mapping[str, CheckRule]:
    """Return the deployment's rules as they hold on a day."""
    path = Path(current_app.config["TENANTS_PATH"]) / "rules" / "checks.toml"
    return rules_on(_read(path, path.stat().st_mtime_ns), on)


def rules_on(entries: tuple[CheckRule, ...], day: date) -> dict[str, CheckRule]:
    """Choose of each rule the entry that holds on a day."""
    begun = sorted((one for one in entries if one.effective_from <= day), key=lambda one: one.effective_from)
    return {one.id: one for one in begun}


def read_rules(path: Path) -> tuple[CheckRule, ...]:
    """Read a rule book.

    Raises RuleBroken that names the wrong entry: a rule that silently does not hold is worse than none.
    """
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))["rule"]
        return tuple(_entry(one) for one in written)
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise RuleBroken(f"规则文件 {path.name} 有误：{error}") from error


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int) -> tuple[CheckRule, ...]:
    """Read a file once for each of its states."""
    return read_rules(path)


def _entry(written: dict[str, object]) -> CheckRule:
    name = str(written.get("id", ""))
    if set(written) != KEYS or not isinstance(written["effective_from"], date):
        raise ValueError(f"{name or '没有 id 的一条'} 应有且只有 {'、'.join(sorted(KEYS))}，日期不加引号")
    try:
        severity = None if written["severity"] == OFF else Severity(str(written["severity"]))
        waiving = Waiving(str(written["waiver"]))
    except ValueError as error:
        raise ValueError(f"{name} 的 severity 或 waiver 写错了") from error
    return CheckRule(
        name, str(written["title"]), severity, waiving, str(written["source"]), written["effective_from"]
    )
