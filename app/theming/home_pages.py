"""Part of the theme author's API: a unit's front page, made of blocks in the unit's own order."""

from dataclasses import dataclass
from typing import ClassVar

from app.theming.pages import Link, Page, Share, Teaser


@dataclass(frozen=True, kw_only=True)
class HomeBlock:
    """One block of a front page, drawn by ``parts/blocks/<kind>.html``; empty ones never get here."""

    kind: str
    #: Its title, and where all of it is to be read; no address where there is no such page.
    heading: Link
    #: Where it stands: wide, main or side.
    area: str
    #: The column's type, such as ``news`` or ``notice``: a theme may draw some types differently.
    type: str = "other"
    teasers: tuple[Teaser, ...] = ()
    links: tuple[Link, ...] = ()
    #: Links under headings of their own.
    groups: tuple[tuple[str, tuple[Link, ...]], ...] = ()


@dataclass(frozen=True, kw_only=True)
class HomePage(Page):
    """The front page of a unit's subsite."""

    template: ClassVar[str] = "home.html"
    stylesheet: ClassVar[str] = "home.css"
    #: In the unit's order; each area keeps the order among its own.
    blocks: tuple[HomeBlock, ...]
    #: True where the unit chose the order: a theme that prefers another leaves it alone.
    is_arranged: bool = False
    #: What answers a rumour, for its time at the head of the page (GK-12).
    clarifications: tuple[Teaser, ...] = ()
    #: The short address of the subsite and its square picture; None on a look that is tried.
    share: Share | None = None
