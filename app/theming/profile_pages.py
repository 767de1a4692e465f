"""Pages of what units say of themselves: profile, leaders, offices, the guide, and the portal's overviews."""

from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from app.core.pictures import Picture
from app.theming.article_pages import ArticlePage, DataRow
from app.theming.pages import DirectoryPage, Link, Page, Pager, Teaser


@dataclass(frozen=True)
class MapFigure:
    """A map, which never stands without the number under which it was examined (ZY-15)."""

    picture: Picture
    number: str


@dataclass(frozen=True, kw_only=True)
class ProfilePage(Page):
    """What the unit is: its duties, and where and when it is to be reached (S-17, ZY-17)."""

    template: ClassVar[str] = "profile.html"
    stylesheet: ClassVar[str] = "profile.css"
    facts: tuple[DataRow, ...]
    duties: Markup
    map: MapFigure | None
    #: The columns beside this one.
    siblings: tuple[Link, ...]


@dataclass(frozen=True)
class LeaderCard:
    """One leader (S-18, ZY-16)."""

    name: str
    post: str
    #: What the person answers for, in lines.
    division: str
    resume: Markup
    #: A theme shows the first character of the name where there is none.
    portrait: Picture | None = None
    #: The newest speeches.
    speeches: tuple[Teaser, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LeadersPage(Page):
    """The unit's leaders in their order."""

    template: ClassVar[str] = "leaders.html"
    stylesheet: ClassVar[str] = "profile.css"
    leaders: tuple[LeaderCard, ...]
    siblings: tuple[Link, ...]


@dataclass(frozen=True)
class OfficeCard:
    """One office with those under it (S-19)."""

    name: str
    sort: str
    facts: tuple[DataRow, ...]
    duties: str
    under: tuple["OfficeCard", ...] = ()


@dataclass(frozen=True, kw_only=True)
class OfficesPage(Page):
    """The unit's offices as a tree."""

    template: ClassVar[str] = "offices.html"
    stylesheet: ClassVar[str] = "profile.css"
    offices: tuple[OfficeCard, ...]
    siblings: tuple[Link, ...]


@dataclass(frozen=True, kw_only=True)
class GuidePage(ArticlePage):
    """The guide to disclosure with its six contact fields, which are the profile's (GK-05)."""

    template: ClassVar[str] = "guide.html"
    contact: tuple[DataRow, ...]


@dataclass(frozen=True)
class UnitProfile:
    """A unit in the portal's overview of units."""

    unit: Link
    duties: str
    address: str
    phone: str
    #: Its pages of profile, leaders and offices, as far as it has them.
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class UnitProfiles:
    """The units of one kind on one page of the overview."""

    title: str
    units: tuple[UnitProfile, ...]


@dataclass(frozen=True, kw_only=True)
class UnitsOverviewPage(Page):
    """What all units of the county are, in one form (ZY-17)."""

    template: ClassVar[str] = "units_overview.html"
    stylesheet: ClassVar[str] = "profile.css"
    groups: tuple[UnitProfiles, ...]
    pager: Pager


@dataclass(frozen=True)
class UnitLeaders:
    """The leaders of one unit."""

    unit: Link
    leaders: tuple[LeaderCard, ...]


@dataclass(frozen=True, kw_only=True)
class CountyLeadersPage(Page):
    """The county's leaders, then each unit's (S-18)."""

    template: ClassVar[str] = "county_leaders.html"
    stylesheet: ClassVar[str] = "profile.css"
    groups: tuple[UnitLeaders, ...]
    pager: Pager


@dataclass(frozen=True, kw_only=True)
class OverviewsPage(DirectoryPage):
    """The directory of units, with the ways to the overviews of profiles and leaders."""

    template: ClassVar[str] = "overviews.html"
    stylesheet: ClassVar[str] = "profile.css"
    overviews: tuple[Link, ...]
