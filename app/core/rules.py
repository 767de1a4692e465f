"""Rules of inspectors and of the county are data: dated entries in tenants/rules/ (DESIGN 11)."""

import tomllib
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from flask import current_app


def rules_of(name: str, *, on: date) -> list[dict[str, Any]]:
    """Return the rules of a file that hold on a day, in its order.

    Raises RuntimeError where the file is missing or no TOML: without its rules the platform must not go on.
    """
    return [rule for rule in _entries(name, "rule") if _holds(rule, on)]


def rule_in_force(name: str, table: str, *, on: date) -> dict[str, Any]:
    """Return the entry of a table that held on a day; the first one for what is older than every rule."""
    entries = sorted(_entries(name, table), key=lambda entry: entry["from"])
    return next((entry for entry in reversed(entries) if entry["from"] <= on), entries[0])


def vocabulary(name: str, *, on: date) -> dict[str, dict[str, Any]]:
    """Return a file's entries that hold on a day by their code, as forms offer them."""
    return {entry["code"]: entry for entry in _entries(name, "entry") if _holds(entry, on)}


def entries_of(name: str, table: str) -> list[dict[str, Any]]:
    """Return the entries of a table that hold on every day, in its order."""
    return list(_entries(name, table))


def _entries(name: str, table: str) -> Iterable[dict[str, Any]]:
    path = _path_of(str(current_app.config["TENANTS_PATH"]), name)
    try:
        return _read(path, path.stat().st_mtime_ns).get(table, [])
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise RuntimeError(f"规则文件 {path.name} 读不出来：{error}") from error


@cache
def _path_of(tenants: str, name: str) -> Path:
    return Path(tenants) / "rules" / f"{name}.toml"


@cache
def _read(path: Path, _changed: int) -> dict[str, list[dict[str, Any]]]:
    with path.open("rb") as file:
        return tomllib.load(file)


def _holds(entry: dict[str, Any], on: date) -> bool:
    return bool(entry["from"] <= on <= entry.get("until", date.max))
