"""The theme author's API: public pages, and the names that a template may use; articles in article_pages.py.

A template sees the fields of its page by name, ``site`` (a Site), ``page`` (the page itself),
``theme_stylesheet`` (an address), the function ``asset(path)``, and the filters of filters.py. Nothing else
exists there: no request, no session, no rows of the database. Every address in a page is complete already.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from app.core.pictures import Picture
from app.theming.look_parts import Look
from app.theming.toolbar import Toolbar


@dataclass(frozen=True)
class Link:
    """A title and where it leads."""

    title: str
    url: str
    #: True where the visitor is now, for ``aria-current``.
    current: bool = False


@dataclass(frozen=True)
class Footer:
    """What the foot of every page must name (ZY-09)."""

    sponsor: str
    organizer: str
    site_code: str
    icp: str
    police: str
    phone: str
    address: str
    postcode: str
    email: str
    #: "I find faults for government websites", the national entry for this site code.
    fault_report: Link
    #: Site map, statements and the like, in the order in which they are shown.
    links: tuple[Link, ...]
    #: The registration of the mark of party and state bodies; None until the office has entered its code.
    mark: Link | None = None


@dataclass(frozen=True)
class Banner:
    """A published text of the portal that stands over pages for a time."""

    #: ``emergency`` or ``notice``, and what that is called.
    level: str
    label: str
    text: Link


@dataclass(frozen=True)
class Site:
    """The subsite around a page: the same on all its pages."""

    name: str
    #: The name of the unit that keeps the site, which may be longer than the site's.
    unit: str
    county: str
    domain: str
    kind: str
    is_portal: bool
    #: Where the county portal is; None on the portal itself.
    portal: Link | None
    home: str
    menu: tuple[Link, ...]
    footer: Footer
    theme: str
    palette: str
    #: True for the demonstration county: every page says so.
    is_demo: bool
    #: Where staff go to work on this site.
    manage: str
    support_phone: str
    #: The unit's own, empty where it has said none; the footer then has its portal's.
    phone: str = ""
    address: str = ""
    #: How the visitor wants pages to look, and may (WZ-02).
    toolbar: Toolbar = field(default_factory=Toolbar)
    #: What the unit chose beside what the county fixes.
    look: Look = field(default_factory=Look)
    #: True on days of mourning (MG-01).
    is_grey: bool = False
    #: What the county says over all pages for a time.
    banners: tuple["Banner", ...] = ()
    #: What the unit itself says over its pages for a time: titles of its own texts.
    announcements: tuple[Link, ...] = ()
    #: True where the subsite is closed: it has nothing to be searched.
    is_closed: bool = False


@dataclass(frozen=True)
class Teaser:
    """An article as it appears in a list."""

    title: str
    url: str
    published_at: datetime
    summary: str = ""
    #: The unit that published it; set where a list shows several units' articles.
    unit: Link | None = None
    #: Further units that published the same text (S-09).
    also: tuple[Link, ...] = ()
    document_number: str = ""
    is_pinned: bool = False
    #: What it shows, where a list shows pictures.
    picture: Picture | None = None
    #: Why it may not hold as it stands, such as 已废止 (GK-11); empty where it does.
    mark: str = ""


@dataclass(frozen=True)
class Block:
    """A heading with the newest articles under it; the link leads to all of them."""

    heading: Link
    teasers: tuple[Teaser, ...]
    #: The column's type, such as ``news`` or ``notice``: a theme may draw some types differently.
    type: str = "other"


@dataclass(frozen=True)
class Pager:
    """Where a list's page stands among its pages; pages count from 1."""

    page: int
    pages: int
    total: int
    previous: str | None
    next: str | None
    #: The pages worth a link; None stands for pages left out.
    links: tuple[Link | None, ...]


@dataclass(frozen=True)
class UnitCard:
    """A unit in the directory of units."""

    name: str
    url: str
    phone: str
    address: str
    #: True when the unit keeps a site of its own elsewhere (S-05).
    is_external: bool


@dataclass(frozen=True)
class UnitGroup:
    """Units of one kind: all of them, or on a front page the first of very many."""

    title: str
    units: tuple[UnitCard, ...]
    #: How many there are.
    count: int


@dataclass(frozen=True)
class Share:
    """How to hand a page on: its short address, and the same as a square picture to scan."""

    address: str
    svg: str
    png: str


@dataclass(frozen=True)
class Faults:
    """Where a reader reports a mistake: the national entry with this page filled in, and the unit itself."""

    report: str
    phone: str = ""
    #: A link that begins a letter; empty where the unit has no address.
    mail: str = ""


@dataclass(frozen=True)
class Meta:
    """The tags that the rule for government pages asks for in a page's head (rules 1.4), by their name."""

    tags: tuple[tuple[str, str], ...] = ()
    #: The same for search engines, in the words of schema.org.
    json_ld: Mapping[str, object] | None = None


@dataclass(frozen=True, kw_only=True)
class Page:
    """What a public view returns; the tenant's theme turns it into HTML."""

    template: ClassVar[str]
    #: What this kind of page loads besides the theme's own sheet; empty where that is enough.
    stylesheet: ClassVar[str] = ""

    #: The page's own heading, its only ``h1``; the ``title`` element begins with it.
    title: str
    #: The address that search engines shall keep; absolute.
    canonical: str
    description: str = ""
    meta: Meta = field(default_factory=Meta)
    #: The way from the home page to here, without the page itself.
    trail: tuple[Link, ...] = ()
    #: The Atom feed of what the page lists, if it has one.
    feed: str | None = None


@dataclass(frozen=True, kw_only=True)
class PortalHomePage(Page):
    """The front page of the county portal."""

    template: ClassVar[str] = "portal.html"
    stylesheet: ClassVar[str] = "home.css"
    lead: Teaser | None
    news: Block
    notices: Block
    documents: Block
    #: The newest of all units, with their names.
    latest: Block
    #: The remaining columns that have something to show.
    blocks: tuple[Block, ...]
    disclosure: tuple[Link, ...]
    units: tuple[UnitGroup, ...]
    clarifications: tuple[Teaser, ...] = ()
    #: News in pictures of all units; None where nothing has one.
    photos: Block | None = None


@dataclass(frozen=True, kw_only=True)
class ColumnPage(Page):
    """One page of a column's list."""

    template: ClassVar[str] = "column.html"
    stylesheet: ClassVar[str] = "article.css"
    teasers: tuple[Teaser, ...]
    pager: Pager
    #: The columns beside this one.
    siblings: tuple[Link, ...]
    #: What a visitor has to know of the column, such as why the unit has nothing of the kind (GK-02).
    note: str = ""
    #: Small pictures stand beside the titles of those that have one.
    is_pictured: bool = False
    share: Share | None = None
    faults: Faults | None = None


@dataclass(frozen=True, kw_only=True)
class DirectoryPage(Page):
    """All units of the county, by kind."""

    template: ClassVar[str] = "directory.html"
    groups: tuple[UnitGroup, ...]


@dataclass(frozen=True, kw_only=True)
class SiteMapPage(Page):
    """Every place of the subsite on one page."""

    template: ClassVar[str] = "sitemap.html"
    groups: tuple[tuple[str, tuple[Link, ...]], ...]


@dataclass(frozen=True, kw_only=True)
class ErrorPage(Page):
    """Why there is nothing to show, and what the visitor can do."""

    template: ClassVar[str] = "error.html"
    status: int
    #: Whole sentences: what happened, what to do next.
    advice: tuple[str, ...]
    links: tuple[Link, ...]
