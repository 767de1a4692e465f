"""Pages of documents for theme authors: the library, plans, notices and collections."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from app.theming.pages import Link, Page, Pager


@dataclass(frozen=True)
class DocumentRow:
    """An official document as lists of documents show it."""

    title: str
    url: str
    genre: str
    document_number: str
    formed_on: date | None
    published_at: datetime
    #: What holds today in words, and as the end of a class name: valid, amended, abolished, expired, pending.
    validity: str
    state: str
    #: The unit that published it, where a list shows several units' documents.
    unit: Link | None = None
    summary: str = ""


@dataclass(frozen=True)
class FacetValue:
    """A value to choose, or the chosen one, with how many documents it leads to."""

    link: Link
    count: int


@dataclass(frozen=True)
class Facet:
    """A way to narrow a list: its values, and where the list is that does not narrow by it."""

    title: str
    every: Link
    values: tuple[FacetValue, ...]
    #: Where the values are that the list has no room for, and how many; None where it names all.
    others: Link | None = None


@dataclass(frozen=True)
class NumberForm:
    """The form that finds a document by its number; sent by GET with the fields that it keeps."""

    action: str
    written: str
    #: Names and values of what was chosen before.
    kept: tuple[tuple[str, str], ...] = ()
    #: Why nothing was found, in a sentence with what to do; empty where all is well.
    says: str = ""


@dataclass(frozen=True, kw_only=True)
class LibraryPage(Page):
    """Official documents by facets and by number."""

    template: ClassVar[str] = "library.html"
    stylesheet: ClassVar[str] = "documents.css"
    rows: tuple[DocumentRow, ...]
    facets: tuple[Facet, ...]
    form: NumberForm
    sorts: tuple[Link, ...]
    pager: Pager
    #: Plans, notices, collections.
    siblings: tuple[Link, ...]


@dataclass(frozen=True)
class PlanRow:
    """A plan and the document that adopted it, which may be only its number."""

    document: DocumentRow
    adopted_by: Link | None


@dataclass(frozen=True)
class PlanPeriod:
    """The plans of one period; the link leads to all of them."""

    heading: Link
    count: int
    plans: tuple[PlanRow, ...]


@dataclass(frozen=True, kw_only=True)
class PlansPage(Page):
    """Plans by their period, the latest period first; of one period in pages."""

    template: ClassVar[str] = "plans.html"
    stylesheet: ClassVar[str] = "documents.css"
    periods: tuple[PlanPeriod, ...]
    pager: Pager | None
    siblings: tuple[Link, ...]


@dataclass(frozen=True)
class NoticeRow:
    """A notice; one that runs for a time says how long still."""

    document: DocumentRow
    #: Such as 公示已结束; empty for what has no period.
    period: str = ""
    #: True while the public may still object.
    is_running: bool = False
    is_pinned: bool = False
    until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class NoticesPage(Page):
    """Notices of the five kinds and clarifications: what runs or is pinned first."""

    template: ClassVar[str] = "notices.html"
    stylesheet: ClassVar[str] = "documents.css"
    #: On the first page only.
    pinned: tuple[NoticeRow, ...]
    running: tuple[NoticeRow, ...]
    rows: tuple[NoticeRow, ...]
    kinds: Facet
    pager: Pager
    siblings: tuple[Link, ...]


@dataclass(frozen=True)
class CollectionCard:
    """A collection in the list of collections."""

    link: Link
    description: str
    count: int


@dataclass(frozen=True, kw_only=True)
class CollectionsPage(Page):
    """All collections of a subsite."""

    template: ClassVar[str] = "collections.html"
    stylesheet: ClassVar[str] = "documents.css"
    cards: tuple[CollectionCard, ...]
    siblings: tuple[Link, ...]


@dataclass(frozen=True, kw_only=True)
class CollectionPage(Page):
    """One collection with its documents in order."""

    template: ClassVar[str] = "collection.html"
    stylesheet: ClassVar[str] = "documents.css"
    rows: tuple[DocumentRow, ...]
    siblings: tuple[Link, ...]
