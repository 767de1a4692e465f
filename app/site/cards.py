"""Columns that show a unit's cards instead of an article, and the portal's overviews of all units' cards."""

from dataclasses import fields, replace
from itertools import groupby
from typing import TYPE_CHECKING

from flask import abort, g

from app.content.models import Attachment
from app.content.pictures import picture_of
from app.content.queries import Listed, MenuColumn
from app.core.html import FILES, shown
from app.core.pictures import Picture
from app.profile import overview, queries
from app.profile.models import Leader, Office, Profile
from app.profile.overview import UnitRow
from app.profile.speeches import ON_CARD, speeches_of
from app.profile.tree import Branch, tree_of
from app.profile.values import CONTACT
from app.site.frame import columns, link_to
from app.site.teasers import teaser
from app.tenancy.current import current_tenant
from app.tenancy.places import canonical, here, place
from app.theming.article_pages import ArticlePage, DataRow
from app.theming.pages import Link, Meta, Page, Teaser
from app.theming.profile_pages import (
    CountyLeadersPage,
    GuidePage,
    LeaderCard,
    LeadersPage,
    MapFigure,
    OfficeCard,
    OfficesPage,
    ProfilePage,
    UnitLeaders,
    UnitProfile,
    UnitProfiles,
    UnitsOverviewPage,
)
from app.web.blueprints import PublicBlueprint
from app.web.paging import PER_PAGE, page_number, pager

if TYPE_CHECKING:
    from collections.abc import Callable

bp = PublicBlueprint("cards", __name__)

PICTURES = "/pictures/"
OF_PROFILE = {
    "address": "办公地址",
    "office_hours": "办公时间",
    "phone": "联系电话",
    "fax": "传真",
    "mailbox": "电子邮箱",
    "postcode": "邮政编码",
}
#: The names of the guide's contact fields as the guide writes them (GK-05).
OF_GUIDE = {name: label.removeprefix("公开工作机构") for name, label in CONTACT.items()}


@bp.page("/jgzl/")
def units() -> UnitsOverviewPage:
    """Show what all units are, in one form (S-17, ZY-17)."""
    portal_id = _portal_id()
    number = page_number()
    at = pager(number, overview.count_units(portal_id), here("/jgzl/"))
    rows = overview.units(portal_id, limit=PER_PAGE, offset=(number - 1) * PER_PAGE)
    return UnitsOverviewPage(
        title="机构总览",
        canonical=canonical("/jgzl/" if number == 1 else f"/jgzl/?page={number}"),
        description="县内各单位的名称、职责、地址和电话。",
        trail=_directory(),
        groups=tuple(
            UnitProfiles(kind.label, tuple(_unit_profile(one) for one in of_kind))
            for kind, of_kind in groupby(rows, key=lambda one: one.kind)
        ),
        pager=at,
    )


@bp.page("/ldzc/")
def leaders() -> CountyLeadersPage:
    """Show the county's leaders, then each unit's (S-18)."""
    portal_id = _portal_id()
    number = page_number()
    at = pager(number, overview.count_units_with_leaders(portal_id), here("/ldzc/"))
    found = overview.units_with_leaders(portal_id, limit=PER_PAGE, offset=(number - 1) * PER_PAGE)
    portraits = overview.portraits_of(one for _, of_unit in found for one in of_unit)
    return CountyLeadersPage(
        title="领导之窗",
        canonical=canonical("/ldzc/" if number == 1 else f"/ldzc/?page={number}"),
        description="县政府和各单位领导的姓名、职务和工作分工。",
        trail=_directory(),
        groups=tuple(
            UnitLeaders(
                Link(unit.name, f"{unit.home}/"),
                tuple(
                    _leader(one, "" if unit.id == current_tenant.id else here(f"/u/{unit.slug}"), portraits)
                    for one in of_unit
                ),
            )
            for unit, of_unit in found
        ),
        pager=at,
    )


def page_of_cards(
    column: MenuColumn, trail: tuple[Link, ...], tags: tuple[tuple[str, str], ...]
) -> Page | None:
    """Return the page of a column that shows cards; None where it shows none, or nothing is signed yet."""
    makers: dict[str, Callable[[], tuple[type[Page], dict[str, object]] | None]] = {
        queries.OVERVIEW: _profile,
        queries.LEADERS: _leaders,
        queries.DUTIES: _offices if column.slug == queries.OFFICES_SLUG else _profile,
    }
    made = makers[column.type]() if column.type in makers else None
    if made is None:
        return None
    kind, own = made
    around = {
        "title": column.title,
        "canonical": canonical(column.path),
        "description": column.description,
        "meta": Meta(tags),
        "trail": trail,
        "siblings": tuple(
            link_to(one, column.slug)
            for one in columns()
            if one.type in makers and one.layout == column.layout and one.has_articles
        ),
    }
    return kind(**around, **own)  # type: ignore[arg-type]  # Each maker gives the fields of its kind.


def with_contact(page: ArticlePage) -> ArticlePage:
    """Return the guide's page with the disclosure office of the unit's profile, once signed (GK-05)."""
    profile = queries.shown_profile()
    rows = _rows(profile, OF_GUIDE) if profile else ()
    if not rows:
        return page
    said = {one.name: getattr(page, one.name) for one in fields(page)}
    return GuidePage(**said, contact=rows)


def overviews() -> tuple[Link, ...]:
    """Return the ways to what all units say of themselves."""
    return (Link("机构总览", here("/jgzl/")), Link("领导之窗", here("/ldzc/")))


def _portal_id() -> int:
    if not current_tenant.is_portal:
        abort(404)
    g.menu_at = "units"
    return current_tenant.id


def _directory() -> tuple[Link, ...]:
    return (Link("首页", here("/")), Link("县内单位", here("/units/")))


def _unit_profile(one: UnitRow) -> UnitProfile:
    return UnitProfile(
        unit=Link(one.name, f"{one.home}/"),
        duties=one.duties,
        address=one.address,
        phone=one.phone,
        links=tuple(Link(title, f"{one.home}/{slug}/") for slug, title in one.pages),
    )


def _profile() -> tuple[type[Page], dict[str, object]] | None:
    found = queries.shown_profile()
    if found is None:
        return None
    name = (DataRow("单位名称", found.name),)
    has_map = found.map_file and found.map_number
    return ProfilePage, {
        "facts": name + _rows(found, OF_PROFILE),
        "duties": shown(found.duties, files=here(FILES)),
        "map": MapFigure(_map(found), found.map_number) if has_map else None,
    }


def _map(profile: Profile) -> Picture:
    file = queries.picture_by_id(profile.map_id)
    says = f"{place().tenant.unit}位置地图"
    return (
        picture_of(file, here(PICTURES), says)
        if file
        else Picture(here(PICTURES + profile.map_file), says=says)
    )


def _leaders() -> tuple[type[Page], dict[str, object]] | None:
    found = queries.shown_leaders()
    if not found:
        return None
    spoken, portraits = speeches_of(found), overview.portraits_of(found)
    cards = (replace(_leader(one, here(""), portraits), speeches=_newest(spoken[one.id])) for one in found)
    return LeadersPage, {"leaders": tuple(cards)}


def _offices() -> tuple[type[Page], dict[str, object]] | None:
    found = queries.shown_offices()
    return (OfficesPage, {"offices": tuple(_office(one) for one in tree_of(found))}) if found else None


def _leader(one: Leader, mount: str, portraits: dict[int, Attachment]) -> LeaderCard:
    file = portraits.get(one.portrait_id or 0)
    return LeaderCard(
        name=one.name,
        post=one.post,
        division=one.division,
        resume=shown(one.resume, files=f"{mount}{FILES}"),
        portrait=picture_of(file, f"{mount}{PICTURES}", one.name) if file else None,
    )


def _newest(speeches: list[Listed]) -> tuple[Teaser, ...]:
    return tuple(teaser(one) for one in speeches[:ON_CARD])


def _office(branch: Branch) -> OfficeCard:
    one: Office = branch.office
    return OfficeCard(
        name=one.name,
        sort=one.sort.label,
        facts=_rows(one, {"head": "负责人", "phone": "电话", "place": "地点"}),
        duties=one.duties,
        under=tuple(_office(under) for under in branch.branches),
    )


def _rows(of: Profile | Office, labels: dict[str, str]) -> tuple[DataRow, ...]:
    return tuple(DataRow(label, getattr(of, name)) for name, label in labels.items() if getattr(of, name))
