"""What the county office asks for when it opens subsites: one by a form or command, many by a CSV file."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from app.core.database import db
from app.core.errors import RuleBroken
from app.provisioning.faults import ManifestError
from app.provisioning.hostnames import checked_host, taken_labels
from app.provisioning.specs import UNIT_KINDS, UnitSpec
from app.provisioning.table import decoded
from app.tenancy.models import Tenant, TenantKind
from app.tenancy.naming import fault_of, proposals

MOST_ROWS = 2_000
COLUMNS = ("name", "kind", "slug", "host")
LONGEST_NAME = 60
#: What the screen calls the kinds; a file may use either word.
KIND_WORDS = {TenantKind(kind).label: kind for kind in UNIT_KINDS}


@dataclass(frozen=True)
class UnitRequest:
    """One row of a file: what is asked for, and what is wrong with it."""

    line: int
    name: str
    kind: str
    slug: str
    host: str
    fault: str = ""


def the_portal(slug: str = "") -> Tenant:
    """Return the named portal, or the only one. Raises RuleBroken where that is not clear."""
    portals = db.session.scalars(select(Tenant).where(Tenant.kind == TenantKind.PORTAL)).all()
    found = [portal for portal in portals if slug in ("", portal.slug)]
    if not found:
        raise RuleBroken("还没有门户。请先用 flask county apply 按清单开设。")
    if len(found) > 1:
        raise RuleBroken(f"有多个门户，请用 --portal 指明：{'、'.join(portal.slug for portal in found)}。")
    return found[0]


def spec_of(name: str, kind: str, portal: Tenant, *, slug: str = "", host: str = "") -> UnitSpec:
    """Return what opening needs, with slug and host proposed where they were left out (S-41).

    Raises RuleBroken with the reason where the name, kind, slug or host cannot be had.
    """
    name = "".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise RuleBroken(f"单位名称应为 1 到 {LONGEST_NAME} 个字。")
    if kind not in UNIT_KINDS:
        raise RuleBroken(f"子站类型“{kind}”不存在。可用：{'、'.join(KIND_WORDS)}。")
    taken = taken_labels(portal)
    slug = slug.strip().lower() or _proposed(name, portal, taken)
    if fault := fault_of(slug, taken=taken):
        raise RuleBroken(f"标识“{slug}”不能用：{fault}")
    name_of_host = checked_host(host or f"{slug}.{portal.domain}", portal, slug=slug, own={slug})
    return UnitSpec(slug, name, kind, (name_of_host,), short_name=_short(name, portal))


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
        text = decoded(raw, file)
    except ManifestError as error:
        raise RuleBroken(str(error)) from error
    reader = csv.DictReader(io.StringIO(text, newline=""))
    heads = [head.strip().lower() for head in reader.fieldnames or ()]
    if "name" not in heads or "kind" not in heads or set(heads) - set(COLUMNS):
        raise RuleBroken("文件第一行应为：name,kind,slug,host（slug 和 host 可以省略）。")
    reader.fieldnames = heads
    taken: set[str] = set()
    found: list[UnitRequest] = []
    for row in reader:
        if len(found) >= MOST_ROWS:
            raise RuleBroken(f"一次最多开设 {MOST_ROWS} 个，请分成几个文件。")
        found.append(_request(reader.line_num, row, portal, taken))
    if not found:
        raise RuleBroken("文件中没有单位。")
    return found


def _request(line: int, row: dict[str, str | None], portal: Tenant, taken: set[str]) -> UnitRequest:
    values = {name: (row.get(name) or "").strip() for name in COLUMNS}
    kind = KIND_WORDS.get(values["kind"], values["kind"])
    try:
        spec = spec_of(values["name"], kind, portal, slug=values["slug"], host=values["host"])
    except RuleBroken as error:
        return UnitRequest(line, values["name"], kind, values["slug"], values["host"], error.message)
    if spec.slug in taken and not values["slug"]:
        free = (
            one.label for one in proposals(spec.name, taken=taken | taken_labels(portal)) if not one.fault
        )
        slug = next(free, spec.slug)
    else:
        slug = spec.slug
    fault = f"标识“{slug}”在文件中重复。" if slug in taken else ""
    taken.add(slug)
    return UnitRequest(line, spec.name, kind, slug, values["host"], fault)


def _proposed(name: str, portal: Tenant, taken: set[str]) -> str:
    for proposal in proposals(name, taken=taken, county=portal.county):
        if proposal.fault is None:
            return proposal.label
    raise RuleBroken(f"无法按“{name}”取出可用的标识，请自行填写。")


def _short(name: str, portal: Tenant) -> str:
    return name.removeprefix(portal.county).removeprefix("县") or name
