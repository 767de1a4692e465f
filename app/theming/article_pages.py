"""Part of the theme author's API: one article with its data, its files and its neighbours."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from markupsafe import Markup

from app.core.pictures import Picture
from app.theming.pages import Faults, Link, Page, Share


@dataclass(frozen=True)
class AttachmentLink:
    """A file that belongs to an article."""

    title: str
    url: str
    #: What the file is, such as ``PDF`` or ``Word``.
    label: str
    #: Bytes.
    size: int
    #: Whether the browser shows it rather than saving it, such as a PDF.
    is_shown: bool = False
    #: The file itself, where it is a picture.
    picture: Picture | None = None
    #: Whether it is a video, and where its captions are; empty where it has none.
    is_video: bool = False
    captions: str = ""


@dataclass(frozen=True)
class DataRow:
    """One line of the table of an article's data: a term and what it is."""

    term: str
    value: str
    url: str | None = None


@dataclass(frozen=True)
class NoticePeriod:
    """From when to when the public may object to what a notice announces, and to whom (S-21)."""

    begins: datetime
    ends: datetime
    contact: str
    #: ``ahead``, ``running`` or ``ended``, at the minute at which the page was asked for.
    state: str
    #: Whole days to the last one, while it is running; 0 on the last day.
    days_left: int


@dataclass(frozen=True, kw_only=True)
class ArticlePage(Page):
    """One article; also used for columns that are a single page, such as the unit's profile."""

    template: ClassVar[str] = "article.html"
    stylesheet: ClassVar[str] = "article.css"
    body: Markup
    published_at: datetime
    source: str
    unit: Link
    column: Link
    document_number: str = ""
    formed_on: date | None = None
    #: When a signed text replaced an earlier one, and what it put right (S-61).
    corrected_at: datetime | None = None
    correction: str = ""
    #: Whether a document holds (GK-11), where that needs saying: its value, and the word for it.
    validity: str = "valid"
    validity_label: str = ""
    #: Since when it no longer holds, and what took its place.
    invalid_since: date | None = None
    successor: Link | None = None
    #: The title of its column where that is not kept any more (ZY-24); empty for all other articles.
    archived_of: str = ""
    #: Of a public notice period; None for all other articles.
    period: NoticePeriod | None = None
    #: Of a clarification: the rumour that it answers (GK-12).
    answers: str = ""
    #: The table of the article's data; empty for plain news.
    data: tuple[DataRow, ...] = ()
    #: What the document does to others and they to it: headings with their documents (GK-11, ZY-20).
    relations: tuple[tuple[str, tuple[Link, ...]], ...] = ()
    attachments: tuple[AttachmentLink, ...] = ()
    #: Whether the text can be had as files; a preview cannot.
    has_downloads: bool = True
    #: The older and the newer article of the same column.
    previous: Link | None = None
    next: Link | None = None
    #: The newest articles of the same subject.
    alike: tuple[Link, ...] = ()
    #: None in the preview of what is not public yet.
    share: Share | None = None
    faults: Faults | None = None
