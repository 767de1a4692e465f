"""Lists of units to open: a CSV file as spreadsheets write it, judged row by row."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from app.core.errors import RuleBroken
from app.provisioning.faults import ManifestError
from app.provisioning.hostnames import taken_labels
from app.provisioning.requests import KIND_WORDS, spec_of
from app.provisioning.table import decoded
from app.tenancy.labels import fault_of
from app.tenancy.models import Tenant
from app.tenancy.naming import proposals, stem_of

MOST_ROWS = 2_000
COLUMNS = ("name", "kind", "slug", "host", "url")
#: The heading in the words of the screen; a file may use either.
HEADS = {
    "单位名称": "name",
    "名称": "name",
    "子站类型": "kind",
    "类型": "kind",
    "标识": "slug",
    "域名": "host",
    "网址": "url",
}
#: What a Chinese spreadsheet writes when it is not asked for UTF-8.
OF_SPREADSHEETS = "gb18030"


@dataclass(frozen=True)
class UnitRequest:
    """One row of a file: what is asked for, and what is wrong with it."""

    line: int
    name: str
    kind: str
    slug: str
    host: str
    url: str = ""
    fault: str = ""


@dataclass
class _Before:
    """What the rows above have asked for, by the line that did."""

    units: dict[str, int] = field(default_factory=dict)
    hosts: dict[str, int] = field(default_factory=dict)
    slugs: set[str] = field(default_factory=set)


def read_requests(file: Path, portal: Tenant) -> list[UnitRequest]:
    """Read a file of units to open. Raises RuleBroken where the file as a whole cannot be read."""
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise RuleBroken(f"读不到文件 {file}，请检查路径。") from error
    return requests_in(raw, portal, file)


def requests_in(raw: bytes, portal: Tenant, file: Path = Path("名单.csv")) -> list[UnitRequest]:
    """Read the rows of a CSV file, each with its fault: one bad row does not stop the others."""
    try:
        text = decoded(raw, file, also=OF_SPREADSHEETS)
    except ManifestError as error:
        raise RuleBroken(str(error)) from error
    reader = csv.DictReader(io.StringIO(text, newline=""))
    reader.fieldnames = _heads(reader.fieldnames or ())
    before = _Before()
    found: list[UnitRequest] = []
    for row in reader:
        if len(found) >= MOST_ROWS:
            raise RuleBroken(f"一次最多开设 {MOST_ROWS} 个，请分成几个文件。")
        found.append(_request(reader.line_num, row, portal, before))
    if not found:
        raise RuleBroken("文件中没有单位。")
    return found


def _heads(typed: Sequence[str]) -> list[str]:
    heads = [HEADS.get(head.strip(), head.strip().lower()) for head in typed]
    is_known = {"name", "kind"} <= set(heads) <= set(COLUMNS)
    if not is_known or len(set(heads)) < len(heads):
        raise RuleBroken(
            "文件第一行应为各列的名称：单位名称、类型，以及可以省略的标识、域名、网址，用逗号分开。"
        )
    return heads


def _request(line: int, row: dict[str, str | None], portal: Tenant, before: _Before) -> UnitRequest:
    values = {name: (row.get(name) or "").strip() for name in COLUMNS}
    values["kind"] = KIND_WORDS.get(values["kind"], values["kind"])
    asked = UnitRequest(line, **values)
    if None in row:
        return replace(asked, fault="这一行比表头多出几格，请检查逗号；值里有逗号时用双引号括起来。")
    try:
        spec = spec_of(**values, portal=portal)
    except RuleBroken as error:
        return replace(asked, fault=error.message)
    slug = spec.slug if values["slug"] else _free_slug(spec.name, spec.slug, portal, before)
    host = spec.hosts[0] if values["host"] else f"{slug}.{portal.domain}"
    fault = _fault_beside(before, stem_of(spec.name, portal.county), slug, host)
    if not fault:
        before.units[stem_of(spec.name, portal.county)] = before.hosts[host] = line
        before.slugs.add(slug)
    return replace(asked, name=spec.name, slug=slug, fault=fault)


def _free_slug(name: str, proposed: str, portal: Tenant, before: _Before) -> str:
    """Propose another label where a row above has it, or one that is easily confused with it."""
    if fault_of(proposed, taken=before.slugs) is None:
        return proposed
    taken = before.slugs | taken_labels(portal)
    free = (one.label for one in proposals(name, taken=taken, county=portal.county) if not one.fault)
    return next(free, proposed)


def _fault_beside(before: _Before, unit: str, slug: str, host: str) -> str:
    """Say why a row that could stand alone cannot stand beside the rows above."""
    if unit in before.units:
        return f"与第 {before.units[unit]} 行是同一个单位，一个单位只开设一个网站。"
    if fault := fault_of(slug, taken=before.slugs):
        return f"标识“{slug}”与前面的行冲突：{fault}"
    if host in before.hosts:
        return f"域名“{host}”已用于第 {before.hosts[host]} 行。"
    return ""
