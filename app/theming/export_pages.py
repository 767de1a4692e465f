"""The page from which whole catalogues are fetched; part of the theme author's API beside pages.py."""

from dataclasses import dataclass
from typing import ClassVar

from app.theming.pages import Link, Page


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
