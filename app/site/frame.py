"""What stands around every page of a subsite: its names, menu and footer."""

import re
from dataclasses import replace
from typing import Any, NoReturn
from urllib.parse import quote

from flask import abort, g, redirect
from sqlalchemy import Select, or_

from app.content import queries as content
from app.content.former import column_merged_from
from app.content.models import Section
from app.content.queries import MenuColumn
from app.core.prepared import prepared
from app.look.queries import design_now
from app.look.shown import shown_look
from app.portal import queries as portal
from app.profile import queries as profile
from app.site.display import current_toolbar
from app.site.periods import announced_here, banners_now, is_grey
from app.tenancy.addresses import console_origin
from app.tenancy.current import current_tenant
from app.tenancy.models import Tenant, TenantKind
from app.tenancy.places import here, place
from app.tenancy.shared import shared_by_pages
from app.theming.pages import Footer, Link, Site

FAULT_REPORT = "https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code="
#: What a unit takes from its portal where it says nothing itself.
FOOTER_FIELDS = (
    "sponsor",
    "organizer",
    "site_code",
    "icp",
    "police",
    "mark_code",
    "phone",
    "address",
    "postcode",
    "email",
)
MARK = "https://bszs.conac.cn/sitename?method=show&id="
MOST_IN_MENU = 9
#: As columns are named in addresses; what is none cannot be one that was merged.
SLUG = re.compile(r"[a-z0-9-]{1,40}")


@shared_by_pages
def columns() -> tuple[MenuColumn, ...]:
    """Return the subsite's columns."""
    return tuple(content.menu_columns(_menu(is_portal=current_tenant.is_portal)))


@prepared
def _menu(*, is_portal: bool) -> Select[*tuple[Any, ...]]:
    articles = portal.fills() if is_portal else content.fills()
    return content.menu_of(or_(articles, profile.fills()))


def column_at(slug: str) -> MenuColumn | None:
    """Return the visible column with a slug."""
    return next((column for column in columns() if column.slug == slug), None)


def moved(slug: str, rest: str = "") -> NoReturn:
    """Lead from the address of a merged column to the same place in what it is part of now, or answer 404."""
    now_in = column_merged_from(slug) if SLUG.fullmatch(slug) else None
    abort(redirect(here(f"/{now_in}/{rest}"), 308) if now_in else 404)


def link_to(column: MenuColumn, current: str = "") -> Link:
    """Return the link to a column."""
    return Link(column.title, here(column.path), current=column.slug == current)


def current_site() -> Site:
    """Return the frame of the current subsite, as it stands around the page that was asked for."""
    at = g.get("menu_at", "")
    menu = tuple(replace(link, current=True) if at and slug == at else link for slug, link in _menu_links())
    return replace(_frame(), menu=menu, toolbar=current_toolbar())


@shared_by_pages
def _frame() -> Site:
    where = place()
    tenant = where.tenant
    return Site(
        name=tenant.name,
        unit=tenant.unit,
        county=where.portal.county,
        domain=where.home.partition("://")[2],
        kind=tenant.kind,
        is_portal=current_tenant.is_portal,
        portal=None if current_tenant.is_portal else Link(where.portal.name, where.portal_home + "/"),
        home=here("/"),
        menu=(),
        footer=footer(),
        theme=design_now().theme,
        palette=design_now().palette,
        is_demo=where.portal.is_demo,
        manage=f"{console_origin()}/{tenant.slug}/",
        support_phone=where.portal.support_phone,
        phone=tenant.phone,
        address=tenant.address,
        look=shown_look(),
        is_grey=is_grey(),
        banners=banners_now(),
        announcements=announced_here(),
    )


@shared_by_pages
def _menu_links() -> tuple[tuple[str, Link], ...]:
    """Return the main menu by where a page stands in it (``g.menu_at``).

    It has home, disclosure, and the columns that have something to read (ZY-14).
    """
    links = [("/", Link("首页", here("/")))]
    if current_tenant.kind is not TenantKind.INDEPENDENT:
        links.append(("xxgk", Link("政府信息公开", here("/xxgk/"))))
    filled = [column for column in columns() if column.section is Section.MAIN and column.has_articles]
    first = {slug: at for at, slug in enumerate(design_now().menu)}
    filled.sort(key=lambda column: first.get(column.slug, len(first)))
    links += [(column.slug, link_to(column)) for column in filled[: MOST_IN_MENU - len(links)]]
    if current_tenant.is_portal:
        links.append(("units", Link("县内单位", here("/units/"))))
    return tuple(links)


@shared_by_pages
def footer() -> Footer:
    """Return the footer (ZY-09); what the unit leaves empty is its portal's."""
    where = place()
    said = {name: _said(where.tenant, where.portal, name) for name in FOOTER_FIELDS}
    pages = [
        link_to(column) for column in columns() if column.section is Section.FOOTER and column.has_articles
    ]
    code = said.pop("mark_code")
    return Footer(
        **said,
        mark=Link("党政机关网站标识", MARK + quote(code, safe="")) if code else None,
        fault_report=Link("我为政府网站找错", FAULT_REPORT + said["site_code"]),
        links=(Link("站点地图", here("/map.html")), *pages, Link("听证征集", here("/participate/"))),
    )


def _said(tenant: Tenant, portal: Tenant, name: str) -> str:
    return str(getattr(tenant, name) or getattr(portal, name))
