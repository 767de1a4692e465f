"""What tenants/ says, as plain values: kinds with their columns and pages, a county with its units."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

COLUMN_TYPES: Mapping[str, str] = {
    "overview": "概况信息",
    "duty": "机构职能",
    "leaders": "领导信息",
    "news": "动态要闻",
    "policy": "政策文件",
    "interpretation": "政策解读",
    "notice": "通知公告",
    "data": "数据发布",
    "plan": "规划计划",
    "finance": "财政信息",
    "service": "办事服务",
    "interaction": "互动交流",
    "topic": "专题",
    "disclosure": "信息公开",
    "other": "其他",
}
SECTIONS = ("main", "disclosure", "footer")
BLOCKS = ("guide", "rules", "statutory", "annual")
LAYOUTS = ("list", "page")
UNIT_KINDS = ("township", "department", "institution", "independent")
KINDS = ("portal", *UNIT_KINDS)


def filled(text: str, names: Mapping[str, str]) -> str:
    """Put names for their placeholders, such as {unit}; any other brace stays as it is."""
    for name, value in names.items():
        text = text.replace("{" + name + "}", value)
    return text


@dataclass(frozen=True)
class ColumnSpec:
    """A column that a subsite has at birth.

    `max_gap_days` is the longest it may go without anything new, `portal_column` the portal's
    column that its articles also appear in, `source` the clause that asks for it, and `checked`
    false where that clause was not yet read in the law's own text.
    """

    slug: str
    title: str
    type: str
    section: str = "main"
    layout: str = "list"
    block: str | None = None
    description: str = ""
    keywords: tuple[str, ...] = ()
    max_gap_days: int | None = None
    portal_column: str | None = None
    source: str = ""
    checked: bool = True


@dataclass(frozen=True)
class PageSpec:
    """A page that a subsite has at birth; its body is Markdown and is true of any new subsite."""

    column: str
    title: str
    body: str


@dataclass(frozen=True)
class KindSpec:
    """What a kind of subsite has at birth and must never lack."""

    name: str
    title: str
    theme: str
    palette: str
    columns: tuple[ColumnSpec, ...]
    pages: tuple[PageSpec, ...]

    def column(self, slug: str) -> ColumnSpec | None:
        """Give the column of this slug, if the kind has it."""
        return next((column for column in self.columns if column.slug == slug), None)

    def named(self, names: Mapping[str, str]) -> "KindSpec":
        """Give the same kind with the names of one unit and county in its texts."""
        columns = tuple(
            replace(column, title=filled(column.title, names), description=filled(column.description, names))
            for column in self.columns
        )
        pages = tuple(
            PageSpec(page.column, filled(page.title, names), filled(page.body, names)) for page in self.pages
        )
        return replace(self, columns=columns, pages=pages)


@dataclass(frozen=True)
class UnitSpec:
    """A subsite to open; `url` is where a unit of kind independent has its own site."""

    slug: str
    name: str
    kind: str
    hosts: tuple[str, ...]
    short_name: str
    phone: str = ""
    address: str = ""
    url: str = ""


@dataclass(frozen=True)
class CountySpec:
    """A county: its portal, what the foot of every page says, and its units."""

    name: str
    place: str
    site_name: str
    opened: int
    domain: str
    sponsor: str
    organizer: str
    site_code: str
    icp_record: str
    police_record: str
    phone: str
    support_phone: str
    address: str
    demo: bool
    units: tuple[UnitSpec, ...]

    @property
    def portal(self) -> UnitSpec:
        """The county portal, which is a subsite like the others."""
        host = f"www.{self.domain}"
        return UnitSpec("portal", self.site_name, "portal", (host,), self.site_name, phone=self.phone)

    @property
    def tenants(self) -> tuple[UnitSpec, ...]:
        """The portal and then the units."""
        return (self.portal, *self.units)

    def names_for(self, unit: UnitSpec) -> dict[str, str]:
        """Give the names that stand for the placeholders in a unit's pages and articles."""
        return {
            "unit": f"{self.name}人民政府" if unit.kind == "portal" else unit.name,
            "short": unit.short_name,
            "site": unit.name if unit.kind == "portal" else f"{unit.name}网站",
            "host": unit.hosts[0],
            "county": self.name,
            "place": self.place,
            "portal": self.site_name,
            "opened": str(self.opened),
        }
