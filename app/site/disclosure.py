"""Visitors' pages of government information disclosure: the four blocks, and the unit's catalogue (GK-10)."""

from collections.abc import Iterable

from flask import abort, g

from app.content import queries as content
from app.content.models import Section
from app.content.queries import MenuColumn
from app.core.clock import COUNTY_ZONE, today
from app.core.rules import vocabulary
from app.disclosure import queries
from app.disclosure.amounts import NOTHING, Amount, amounts_of
from app.disclosure.deadlines import parsed
from app.disclosure.models import CatalogueRow
from app.portal import amounts as portal_amounts
from app.portal import queries as portal
from app.site.frame import columns, link_to
from app.site.teasers import teaser, teasers_of_entries
from app.tenancy.current import current_tenant
from app.tenancy.models import TenantKind
from app.tenancy.places import canonical, here, place
from app.theming.disclosure_pages import (
    CatalogueEntry,
    CatalogueGroup,
    CataloguePage,
    CatalogueRowPage,
    DisclosureBlock,
    DisclosureNode,
    DisclosurePage,
)
from app.theming.pages import Link, Teaser
from app.web.blueprints import PublicBlueprint
from app.web.paging import PER_PAGE, page_number, pager

#: How many of each block /xxgk/ shows.
IN_BLOCK = 5
#: The blocks that are one column each, with the names that no unit can change (GK-10).
BLOCKS = {"guide": "政府信息公开指南", "rules": "政府信息公开制度", "annual": "政府信息公开年报"}
TITLE, CATALOGUE = "政府信息公开", "主动公开目录"

bp = PublicBlueprint("xxgk", __name__)


@bp.page("/xxgk/")
def disclosure() -> DisclosurePage:
    """Show government information disclosure in its four fixed blocks."""
    _enter()
    amounts = queries.column_amounts()
    decisions = {
        column_id: one for column_id, one in queries.decisions_by_column().items() if not one.applies
    }
    listed = [one for one in columns() if one.section is Section.DISCLOSURE]
    newest = _newest(listed)
    of_block = {one.block: one for one in listed if one.block in BLOCKS}
    guide, rules, annual = (_block(name, of_block.get(name), newest, amounts) for name in BLOCKS)
    return DisclosurePage(
        title=TITLE,
        canonical=canonical("/xxgk/"),
        description=f"{place().tenant.unit}政府信息公开：指南、制度、法定主动公开内容、年报。",
        statutory=tuple(
            DisclosureNode(
                link_to(one),
                amounts.get(one.id, NOTHING).count,
                one.source,
                amounts.get(one.id, NOTHING).newest_on,
                decisions[one.id].reason if one.id in decisions else "",
            )
            for one in listed
            if one.block == queries.STATUTORY
        ),
        guide=guide,
        rules=rules,
        annual=annual,
        further=_further(),
    )


@bp.page("/xxgk/catalogue/")
def catalogue() -> CataloguePage:
    """Show the unit's catalogue as one table."""
    _enter()
    rows = queries.rows()
    amounts = amounts_of(rows, queries.column_amounts())
    groups: dict[str, list[CatalogueEntry]] = {}
    for row in rows:
        groups.setdefault(row.first, []).append(entry_of(row, amounts[row.id], here(row.path)))
    changed = max((row.changed_at for row in rows), default=None)
    return CataloguePage(
        title=CATALOGUE,
        canonical=canonical("/xxgk/catalogue/"),
        description=f"{place().tenant.unit}主动公开的事项、内容、依据、时限和渠道。",
        trail=_trail()[:-1],
        unit=place().tenant.unit,
        changed_on=changed.astimezone(COUNTY_ZONE).date() if changed else None,
        groups=tuple(CatalogueGroup(title, tuple(entries)) for title, entries in groups.items()),
    )


@bp.page("/xxgk/catalogue/<code>/")
def row(code: str) -> CatalogueRowPage:
    """Show what was disclosed under a row; one that is kept no more goes on answering."""
    _enter()
    found = queries.row_by_code(code)
    number = page_number()
    teasers, total, amount = _under(found, number)
    return CatalogueRowPage(
        title=found.second,
        canonical=canonical(found.path if number == 1 else f"{found.path}?page={number}"),
        description=f"{found.first}：{found.second}",
        trail=_trail(),
        entry=entry_of(found, amount, here(found.path)),
        teasers=teasers,
        pager=pager(number, total, here(found.path)),
        note=_note(found),
    )


def entry_of(row: CatalogueRow, amount: Amount, url: str, unit: Link | None = None) -> CatalogueEntry:
    """Return a row as themes show it."""
    labels = {code: entry["label"] for code, entry in vocabulary("channels", on=today()).items()}
    return CatalogueEntry(
        code=row.code,
        first=row.first,
        second=Link(row.second, url),
        content=row.content,
        basis=row.basis,
        deadline=parsed(row.deadline).label,
        channels="、".join(labels.get(code, code) for code in row.channels.split()),
        audience=f"特定群体：{row.audience}" if row.audience else "全社会",
        mode=row.mode.label,
        level=row.level.label,
        count=amount.count,
        newest=amount.newest_on,
        unit=unit,
    )


def _enter() -> None:
    """Say where the visitor is; a unit with a site elsewhere discloses there."""
    if current_tenant.kind is TenantKind.INDEPENDENT:
        abort(404)
    g.menu_at = "xxgk"


def _newest(listed: Iterable[MenuColumn]) -> dict[str, tuple[Teaser, ...]]:
    """Return the newest articles of the columns that are blocks, by the column's slug."""
    blocks = [one for one in listed if one.block in BLOCKS]
    ids = [one.id for one in blocks]
    if current_tenant.is_portal:
        first = portal.firsts(current_tenant.id, ids, limit=IN_BLOCK).by_column
        return {one.slug: teasers_of_entries(first[one.id], {}) for one in blocks}
    own = content.firsts(ids, limit=IN_BLOCK)
    return {one.slug: tuple(teaser(article) for article in own.get(one.slug, ())) for one in blocks}


def _block(
    name: str, found: MenuColumn | None, newest: dict[str, tuple[Teaser, ...]], amounts: dict[int, Amount]
) -> DisclosureBlock:
    if found is None:
        return DisclosureBlock(Link(BLOCKS[name], here("/xxgk/")), ())
    count = amounts.get(found.id, NOTHING).count
    return DisclosureBlock(Link(BLOCKS[name], here(found.path)), newest.get(found.slug, ()), count)


def _further() -> tuple[Link, ...]:
    links = [Link(CATALOGUE, here("/xxgk/catalogue/"))]
    if current_tenant.is_portal:
        links.append(Link("基层政务公开标准化", here("/jczwgk/")))
    return tuple(links)


def _trail() -> tuple[Link, ...]:
    return (
        Link("首页", here("/")),
        Link(TITLE, here("/xxgk/")),
        Link(CATALOGUE, here("/xxgk/catalogue/")),
    )


def _under(row: CatalogueRow, number: int) -> tuple[tuple[Teaser, ...], int, Amount]:
    """Return a page of what is under a row; on a portal its column shows what the units published."""
    amount = amounts_of([row], queries.column_amounts())[row.id]
    offset = (number - 1) * PER_PAGE
    if current_tenant.is_portal and row.column_id is not None:
        entries = portal.entries(current_tenant.id, column_id=row.column_id, limit=PER_PAGE, offset=offset)
        total = portal_amounts.count_in(current_tenant.id, row.column_id)
        return teasers_of_entries(entries, {}), total, amount
    listed = queries.articles_under(row, limit=PER_PAGE, offset=offset)
    return tuple(teaser(one) for one in listed), queries.count_under(row), amount


def _note(row: CatalogueRow) -> str:
    if row.retired_at is not None:
        return "这一事项已不在现行目录中，已经公开的信息仍可在这里查阅。"
    reason = queries.reason_against(row.column_id) if row.column_id else ""
    return f"不适用：{reason}" if reason else ""
