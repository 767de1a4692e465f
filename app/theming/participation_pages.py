"""Hearings and consultations as readers see them: part of the theme author's API."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from app.theming.article_pages import AttachmentLink, DataRow
from app.theming.pages import Link, Page, Pager


@dataclass(frozen=True)
class HearingCard:
    """A hearing in a list."""

    title: str
    url: str
    #: 听证 or 征求意见.
    kind: str
    #: ``coming``, ``open``, ``closed`` or ``answered``, and its name on the screen.
    stage: str
    stage_label: str
    opens_at: datetime
    closes_at: datetime
    #: When people meet; None where they do not.
    held_at: datetime | None = None
    place: str = ""
    #: The unit that holds it; None on the unit's own subsite.
    unit: Link | None = None


@dataclass(frozen=True, kw_only=True)
class HearingListPage(Page):
    """Hearings and consultations: those one can take part in, or those that have closed."""

    template: ClassVar[str] = "hearings.html"
    stylesheet: ClassVar[str] = "participation.css"
    cards: tuple[HearingCard, ...]
    pager: Pager
    #: The two lists, of which one is current.
    tabs: tuple[Link, ...]
    #: What is said where there is none.
    empty: str


@dataclass(frozen=True, kw_only=True)
class HearingPage(Page):
    """One hearing: what it is about, how to take part, and what came of it."""

    template: ClassVar[str] = "hearing.html"
    stylesheet: ClassVar[str] = "participation.css"
    card: HearingCard
    facts: tuple[DataRow, ...]
    announcement: Link
    #: The drafts and materials that people are asked about.
    drafts: tuple[AttachmentLink, ...] = ()
    #: How to take part now; empty while one cannot.
    ways: tuple[Link, ...] = ()
    #: One sentence on where it stands.
    standing: str = ""
    #: How many took part, once it has closed.
    numbers: tuple[DataRow, ...] = ()
    minutes: Link | None = None
    result: Link | None = None
