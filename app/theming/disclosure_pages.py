"""What themes show of government information disclosure: the four blocks, the catalogue, the areas."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.theming.pages import Link, Page, Pager, Teaser


@dataclass(frozen=True)
class DisclosureBlock:
    """One of the four fixed blocks of /xxgk/ (GK-10)."""

    heading: Link
    teasers: tuple[Teaser, ...]
    count: int = 0


@dataclass(frozen=True)
class DisclosureNode:
    """One kind of information that the statute asks for (GK-02), and how much of it there is."""

    heading: Link
    count: int
    source: str
    newest: date | None = None
    #: Why the unit has nothing of it; empty where it has to have it.
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class DisclosurePage(Page):
    """Government information disclosure: guide, rules, statutory content, annual reports."""

    template: ClassVar[str] = "disclosure.html"
    stylesheet: ClassVar[str] = "disclosure.css"
    guide: DisclosureBlock
    rules: DisclosureBlock
    statutory: tuple[DisclosureNode, ...]
    annual: DisclosureBlock
    #: The catalogue as a table, and what else leads on from here.
    further: tuple[Link, ...] = ()


@dataclass(frozen=True)
class CatalogueEntry:
    """One row of a catalogue: all that the rule asks to be said of it (rules 1.10, 1.11)."""

    code: str
    first: str
    second: Link
    content: str
    basis: str
    deadline: str
    channels: str
    audience: str
    mode: str
    level: str
    count: int
    newest: date | None = None
    #: The unit whose row it is; set where a list shows several units' rows.
    unit: Link | None = None


@dataclass(frozen=True)
class CatalogueGroup:
    """The rows of one first-level matter."""

    title: str
    entries: tuple[CatalogueEntry, ...]


@dataclass(frozen=True, kw_only=True)
class CataloguePage(Page):
    """A unit's whole catalogue on one page, which can be printed."""

    template: ClassVar[str] = "catalogue.html"
    stylesheet: ClassVar[str] = "disclosure.css"
    unit: str
    changed_on: date | None
    groups: tuple[CatalogueGroup, ...]


@dataclass(frozen=True, kw_only=True)
class CatalogueRowPage(Page):
    """One row of the catalogue and what was disclosed under it."""

    template: ClassVar[str] = "catalogue_row.html"
    stylesheet: ClassVar[str] = "disclosure.css"
    entry: CatalogueEntry
    teasers: tuple[Teaser, ...]
    pager: Pager
    #: What a visitor has to know of the row, such as that it is kept no more.
    note: str = ""


@dataclass(frozen=True)
class AreaCard:
    """One of the areas of standardised openness, and how many units keep how many matters of it."""

    heading: Link
    entries: int
    units: int


@dataclass(frozen=True, kw_only=True)
class AreasPage(Page):
    """The areas of standardised openness at the base, on the portal."""

    template: ClassVar[str] = "areas.html"
    stylesheet: ClassVar[str] = "disclosure.css"
    areas: tuple[AreaCard, ...]


@dataclass(frozen=True, kw_only=True)
class AreaPage(Page):
    """One area over all units."""

    template: ClassVar[str] = "area.html"
    stylesheet: ClassVar[str] = "disclosure.css"
    entries: tuple[CatalogueEntry, ...]
    pager: Pager
    siblings: tuple[Link, ...]
