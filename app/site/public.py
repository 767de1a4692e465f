"""Visitors' pages that are composed from several features: home, columns, directory, site map."""

from flask import abort, g, redirect
from flask.typing import ResponseReturnValue

from app.content import queries as content
from app.content.models import Layout, Section
from app.content.queries import MenuColumn
from app.disclosure import queries as disclosure
from app.documents.rows import siblings
from app.portal import amounts as portal_amounts
from app.portal import queries as portal
from app.portal.units import units_of_county
from app.site import home as homes
from app.site.article import article_page
from app.site.cards import overviews, page_of_cards, with_contact
from app.site.frame import column_at, columns, link_to, moved
from app.site.reading import with_handing_on
from app.site.teasers import teaser, teasers_of_entries
from app.tenancy.addresses import console_origin
from app.tenancy.current import current_tenant
from app.tenancy.places import canonical, here, place
from app.theming.home_pages import HomePage
from app.theming.pages import (
    ColumnPage,
    DirectoryPage,
    Link,
    Meta,
    Page,
    PortalHomePage,
    SiteMapPage,
    Teaser,
)
from app.theming.profile_pages import OverviewsPage
from app.web.blueprints import PublicBlueprint
from app.web.paging import PER_PAGE, page_number, pager

bp = PublicBlueprint("site", __name__)


@bp.page("/")
def home() -> HomePage | PortalHomePage:
    """Show the subsite's front page."""
    g.menu_at = "/"
    return homes.portal_home() if current_tenant.is_portal else homes.unit_home()


@bp.page("/<slug>/")
def column(slug: str) -> Page:
    """List a column's articles, newest first, or show the column that is a page: of cards, or its article."""
    found = column_at(slug) or moved(slug)
    g.menu_at = slug if found.section is not Section.DISCLOSURE else "xxgk"
    if found.layout == Layout.PAGE and (page := _single_page(found)):
        return page
    number = page_number()
    teasers, total = _listed(found, number)
    page = ColumnPage(
        title=found.title,
        canonical=canonical(found.path if number == 1 else f"{found.path}?page={number}"),
        description=found.description,
        meta=Meta(column_tags(found)),
        trail=trail_to(found)[:-1],
        feed=here(f"{found.path}feed.atom"),
        teasers=teasers,
        pager=pager(number, total, here(found.path)),
        siblings=tuple(link_to(one, slug) for one in columns() if _is_sibling(one, found)),
        note=_note(found, total),
        is_pictured=found.has_pictures,
    )
    return with_handing_on(page, found.id)


@bp.page("/units/")
def directory() -> DirectoryPage:
    """List all units of the portal; a unit has no such page."""
    if not current_tenant.is_portal:
        abort(404)
    g.menu_at = "units"
    return OverviewsPage(
        title="县内单位",
        canonical=canonical("/units/"),
        description=f"{place().tenant.county}各乡镇街道、部门和单位的网站。",
        groups=homes.groups_of(units_of_county().values()),
        overviews=overviews(),
    )


@bp.page("/map.html")
def site_map() -> SiteMapPage:
    """Show every place of the subsite, also those still empty."""
    groups: list[tuple[str, tuple[Link, ...]]] = [
        (
            "网站",
            (
                Link("首页", here("/")),
                Link("听证征集", here("/participate/")),
                Link("信息订阅（Atom）", here("/feed.atom")),
            ),
        )
    ]
    groups.append(("文件", siblings("")))
    if current_tenant.is_portal:
        groups.append(("单位", (Link("县内单位", here("/units/")), *overviews())))
    titles = {Section.MAIN: "栏目", Section.DISCLOSURE: "政府信息公开", Section.FOOTER: "关于本站"}
    for section, title in titles.items():
        links = tuple(link_to(one) for one in columns() if one.section is section)
        if section is Section.DISCLOSURE and links:
            links = (
                Link("政府信息公开", here("/xxgk/")),
                Link("主动公开目录", here("/xxgk/catalogue/")),
                *links,
            )
        if links:
            groups.append((title, links))
    return SiteMapPage(title="站点地图", canonical=canonical("/map.html"), groups=tuple(groups))


@bp.answer("/u/<slug>")
def mounted(slug: str) -> ResponseReturnValue:
    """Lead to a unit's home on the portal, which ends with a slash."""
    if not current_tenant.is_portal:
        abort(404)
    return redirect(here(f"/u/{slug}/"), 308)


@bp.answer("/manage")
def manage() -> ResponseReturnValue:
    """Lead staff to the console page of this subsite."""
    return redirect(f"{console_origin()}/{current_tenant.slug}/", 302)


@bp.answer("/login")
def login() -> ResponseReturnValue:
    """Lead staff who type this address to where they sign in; afterwards they are on their unit's desk."""
    return redirect(f"{console_origin()}/{current_tenant.slug}/", 302)


def _single_page(found: MenuColumn) -> Page | None:
    """Return what a column shows that is one page; None while there is nothing."""
    if found.has_articles and (cards := page_of_cards(found, trail_to(found)[:-1], column_tags(found))):
        return cards  # A column without anything is not asked for more.
    newest = content.newest_in(found.id)
    if newest is None:
        return None
    page = article_page(*newest, found)
    return with_contact(page) if found.block == "guide" else page


def trail_to(found: MenuColumn) -> tuple[Link, ...]:
    """Return the way from home to a column, with it."""
    way = [Link("首页", here("/"))]
    if found.section is Section.DISCLOSURE:
        way.append(Link("政府信息公开", here("/xxgk/")))
    return (*way, link_to(found))


def column_tags(found: MenuColumn) -> tuple[tuple[str, str], ...]:
    """Return the tags that the rule for government pages asks of a column (rules 1.4)."""
    return (
        ("ColumnName", found.title),
        ("ColumnDescription", found.description or found.title),
        ("ColumnKeywords", found.keywords or found.title),
        ("ColumnType", found.type),
    )


def _listed(found: MenuColumn, number: int) -> tuple[tuple[Teaser, ...], int]:
    offset, pictured = (number - 1) * PER_PAGE, found.has_pictures
    if not current_tenant.is_portal:
        rows = content.latest_in(found.id, limit=PER_PAGE, offset=offset, pictured=pictured)
        return tuple(teaser(one) for one in rows), content.count_in(found.id)
    entries = portal.entries(
        current_tenant.id, column_id=found.id, limit=PER_PAGE, offset=offset, pictured=pictured
    )
    also = portal.further_sources(current_tenant.id, [entry.entry_id for entry in entries])
    return teasers_of_entries(entries, also), portal_amounts.count_in(current_tenant.id, found.id)


def _note(found: MenuColumn, total: int) -> str:
    """Say why a kind of statutory information has nothing to read (GK-02)."""
    if found.block != disclosure.STATUTORY or total:
        return ""
    if reason := disclosure.reason_against(found.id):
        return f"不适用：{reason}"
    return "这类信息还没有公开的内容。需要了解的，请看政府信息公开指南，或按页面底部的电话与我们联系。"


def _is_sibling(one: MenuColumn, found: MenuColumn) -> bool:
    return one.section is found.section and (one.has_articles or one.slug == found.slug)
