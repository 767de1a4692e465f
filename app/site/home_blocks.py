"""What each block of a unit's front page holds, found with few queries however the page is arranged."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from app.content import queries as content
from app.content.models import Layout, Section
from app.content.queries import Listed, MenuColumn
from app.content.shown_files import pictured
from app.documents.shown import Document
from app.look import shown
from app.look.blocks import KINDS, Arranged
from app.participation import queries as participation
from app.portal import queries as portal
from app.site.entrances import disclosure_links
from app.site.frame import columns, link_to
from app.site.teasers import teaser, teasers_of_entries
from app.tenancy.places import here, place
from app.tenancy.shared import shared_in_county
from app.theming.home_pages import HomeBlock
from app.theming.pages import Link, Teaser

#: Types of columns by what their block is for.
SERVICES, DOCUMENTS = frozenset({"service", "interaction"}), frozenset({"policy", "interpretation"})
NOWHERE = ""


@dataclass(frozen=True)
class Material:
    """What the blocks of one page are made of."""

    arranged: tuple[Arranged, ...]
    lists: tuple[MenuColumn, ...]
    newest: dict[str, list[Listed]]
    running: tuple[Document, ...]
    #: The story that stands large, and is not told again beside itself.
    lead: Teaser | None

    def of(self, column: MenuColumn, count: int) -> tuple[Teaser, ...]:
        """Return a column's newest articles; without the lead, unless there is no other."""
        found = [teaser(one) for one in self.newest[column.slug]]
        others = [one for one in found if self.lead is None or one.url != self.lead.url]
        return tuple((others or found)[:count])


def blocks_of(arranged: tuple[Arranged, ...], running: Iterable[Document]) -> tuple[HomeBlock, ...]:
    """Return the blocks of the bound unit's front page that have something to show."""
    material = _material(arranged, tuple(running))
    return tuple(block for one in arranged for block in MAKERS[one.kind](one, material))


def _material(arranged: tuple[Arranged, ...], running: tuple[Document, ...]) -> Material:
    most = max((one.shows for one in arranged), default=0)
    asked = [one for one in columns() if one.section is Section.MAIN and one.layout == Layout.LIST]
    # One more than is shown, for the place of the lead.
    newest = content.firsts([one.id for one in asked], limit=most + 1)
    lists = tuple(column for column in asked if column.slug in newest)
    lead = next((_lead_of(one, lists, newest) for one in arranged if one.kind == "lead"), None)
    return Material(arranged, lists, newest, running, lead)


def _lead_of(one: Arranged, lists: tuple[MenuColumn, ...], newest: dict[str, list[Listed]]) -> Teaser | None:
    """Return the newest article of the chosen column, or of the first column of news."""
    chosen = [column for column in lists if column.slug == one.source]
    news = [column for column in lists if column.type == "news"]
    column = next(iter(chosen or news), None)
    return teaser(newest[column.slug][0]) if column else None


def _block(one: Arranged, url: str = NOWHERE, **holds: object) -> HomeBlock:
    heading = Link(one.title or KINDS[one.kind].label, url)
    return HomeBlock(kind=one.kind, heading=heading, area=one.stands, **holds)  # type: ignore[arg-type]  # Each maker gives fields of the block.


def _lead(one: Arranged, material: Material) -> list[HomeBlock]:
    return [_block(one, teasers=(material.lead,), type="lead")] if material.lead else []


def _columns(one: Arranged, material: Material) -> list[HomeBlock]:
    """Show every column that has no block of its own; those of documents are in theirs, if there is one."""
    alone = {each.source for each in material.arranged if each.kind == "column"}
    types = DOCUMENTS if any(each.kind == "documents" for each in material.arranged) else frozenset()
    rest = [column for column in material.lists if column.slug not in alone and column.type not in types]
    return [_of_column(one, column, material) for column in rest]


def _column(one: Arranged, material: Material) -> list[HomeBlock]:
    return [_of_column(one, column, material) for column in material.lists if column.slug == one.source]


def _of_column(one: Arranged, column: MenuColumn, material: Material) -> HomeBlock:
    title = one.title if one.kind == "column" and one.title else column.title
    return HomeBlock(
        kind="column",
        heading=Link(title, here(column.path)),
        area=one.stands,
        type=column.type,
        teasers=material.of(column, one.shows),
    )


def _photos(one: Arranged, material: Material) -> list[HomeBlock]:
    """Show what has a picture in the chosen column, or else in the columns of news."""
    chosen = [column for column in material.lists if column.slug == one.source]
    among = chosen or [column for column in material.lists if column.type == "news"]
    found = pictured([column.id for column in among], limit=one.shows) if among else []
    teasers = tuple(teaser(replace(each, picture=file)) for each, file in found)
    return [_block(one, here(among[0].path), teasers=teasers, type="news")] if teasers else []


def _notices(one: Arranged, material: Material) -> list[HomeBlock]:
    found = tuple(
        Teaser(title=each.title, url=each.url, published_at=each.period_until)
        for each in material.running[: one.shows]
        if each.period_until is not None
    )
    return [_block(one, here("/notices/?kind=public_notice"), teasers=found, type="notice")] if found else []


def _documents(one: Arranged, material: Material) -> list[HomeBlock]:
    newest = [
        each for column in material.lists if column.type in DOCUMENTS for each in material.newest[column.slug]
    ]
    newest.sort(key=lambda each: (each.published_at, each.id), reverse=True)
    found = tuple(teaser(each) for each in newest[: one.shows])
    return [_block(one, here("/documents/"), teasers=found, type="policy")] if found else []


def _hearings(one: Arranged, _: Material) -> list[HomeBlock]:
    found = tuple(
        Teaser(
            title=each.terms.subject,
            url=here(f"/participate/{each.hearing.id}/"),
            published_at=each.terms.closes_at,
            mark=each.stage.label,
        )
        for each in participation.listed(closed=False, limit=one.shows)
    )
    return [_block(one, here("/participate/"), teasers=found, type="interaction")] if found else []


def _services(one: Arranged, material: Material) -> list[HomeBlock]:
    own = [link_to(column) for column in material.lists if column.type in SERVICES]
    fixed = (Link("参与听证征集", here("/participate/")), Link("查文件", here("/documents/")))
    return [_block(one, links=(*own, *fixed))]


def _disclosure(one: Arranged, _: Material) -> list[HomeBlock]:
    links = disclosure_links()
    return [_block(one, here("/xxgk/"), links=links)] if links else []


def _pages(one: Arranged, _: Material) -> list[HomeBlock]:
    links = tuple(
        link_to(column)
        for column in columns()
        if column.section is Section.MAIN and column.layout == Layout.PAGE and column.has_articles
    )
    return [_block(one, links=links)] if links else []


def _contact(one: Arranged, _: Material) -> list[HomeBlock]:
    return [_block(one)]


def _county(one: Arranged, _: Material) -> list[HomeBlock]:
    where = place()
    entries = shared_in_county(f"news {one.shows}", lambda: portal.entries(where.portal.id, limit=one.shows))
    heading = Link(one.title or where.portal.name, where.portal_home + "/")
    found = teasers_of_entries(entries, {})
    return (
        [HomeBlock(kind="county", heading=heading, area=one.stands, type="news", teasers=found)]
        if shown
        else []
    )


def _topics(one: Arranged, _: Material) -> list[HomeBlock]:
    links = shown.topics()
    return [_block(one, links=links)] if links else []


def _links(one: Arranged, _: Material) -> list[HomeBlock]:
    groups = shown.friends()
    return [_block(one, groups=groups)] if groups else []


MAKERS: dict[str, Callable[[Arranged, Material], list[HomeBlock]]] = {
    "lead": _lead,
    "columns": _columns,
    "column": _column,
    "photos": _photos,
    "notices": _notices,
    "documents": _documents,
    "hearings": _hearings,
    "services": _services,
    "disclosure": _disclosure,
    "pages": _pages,
    "contact": _contact,
    "county": _county,
    "topics": _topics,
    "links": _links,
}
