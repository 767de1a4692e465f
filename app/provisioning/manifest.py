"""Reads tenants/: the kinds of subsite with their columns, and the county that a manifest names.

A reading is whole or nothing: every fault of a file is collected and told in one ManifestError.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from app.provisioning.faults import Fault, Faults, ManifestError
from app.provisioning.specs import (
    BLOCKS,
    COLUMN_TYPES,
    KINDS,
    LAYOUTS,
    SECTIONS,
    ColumnSpec,
    CountySpec,
    KindSpec,
    PageSpec,
    UnitSpec,
)
from app.provisioning.table import Table, read_toml
from app.provisioning.units import units_in_csv, units_in_toml

__all__ = [
    "ColumnSpec",
    "CountySpec",
    "Fault",
    "KindSpec",
    "ManifestError",
    "PageSpec",
    "UnitSpec",
    "read_county",
    "read_kind",
    "read_kinds",
]

# The first words of addresses that every subsite has; a column of that name could not be reached.
RESERVED_PATHS = frozenset(
    """
    xxgk search units feed sitemap robots healthz readyz static files manage u s leave api login pages
    documents notices
    jgzl ldzc pictures
    jczwgk
    participate
    hant
    """.split()  # noqa: SIM905 - words read better than quoted words
)
SLUG = r"[a-z][a-z0-9-]{1,30}"
SITE_CODE = r"bm\d{8}|\d{10}"
DOMAIN = r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]"
OFFICIAL_ENDINGS = (".gov.cn", ".政务", ".xn--zfr164b")
DEMONSTRATION_ENDINGS = (".localhost", ".test")


def read_kinds(folder: Path) -> dict[str, KindSpec]:
    """Read every kind in tenants/kinds/ and see that what fills the portal has a place there."""
    faults = Faults()
    kinds: dict[str, KindSpec] = {}
    for name in KINDS:
        try:
            kinds[name] = read_kind(folder, name)
        except ManifestError as error:
            faults.extend(error.faults)
    faults.raise_any()
    for kind in kinds.values():
        _check_portal_columns(kind, kinds["portal"], folder, faults)
    faults.raise_any()
    return kinds


def read_kind(folder: Path, name: str) -> KindSpec:
    """Read tenants/kinds/<name>.toml and the column sets that it shares with other kinds."""
    faults = Faults()
    path = folder / "kinds" / f"{name}.toml"
    table = read_toml(path, faults)
    title, theme, palette = table.text("title"), table.text("theme"), table.text("palette", default="")
    columns, pages = _columns_and_pages(table)
    for column_set in table.texts("column_sets"):
        shared = _shared(folder / "columns" / f"{column_set}.toml", faults)
        columns, pages = columns + shared[0], pages + shared[1]
    table.close()
    _check_kind(columns, pages, path, faults)
    faults.raise_any()
    if name == "portal":  # sets are shared with the units; the portal's own columns fill nobody else's
        columns = [replace(column, portal_column=None) for column in columns]
    return KindSpec(name, title, theme, palette, tuple(sorted(columns, key=_place)), tuple(pages))


def read_county(path: Path) -> CountySpec:
    """Read one county's manifest and the list of units beside it."""
    faults = Faults()
    root = read_toml(path, faults)
    table = root.table("county")
    demo = table.flag("demo", default=False)
    domain = table.text("domain", matches=DOMAIN, expected="小写的域名，例如 yj.gov.cn")
    _check_domain(table, domain, demo=demo)
    units = units_in_toml(root.tables("unit"), domain)
    if listed := table.text("units", default=""):
        units += _units_beside(path.parent / listed, domain, units, faults)
    county = _county(table, domain, units, demo=demo)
    table.close()
    root.close()
    faults.raise_any()
    return county


def _county(table: Table, domain: str, units: Sequence[UnitSpec], *, demo: bool) -> CountySpec:
    return CountySpec(
        name=table.text("name", matches=r".{2,20}", expected="县的全称"),
        place=table.text("place", matches=r".{1,10}", expected="县名，不带“县”字"),
        site_name=table.text("site_name", most=60),
        opened=table.number("opened", least=1994, most=2100) or 0,
        domain=domain,
        sponsor=table.text("sponsor", most=80),
        organizer=table.text("organizer", most=80),
        site_code=table.text(
            "site_code", matches=SITE_CODE, expected="网站标识码：10 位数字，或 bm 加 8 位数字"
        ),
        icp_record=table.text("icp_record", most=60),
        police_record=table.text("police_record", most=60),
        phone=table.text("phone", matches=r"[\d\- ]{7,20}", expected="电话号码，例如 0577-12345678"),
        support_phone=table.text("support_phone", matches=r"[\d\- ]{5,20}", expected="技术支持电话"),
        address=table.text("address", default="", most=120),
        demo=demo,
        units=tuple(units),
    )


def _units_beside(path: Path, domain: str, before: Sequence[UnitSpec], faults: Faults) -> list[UnitSpec]:
    try:
        units, found = units_in_csv(path, domain, before=before)
    except ManifestError as error:
        faults.extend(error.faults)
        return []
    faults.extend(found)
    return units


def _check_domain(table: Table, domain: str, *, demo: bool) -> None:
    """See that a real county uses a government domain, a demonstration one that leads nowhere (ZY-01)."""
    if not domain or domain.endswith(OFFICIAL_ENDINGS):
        return
    if not domain.endswith(DEMONSTRATION_ENDINGS):
        table.fault("domain", f"政府网站应使用 .gov.cn 域名；演示可用 .localhost 或 .test，现为“{domain}”。")
    elif not demo:
        table.fault("domain", "使用 .localhost 或 .test 域名的是演示环境，请同时写明 demo = true。")


def _shared(path: Path, faults: Faults) -> tuple[list[ColumnSpec], list[PageSpec]]:
    try:
        table = read_toml(path, faults)
    except ManifestError as error:
        faults.extend(error.faults)
        return [], []
    found = _columns_and_pages(table)
    table.close()
    return found


def _columns_and_pages(table: Table) -> tuple[list[ColumnSpec], list[PageSpec]]:
    return [_column(each) for each in table.tables("column")], [_page(each) for each in table.tables("page")]


def _place(column: ColumnSpec) -> tuple[int, int]:
    """Order columns by section and the fixed blocks of /xxgk/ (GK-10), else as the files list them."""
    return SECTIONS.index(column.section), BLOCKS.index(column.block) if column.block else 0


def _column(table: Table) -> ColumnSpec:
    slug = table.text("slug", matches=SLUG, expected="小写字母开头的字母、数字和连字符，2 到 31 个")
    if slug in RESERVED_PATHS:
        table.fault("slug", f"“{slug}”是平台的固定网址，请换一个。")
    section = table.choice("section", SECTIONS, default="main")
    block = table.choice("block", BLOCKS, default="")
    if (section == "disclosure") != bool(block):
        table.fault("block", "section 为 disclosure 的栏目须写明 block，其他栏目不写。")
    column = ColumnSpec(
        slug=slug,
        title=table.text("title", most=40),
        type=table.choice("type", COLUMN_TYPES),
        section=section,
        layout=table.choice("layout", LAYOUTS, default="list"),
        block=block or None,
        description=table.text("description", default=""),
        keywords=table.texts("keywords"),
        max_gap_days=table.number("max_gap_days", least=1, most=3660, optional=True),
        portal_column=table.text("portal_column", default="") or None,
        source=table.text("source", default="", most=80),
        checked=table.flag("checked", default=True),
    )
    table.close()
    return column


def _page(table: Table) -> PageSpec:
    page = PageSpec(table.text("column"), table.text("title"), table.text("body", most=20_000))
    table.close()
    return page


def _check_kind(columns: list[ColumnSpec], pages: list[PageSpec], path: Path, faults: Faults) -> None:
    seen: set[str] = set()
    for column in columns:
        if column.slug and column.slug in seen:
            faults.add(path, f"column {column.slug}", "同一类型里有两个栏目用了这个 slug（含共用的栏目组）。")
        seen.add(column.slug)
    for number, page in enumerate(pages, 1):
        if page.column not in seen:
            faults.add(path, f"page[{number}].column", f"没有“{page.column}”这个栏目，应为本类型已有的栏目。")


def _check_portal_columns(kind: KindSpec, portal: KindSpec, folder: Path, faults: Faults) -> None:
    for column in kind.columns:
        if column.portal_column and portal.column(column.portal_column) is None:
            path = folder / "kinds" / f"{kind.name}.toml"
            message = f"县门户没有“{column.portal_column}”栏目，应为 kinds/portal.toml 里的一个 slug。"
            faults.add(path, f"column {column.slug}.portal_column", message)
