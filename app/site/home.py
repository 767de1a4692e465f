"""The front pages: a unit's own, and the portal's over all its units."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from app.content.genres import Genre
from app.content.models import Layout, Section
from app.documents import notices
from app.documents.asked import Asked
from app.documents.shown import Document
from app.look.blocks import KINDS, USUAL, Arranged
from app.look.queries import design_now
from app.portal import queries as portal
from app.portal.listing import Listed
from app.portal.units import Unit, first_units
from app.site.entrances import disclosure_links
from app.site.frame import columns, link_to
from app.site.home_blocks import blocks_of
from app.site.short_codes import Kind
from app.site.shortlinks import share_of
from app.site.teasers import teasers_of_entries
from app.tenancy.current import current_tenant
from app.tenancy.models import TenantKind
from app.tenancy.places import canonical, here, place
from app.theming.home_pages import HomePage
from app.theming.pages import (
    Block,
    Link,
    PortalHomePage,
    Teaser,
    UnitCard,
    UnitGroup,
)

IN_BLOCK = 7
#: Of a column that is not among the first, so that the page does not grow with the number of columns.
IN_SMALL_BLOCK = 5
PHOTOS = 6
#: On a portal's front page, so that it does not grow with the county; the directory names all.
UNITS_OF_A_KIND = 60
NO_COLUMN = Link("", "")


def unit_home(*, is_tried: bool = False) -> HomePage:
    """Compose a unit's front page of its blocks, in the order in which the unit has them.

    A look that is tried in the console has no square picture: that is answered under the subsite's host.
    """
    where, arranged = place(), design_now().blocks
    pinned, running = _standing(arranged)
    return HomePage(
        title=where.tenant.name,
        canonical=canonical("/"),
        description=f"{where.tenant.unit}网站，{where.portal.name}子站。",
        feed=here("/feed.atom"),
        blocks=blocks_of(arranged, running),
        is_arranged=arranged != USUAL,
        clarifications=_teasers(pinned),
        share=None if is_tried else share_of(Kind.SITE, current_tenant.id),
    )


def portal_home() -> PortalHomePage:
    """Compose the portal's front page from its entries."""
    portal_id = current_tenant.id
    lists = [one for one in columns() if one.section is Section.MAIN and one.layout == Layout.LIST]
    first = portal.firsts(
        portal_id,
        [one.id for one in lists],
        limit=IN_BLOCK,
        latest=IN_BLOCK + 3,
        pictures_of=[one.id for one in lists if one.type == "news"],
        pictured=PHOTOS,
    )
    shown = [entry.entry_id for entries in (*first.by_column.values(), first.latest) for entry in entries]
    also = portal.further_sources(portal_id, shown)

    blocks = [
        Block(link_to(column), teasers_of_entries(first.by_column[column.id], also), column.type)
        for column in lists
    ]
    large = {name: _first_of(blocks, name) for name in ("news", "notice", "policy")}
    units, of_kinds = first_units(portal_id, UNITS_OF_A_KIND)
    where = place()
    return PortalHomePage(
        title=where.tenant.name,
        canonical=canonical("/"),
        description=f"{where.tenant.name}，{where.tenant.county}人民政府门户网站。",
        feed=here("/feed.atom"),
        lead=_lead(large["news"]),
        news=large["news"],
        notices=large["notice"],
        documents=large["policy"],
        latest=Block(Link("单位最新", here("/units/")), teasers_of_entries(first.latest, also), "news"),
        blocks=_small(block for block in blocks if block not in large.values()),
        disclosure=disclosure_links(),
        units=groups_of(units, of_kinds),
        clarifications=_teasers(_standing()[0]),
        photos=_photos(first.pictured, large["news"]),
    )


def _small(blocks: Iterable[Block]) -> tuple[Block, ...]:
    return tuple(replace(one, teasers=one.teasers[:IN_SMALL_BLOCK]) for one in blocks if one.teasers)


def _photos(pictured: list[Listed], news: Block) -> Block | None:
    heading = Link(KINDS["photos"].label, news.heading.url)
    return Block(heading, teasers_of_entries(pictured, {}), "photos") if pictured else None


def groups_of(
    units: Collection[Unit], of_kinds: dict[TenantKind, int] | None = None
) -> tuple[UnitGroup, ...]:
    """Return units by kind, in the order of kinds; with how many there are, where these are not all."""
    found = {kind: tuple(_card(unit) for unit in units if unit.kind is kind) for kind in TenantKind}
    return tuple(
        UnitGroup(kind.label, cards, count=(of_kinds or {}).get(kind, len(cards)))
        for kind, cards in found.items()
        if cards
    )


def _card(unit: Unit) -> UnitCard:
    return UnitCard(
        name=unit.name,
        url=unit.external_url or unit.home + "/",
        phone=unit.phone,
        address=unit.address,
        is_external=bool(unit.external_url),
    )


def _standing(arranged: tuple[Arranged, ...] = ()) -> tuple[list[Document], list[Document]]:
    """Return what answers rumours (GK-12), and where a block shows them the notices that run: one query."""
    within = None if current_tenant.is_portal else current_tenant.id
    kinds = {Genre.CLARIFICATION}
    if any(one.kind == "notices" for one in arranged):
        kinds.add(Genre.PUBLIC_NOTICE)
    asked = Asked(current_tenant.home_portal_id, within, genres=frozenset(kinds))
    return notices.standing(asked, kinds)


def _teasers(documents: list[Document]) -> tuple[Teaser, ...]:
    return tuple(
        Teaser(
            title=one.title,
            url=one.url,
            published_at=one.published_at,
            unit=Link(one.unit_name, one.unit_home + "/") if current_tenant.is_portal else None,
        )
        for one in documents
    )


def _first_of(blocks: list[Block], type_name: str) -> Block:
    return next((block for block in blocks if block.type == type_name), Block(NO_COLUMN, (), type_name))


def _lead(news: Block) -> Teaser | None:
    return news.teasers[0] if news.teasers else None
