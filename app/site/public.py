"""Visitors' pages that are composed from several features: home, columns, disclosure, directory, site map."""

from flask import abort, g, redirect
from flask.typing import ResponseReturnValue

from app.content import queries as content
from app.content.models import Layout, Section
from app.content.queries import MenuColumn
from app.portal import queries as portal
from app.site import home as homes
from app.site.article import article_page
from app.site.frame import column_at, columns, link_to
from app.site.teasers import teaser, teasers_of_entries
from app.tenancy.addresses import console_origin
from app.tenancy.current import current_tenant
from app.tenancy.models import TenantKind
from app.tenancy.places import canonical, here, place
from app.theming.pages import (
    ArticlePage,
    ColumnPage,
    DirectoryPage,
    DisclosureBlock,
    DisclosureNode,
    DisclosurePage,
    HomePage,
    Link,
    Meta,
    PortalHomePage,
    SiteMapPage,
    Teaser,
)
from app.web.blueprints import PublicBlueprint
from app.web.paging import PER_PAGE, page_number, pager

#: How many of each block /xxgk/ shows.
IN_DISCLOSURE = 5

bp = PublicBlueprint("site", __name__)


@bp.page("/")
def home() -> HomePage | PortalHomePage:
    """Show the subsite's front page."""
    g.menu_at = "/"
    return homes.portal_home() if current_tenant.is_portal else homes.unit_home()


@bp.page("/<slug>/")
def column(slug: str) -> ColumnPage | ArticlePage:
    """List a column's articles, newest first, or show the column that is a page."""
    found = column_at(slug) or abort(404)
    g.menu_at = slug if found.section is not Section.DISCLOSURE else "xxgk"
    if found.layout == Layout.PAGE and (newest := content.newest_in(found.id)):
        return article_page(*newest, found)
    number = page_number()
    teasers, total = _listed(found, number)
    return ColumnPage(
        title=found.title,
        canonical=canonical(found.path if number == 1 else f"{found.path}?page={number}"),
        description=found.description,
        meta=Meta(column_tags(found)),
        trail=trail_to(found)[:-1],
        feed=here(f"{found.path}feed.atom"),
        teasers=teasers,
        pager=pager(number, total, here(found.path)),
        siblings=tuple(link_to(one, slug) for one in columns() if _is_sibling(one, found)),
    )


@bp.page("/xxgk/")
def disclosure() -> DisclosurePage:
    """Show government information disclosure in its four fixed blocks (GK-10)."""
    if current_tenant.kind is TenantKind.INDEPENDENT:
        abort(404)
    g.menu_at = "xxgk"
    newest = content.latest_by_column(limit=IN_DISCLOSURE)
    counts = content.count_by_column()
    of_section = [one for one in columns() if one.section is Section.DISCLOSURE]

    def block(name: str, title: str) -> DisclosureBlock:
        found = next((one for one in of_section if one.block == name), None)
        if found is None:
            return DisclosureBlock(Link(title, here("/xxgk/")), ())
        return DisclosureBlock(link_to(found), tuple(teaser(one) for one in newest.get(found.slug, ())))

    return DisclosurePage(
        title="政府信息公开",
        canonical=canonical("/xxgk/"),
        description=f"{place().tenant.unit}政府信息公开：指南、制度、法定主动公开内容、年报。",
        guide=block("guide", "政府信息公开指南"),
        rules=block("rules", "政府信息公开制度"),
        annual=block("annual", "政府信息公开年报"),
        statutory=tuple(
            DisclosureNode(link_to(one), counts.get(one.id, 0), one.source)
            for one in of_section
            if one.block == "statutory"
        ),
    )


@bp.page("/units/")
def directory() -> DirectoryPage:
    """List all units of the portal; a unit has no such page."""
    if not current_tenant.is_portal:
        abort(404)
    g.menu_at = "units"
    return DirectoryPage(
        title="县内单位",
        canonical=canonical("/units/"),
        description=f"{place().tenant.county}各乡镇街道、部门和单位的网站。",
        groups=homes.groups_of(portal.units_of(current_tenant.id)),
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
    if current_tenant.is_portal:
        groups.append(("单位", (Link("县内单位", here("/units/")),)))
    titles = {Section.MAIN: "栏目", Section.DISCLOSURE: "政府信息公开", Section.FOOTER: "关于本站"}
    for section, title in titles.items():
        links = tuple(link_to(one) for one in columns() if one.section is section)
        if section is Section.DISCLOSURE and links:
            links = (Link("政府信息公开", here("/xxgk/")), *links)
        if links:
            groups.append((title, links))
    return SiteMapPage(title="站点地图", canonical=canonical("/map.html"), groups=tuple(groups))


@bp.answer("/u/<slug>")
def mounted(slug: str) -> ResponseReturnValue:
    """Lead to a unit's home on the portal, which ends with a slash."""
    if not current_tenant.is_portal:
        abort(404)
    return redirect(f"/u/{slug}/", 308)


@bp.answer("/manage")
def manage() -> ResponseReturnValue:
    """Lead staff to the console page of this subsite."""
    return redirect(f"{console_origin()}/{current_tenant.slug}/", 302)


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
    offset = (number - 1) * PER_PAGE
    if not current_tenant.is_portal:
        rows = content.latest_in(found.id, limit=PER_PAGE, offset=offset)
        return tuple(teaser(one) for one in rows), content.count_in(found.id)
    entries = portal.entries(current_tenant.id, column_id=found.id, limit=PER_PAGE, offset=offset)
    also = portal.further_sources(current_tenant.id, [entry.entry_id for entry in entries])
    return teasers_of_entries(entries, also), portal.count_in(current_tenant.id, found.id)


def _is_sibling(one: MenuColumn, found: MenuColumn) -> bool:
    return one.section is found.section and (one.has_articles or one.slug == found.slug)
