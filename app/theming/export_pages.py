"""The pages of what leaves the site: catalogues to be fetched, and the interface for programs.

Part of the theme author's API, beside pages.py.
"""

from dataclasses import dataclass
from typing import ClassVar

from app.theming.pages import Link, Page, Pager


@dataclass(frozen=True)
class CatalogueFile:
    """A file of a catalogue: what sort, where, and about how large."""

    label: str
    url: str
    #: Bytes, estimated.
    size: int


@dataclass(frozen=True)
class CataloguePart:
    """The whole catalogue, or one year of it."""

    title: str
    #: How many texts it lists.
    count: int
    files: tuple[CatalogueFile, ...]


@dataclass(frozen=True, kw_only=True)
class DownloadPage(Page):
    """The catalogue to be fetched: all of it, and year by year (GK-09)."""

    template: ClassVar[str] = "download.html"
    whole: CataloguePart
    years: tuple[CataloguePart, ...]
    #: On a portal the whole catalogue of each unit, which lies on the unit's own site.
    units: tuple[Link, ...]
    #: Above so many texts there is no workbook.
    most_in_workbook: int
    #: Where programs read the same.
    interface: Link | None


@dataclass(frozen=True)
class CatalogueListRow:
    """One information with the four facts that the law asks of a catalogue."""

    index_number: str
    name: Link
    outline: str
    #: The day on which it was made, or on which it was published where no day was written.
    made_on: str


@dataclass(frozen=True, kw_only=True)
class CatalogueListPage(Page):
    """The unit's catalogue as the law describes it: index, name, outline, date (GK-05)."""

    template: ClassVar[str] = "catalogue_list.html"
    stylesheet: ClassVar[str] = "disclosure.css"
    rows: tuple[CatalogueListRow, ...]
    pager: Pager
    #: On a portal the lists of its units.
    units: tuple[Link, ...]


@dataclass(frozen=True)
class Endpoint:
    """One thing that programs may ask, with an address to try."""

    title: str
    what: str
    example: str


@dataclass(frozen=True, kw_only=True)
class InterfacePage(Page):
    """How programs read what the site publishes."""

    template: ClassVar[str] = "interface.html"
    endpoints: tuple[Endpoint, ...]
    #: The OpenAPI document.
    document: str
    #: Where whole catalogues are fetched.
    catalogues: Link
    #: How often one address may ask, as it is set.
    rate: str
    #: Names and meanings of the filters.
    filters: tuple[tuple[str, str], ...]
