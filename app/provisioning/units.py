"""Lists of units to open: rows of a table that people keep in a spreadsheet, or parts of the manifest."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from app.provisioning.faults import Fault, Faults, ManifestError
from app.provisioning.specs import UNIT_KINDS, UnitSpec
from app.provisioning.table import Table, read_text
from app.tenancy.labels import fault_of

NEEDED = ("slug", "name", "kind")
FIELDS = (*NEEDED, "short_name", "phone", "address", "hosts", "url")
KIND_TITLES = {
    "乡镇街道": "township",
    "部门": "department",
    "事业单位": "institution",
    "独立网站": "independent",
}
LONGEST_NAME = 60
Complain = Callable[[str, str], None]


def units_in_csv(
    path: Path, domain: str, *, before: Sequence[UnitSpec] = ()
) -> tuple[list[UnitSpec], list[Fault]]:
    """Read units from a CSV file: the sound rows, and what is wrong with the others by their line.

    Raises ManifestError when the file as a whole cannot be read. Rows may not repeat each other
    nor the units that came before.
    """
    return units_in_text(read_text(path), path, domain, before=before)


def units_in_text(
    text: str, path: Path, domain: str, *, before: Sequence[UnitSpec] = ()
) -> tuple[list[UnitSpec], list[Fault]]:
    """Read units from the text of a CSV file, as an upload brings it."""
    faults = Faults()
    units: list[UnitSpec] = []
    reader = csv.DictReader(io.StringIO(text), strict=True)
    _check_head(reader, path)
    try:
        for row in reader:
            key = f"第 {reader.line_num} 行"
            unit = _unit_of_row(row, domain, [*before, *units], _at_line(faults, path, key))
            if unit:
                units.append(unit)
    except csv.Error as error:
        faults.add(path, f"第 {reader.line_num} 行", f"不是正确的 CSV（{error}），请检查引号和逗号。")
    if not units and not faults.found:
        raise ManifestError(Fault(path, "", "只有表头，没有单位。"))
    return units, faults.found


def units_in_toml(tables: Iterable[Table], domain: str) -> list[UnitSpec]:
    """Read the units that the manifest itself names."""
    units: list[UnitSpec] = []
    for table in tables:
        values = {key: table.text(key) for key in NEEDED}
        values |= {key: table.text(key, default="") for key in ("short_name", "phone", "address", "url")}
        hosts = table.texts("hosts")
        table.close()
        if all(values[key] for key in NEEDED):
            unit = _unit(values, hosts, domain)
            _check(unit, domain, units, table.fault)
            units.append(unit)
    return units


def fault_of_url(kind: str, url: str) -> str | None:
    """Say why a unit of this kind cannot have this address of a site elsewhere (S-05)."""
    if (kind == "independent") == bool(url) and (not url or re.fullmatch(r"https?://[^\s/]+\S*", url)):
        return None
    return "独立网站的单位须写明网址（http:// 或 https:// 开头），其他单位不写。"


def _check_head(reader: "csv.DictReader[str]", path: Path) -> None:
    head = [name.strip() for name in reader.fieldnames or ()]
    missing = [name for name in NEEDED if name not in head]
    unknown = [name for name in head if name not in FIELDS]
    if missing:
        raise ManifestError(
            Fault(path, "第 1 行", f"表头缺少 {'、'.join(missing)}；可用的列：{'、'.join(FIELDS)}。")
        )
    if unknown or len(set(head)) < len(head):
        named = "、".join(unknown) or "重复的列"
        raise ManifestError(
            Fault(path, "第 1 行", f"表头有不认识的列：{named}；可用的列：{'、'.join(FIELDS)}。")
        )
    reader.fieldnames = head


def _at_line(faults: Faults, path: Path, line: str) -> Complain:
    def complain(key: str, message: str) -> None:
        faults.add(path, f"{line} {key}".strip(), message)

    return complain


def _unit_of_row(
    row: dict[str, str | None], domain: str, others: Sequence[UnitSpec], complain: Complain
) -> UnitSpec | None:
    sound = True

    def note(key: str, message: str) -> None:
        nonlocal sound
        sound = False
        complain(key, message)

    if None in row or None in row.values():
        note("", "列数与表头不一致，请检查逗号；值里有逗号时用双引号括起来。")
        return None
    values = {key: (value or "").strip() for key, value in row.items()}
    for key in NEEDED:
        if not values[key]:
            note(key, "不能为空。")
    if sound:
        unit = _unit(values, tuple(values.get("hosts", "").split()), domain)
        _check(unit, domain, others, note)
    return unit if sound else None


def _unit(values: dict[str, str], hosts: tuple[str, ...], domain: str) -> UnitSpec:
    return UnitSpec(
        slug=values["slug"],
        name=values["name"],
        kind=KIND_TITLES.get(values["kind"], values["kind"]),
        hosts=hosts or (f"{values['slug']}.{domain}",),
        short_name=values.get("short_name") or values["name"],
        phone=values.get("phone", ""),
        address=values.get("address", ""),
        url=values.get("url", ""),
    )


def _check(unit: UnitSpec, domain: str, others: Sequence[UnitSpec], complain: Complain) -> None:
    slug_fault = fault_of(unit.slug, taken=[other.slug for other in others])
    if slug_fault:
        complain("slug", slug_fault)
    if unit.kind not in UNIT_KINDS:
        complain("kind", f"应为 {'、'.join(UNIT_KINDS)} 之一，现为“{unit.kind}”。")
    if len(unit.name) > LONGEST_NAME:
        complain("name", f"单位名称最多 {LONGEST_NAME} 个字，现为 {len(unit.name)} 个。")
    if any(unit.name == other.name for other in others):
        complain("name", f"“{unit.name}”已在前面出现过，一个单位只开一个子站。")
    if fault := fault_of_url(unit.kind, unit.url):
        complain("url", fault)
    _check_hosts(unit, domain, others, complain)


def _check_hosts(unit: UnitSpec, domain: str, others: Sequence[UnitSpec], complain: Complain) -> None:
    held = {host: other.name for other in others for host in other.hosts}
    label = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
    for host in unit.hosts:
        if not re.fullmatch(rf"{label}(?:\.{label})*\.{re.escape(domain)}", host):
            complain("hosts", f"“{host}”应为 {domain} 之下的小写域名，例如 {unit.slug}.{domain}。")
        elif host == f"www.{domain}":
            complain("hosts", f"“{host}”是县门户的域名。")
        elif fault := _fault_of_first_label(host, domain, unit.slug):
            complain("hosts", f"“{host}”不能用：{fault}")
        elif host in held or unit.hosts.count(host) > 1:
            complain("hosts", f"“{host}”已由“{held.get(host, unit.name)}”使用。")


def _fault_of_first_label(host: str, domain: str, slug: str) -> str | None:
    """Say why a unit may not have a name of the county, such as the console's, as a further host."""
    label, _, rest = host.partition(".")
    return fault_of(label) if rest == domain and label != slug else None
