"""The page of a search, for theme authors: part of their API (pages.py)."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from app.theming.pages import Link, Page, Pager


@dataclass(frozen=True)
class Piece:
    """A part of a text; what was searched for is marked."""

    text: str
    is_marked: bool = False


@dataclass(frozen=True)
class SearchHit:
    """An article that was found."""

    title: tuple[Piece, ...]
    url: str
    published_at: datetime
    excerpt: tuple[Piece, ...] = ()
    document_number: tuple[Piece, ...] = ()
    #: Set where several units are searched.
    unit: Link | None = None
    #: Further units that published the same text (S-09).
    also: tuple[Link, ...] = ()
    column: str = ""
    #: Said where a document no longer holds, or not yet: 已废止, 尚未施行.
    standing: str = ""
    #: True where the words stand in a file only.
    is_in_file: bool = False


@dataclass(frozen=True)
class SearchCard:
    """The thing itself that was searched for: a unit, a leader, a matter."""

    sort: str
    title: str
    url: str
    #: Pairs of a term and what it is.
    facts: tuple[tuple[str, str], ...] = ()
    is_external: bool = False


@dataclass(frozen=True)
class Choice:
    """A way to narrow a search, and how many results it leaves."""

    link: Link
    count: int


@dataclass(frozen=True)
class Facet:
    """By what a search can be narrowed; where one choice has been made, only that one is left."""

    title: str
    choices: tuple[Choice, ...]
    #: Leads back to all, where a choice has been made.
    cleared: str | None = None


@dataclass(frozen=True, kw_only=True)
class SearchPage(Page):
    """What a search has found, or before anything was asked, the form alone."""

    template: ClassVar[str] = "search.html"
    stylesheet: ClassVar[str] = "search.css"
    #: What was asked, as it stands in the form.
    query: str
    #: Where the form is sent.
    action: str
    #: How many were found, in words; empty before anything was asked.
    told: str = ""
    #: Sentences on how the question was understood.
    notices: tuple[str, ...] = ()
    cards: tuple[SearchCard, ...] = ()
    hits: tuple[SearchHit, ...] = ()
    facets: tuple[Facet, ...] = ()
    orders: tuple[Link, ...] = ()
    pager: Pager | None = None
    #: What may have been meant instead.
    meant: tuple[Link, ...] = ()
    related: tuple[Link, ...] = ()
    #: Where else the same can be searched for, such as the whole county.
    elsewhere: tuple[Link, ...] = ()
    #: What to try, where nothing was found.
    advice: tuple[str, ...] = ()
