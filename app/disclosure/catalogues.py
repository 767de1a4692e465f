"""The catalogues that units begin with: tenants/catalogue/, read whole or not at all (rules 1.10, 1.11)."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import current_app

from app.core.errors import RuleBroken
from app.disclosure.deadlines import parsed
from app.disclosure.models import Level

CODE = re.compile(r"[a-z0-9][a-z0-9-]{1,23}")
AREA_BASIS = "国办发〔2019〕54号"


@dataclass(frozen=True)
class RowSpec:
    """A row as the data have it."""

    code: str
    first: str
    second: str
    content: str
    basis: str
    deadline: str
    column: str
    level: Level
    #: Kinds of unit that have it at birth; of an area's row its keepers decide.
    kinds: tuple[str, ...] = ()
    area: str = ""


@dataclass(frozen=True)
class Area:
    """One of the areas of standardised openness."""

    slug: str
    title: str
    #: Words in the names of the units that keep it.
    keepers: tuple[str, ...]
    rows: tuple[RowSpec, ...]


@dataclass(frozen=True)
class Catalogues:
    """All that tenants/catalogue/ says."""

    basic: tuple[RowSpec, ...]
    areas: tuple[Area, ...]

    def rows_for(self, kind: str, name: str) -> Iterator[RowSpec]:
        """Yield what a unit begins with: by its kind, and the areas that its name says it keeps."""
        yield from (row for row in self.basic if kind in row.kinds)
        for area in self.areas:
            is_keeper = kind in ("department", "institution") and any(word in name for word in area.keepers)
            is_town = kind == "township"
            yield from (row for row in area.rows if is_keeper or (is_town and row.level is not Level.COUNTY))

    def area(self, slug: str) -> Area | None:
        """Return the area of a slug."""
        return next((area for area in self.areas if area.slug == slug), None)


def catalogues() -> Catalogues:
    """Return what the deployment's data say; raises RuntimeError where they cannot be read."""
    folder = Path(current_app.config["TENANTS_PATH"]) / "catalogue"
    try:
        return _read(folder, *(_changed(folder / f"{name}.toml") for name in ("basic", "areas")))
    except (OSError, KeyError, TypeError, ValueError, RuleBroken) as error:
        raise RuntimeError(f"公开目录的数据读不出来：{error}") from error


def read_catalogues(folder: Path) -> Catalogues:
    """Read both files of a folder."""
    basic = _loaded(folder / "basic.toml")["row"]
    areas = _loaded(folder / "areas.toml")["area"]
    return Catalogues(tuple(_row(row) for row in basic), tuple(_area(area) for area in areas))


@lru_cache(maxsize=2)
def _read(folder: Path, *_changed: int) -> Catalogues:
    return read_catalogues(folder)


def _changed(path: Path) -> int:
    return path.stat().st_mtime_ns


def _loaded(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _area(written: dict[str, Any]) -> Area:
    slug, title = written["slug"], written["title"]
    rows = [_row({"first": title, "basis": AREA_BASIS, **row}, area=slug) for row in written["row"]]
    return Area(slug, title, tuple(written["keepers"]), tuple(rows))


def _row(written: dict[str, Any], area: str = "") -> RowSpec:
    values = {**written, "level": Level(written["level"]), "kinds": tuple(written.get("kinds", ()))}
    if not CODE.fullmatch(values["code"]):
        raise ValueError(f"编号“{values['code']}”应为小写字母、数字和连字符。")
    parsed(values["deadline"])
    return RowSpec(**values, area=area)
