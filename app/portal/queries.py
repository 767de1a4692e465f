"""What may be asked of a portal's entries: references to what its units have published.

The scope reaches what visitors may read of all tenants, so each query says for which portal it asks.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, bindparam, select, union_all
from sqlalchemy.orm import aliased

from app.content.first_pictures import first_picture
from app.content.models import Article, Attachment, Column, Layout, Revision
from app.core.among import among
from app.core.database import Moment, db
from app.core.prepared import inline, inlined, kept_plans, numbered, prepared
from app.portal.amounts import start_after
from app.portal.listing import CLOSED, LISTED, THE_PORTAL, Listed, from_row, listing, visible
from app.portal.models import PortalEntry
from app.portal.sameness import number_key
from app.tenancy.scope import Reach, reaching

#: Among the newest of a portal there are at most so many pages.
MOST_PAGES = 300
#: Among so many entries of a column those with a picture are looked for.
LOOKED_AT = 100
#: What each statement is told when it is sent.
_MOST, _SKIPPED = inlined("most"), inlined("skipped")


def entries(
    portal_id: int,
    *,
    column_id: int | None = None,
    also: Iterable[int] = (),
    limit: int,
    offset: int = 0,
    pictured: bool = False,
) -> list[Listed]:
    """Return a portal's entries, or those of one of its columns: pinned ones first, then newest first.

    Some of other columns may stand with them (``also``, ids of articles). Over all columns, no page is news.
    Those of a column have their first pictures, if asked (``pictured``).
    """
    page: dict[str, Any] = {"portal_id": portal_id, "most": limit, "skipped": offset}
    if column_id is None:
        return _read(_of_lists(), {**page, "looked_through": limit + offset + MOST_PAGES})
    page["column_id"] = column_id
    if others := list(also):
        return _read(_of_column_and_others(), {**page, "reached": limit + offset, "others": others})
    if offset:
        return _further_page(page, pictured=pictured)
    return _read(_of_column(pictured=pictured), page)


@prepared
def _of_column(*, pictured: bool) -> Select[*tuple[Any, ...]]:
    page = _these(_ids_of_page())
    return _with_pictures(page) if pictured else page


def _further_page(page: dict[str, Any], *, pictured: bool) -> list[Listed]:
    """Read a page that skips entries with two statements, and one far down from where its month begins.

    What skips is another text for every page, so PostgreSQL plans it each time. Here only one table is in it,
    and what is read of the entries keeps its plan.
    """
    start = start_after(page["portal_id"], page["column_id"], page["skipped"])
    if start:
        page |= {"skipped": start.skipped, "before": start.before}
    with reaching(Reach.PUBLISHED):
        chosen = list(db.session.scalars(_ids_of_page(is_far=start is not None), page))
    return _read(_given(pictured=pictured), {"portal_id": page["portal_id"], "entry_ids": chosen})


@prepared
def _ids_of_page(*, is_far: bool = False) -> Select[int]:
    """Select the ids of a column's page; one far down has begun before a moment that is over."""
    far = PortalEntry.is_pinned.is_(False), PortalEntry.published_at < bindparam("before", type_=Moment())
    found = _ids(*far) if is_far else _ids()
    of_column = found.where(PortalEntry.column_id == bindparam("column_id"))
    return of_column.order_by(*_FIRST).limit(_MOST).offset(_SKIPPED)


@prepared
def _given(*, pictured: bool) -> Select[*tuple[Any, ...]]:
    entries_given = listing().where(among(PortalEntry.id, "entry_ids")).order_by(*_FIRST)
    return _with_pictures(entries_given) if pictured else entries_given


@prepared
def _of_column_and_others() -> Select[*tuple[Any, ...]]:
    ordered = _ids().order_by(*_FIRST).with_only_columns(PortalEntry)
    is_own = PortalEntry.column_id == bindparam("column_id")
    own = ordered.where(is_own).limit(inlined("reached"))
    others = ordered.where(PortalEntry.article_id.in_(bindparam("others", expanding=True)), ~is_own)
    both = union_all(*(select(part.subquery()) for part in (own, others)))
    entry = aliased(PortalEntry, both.subquery())
    return _these(select(entry.id).order_by(*_first(entry)).limit(_MOST).offset(_SKIPPED))


@dataclass(frozen=True)
class Firsts:
    """What heads a portal's lists."""

    #: The first entries of each column, by the column's id.
    by_column: dict[int, list[Listed]]
    #: The newest of the units, whatever their column.
    latest: list[Listed]
    #: The first of some columns that have a picture.
    pictured: list[Listed]


def firsts(
    portal_id: int,
    column_ids: Iterable[int],
    *,
    limit: int,
    latest: int = 0,
    pictures_of: Iterable[int] = (),
    pictured: int = 0,
) -> Firsts:
    """Return the first entries of some columns, the newest of all units, and those with pictures: one query.

    Each column is asked for its own first ones: ranking all entries would read all of them. Pictures are
    those of the columns ``pictures_of``, which are among the others.
    """
    wanted, shown = list(column_ids), set(pictures_of)
    given = {"portal_id": portal_id, "most": limit, "latest": latest, "pictured": pictured}
    places = tuple(at for at, one in enumerate(wanted) if one in shown)
    with kept_plans():
        found = _read(_firsts(len(wanted), places), {**given, **numbered(wanted)})
    newest = sorted(
        (one for one in found if one.unit_id != portal_id),
        key=lambda one: (one.published_at, one.entry_id),
        reverse=True,
    )
    return Firsts(
        {one: [entry for entry in found if entry.portal_column_id == one][:limit] for one in wanted},
        newest[:latest],
        [one for one in found if one.picture and one.portal_column_id in shown][:pictured],
    )


@prepared
def _firsts(count: int, places: tuple[int, ...]) -> Select[*tuple[Any, ...]]:
    of_column = _ids().order_by(*_FIRST).limit(_MOST)
    of_units = _ids().where(PortalEntry.unit_id != THE_PORTAL).order_by(*_NEWEST)
    parts = [
        of_units.limit(inlined("latest")),
        *(of_column.where(PortalEntry.column_id == bindparam(name)) for name in numbered(range(count))),
        *([_pictured(places)] if places else []),
    ]
    chosen = _these(union_all(*(select(part.subquery().c.id) for part in parts)))
    return _with_pictures(chosen) if places else chosen


def _with_pictures(chosen: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Select the first picture beside each of few entries.

    The entries are found first: OFFSET 0 keeps PostgreSQL from joining all texts before it looks which.
    """
    found = (
        chosen.add_columns(first_picture().label("picture_id")).order_by(None).offset(inline(0)).subquery()
    )
    of_entry = (Attachment.id == found.c.picture_id) & (Attachment.tenant_id == found.c.unit_id)
    return (
        select(*(one for one in found.c if one.key != "picture_id"), Attachment)
        .select_from(found)
        .outerjoin(Attachment, of_entry)
        .order_by(found.c.is_pinned.desc(), found.c.published_at.desc(), found.c.id.desc())
    )


def _pictured(places: tuple[int, ...]) -> Select[int]:
    """Return the ids of the first entries with a picture of those columns, by their number among all."""
    of_column = _ids().order_by(*_FIRST).limit(inline(LOOKED_AT)).with_only_columns(PortalEntry)
    names = [f"number_{at}" for at in places]
    parts = (of_column.where(PortalEntry.column_id == bindparam(name)).subquery() for name in names)
    entry = aliased(PortalEntry, union_all(*(select(part) for part in parts)).subquery())
    return (
        select(entry.id)
        .join(Article, (Article.id == entry.article_id) & (Article.tenant_id == entry.unit_id))
        .join(Revision, (Revision.id == Article.published_id) & (Revision.tenant_id == Article.tenant_id))
        .where(first_picture().is_not(None))
        .order_by(*_first(entry))
        .limit(inlined("pictured"))
    )


def fills() -> ColumnElement[bool]:
    """Return the condition that a portal's column has an entry to show; its own articles are entries too.

    It asks for the first entry of the column's list. Only that keeps PostgreSQL to the index of lists: all
    rows are one portal's, so it takes reading them to be as good, and for an empty column reads every one.
    """
    first = select(PortalEntry.id).where(
        PortalEntry.tenant_id == Column.tenant_id,
        PortalEntry.column_id == Column.id,
        PortalEntry.same_as_id.is_(None),
        *visible(),
    )
    first = first.order_by(*_FIRST).limit(inline(1))
    return first.correlate(Column).scalar_subquery().is_not(None)


def further_sources(portal_id: int, entry_ids: Iterable[int]) -> dict[int, list[tuple[str, str]]]:
    """Return name and address of the further units that published the same texts, by the shown entry's id."""
    found: dict[int, list[tuple[str, str]]] = {}
    given = {"portal_id": portal_id, "entry_ids": list(entry_ids)}
    with reaching(Reach.PUBLISHED):
        rows = db.session.execute(_further_sources(), given).all()
    for row in rows:
        listed = from_row(tuple(row)[:-1])
        found.setdefault(row[-1], []).append((listed.unit_name, listed.url))
    return found


@prepared
def _further_sources() -> Select[*tuple[Any, ...]]:
    of_entries = PortalEntry.same_as_id.in_(bindparam("entry_ids", expanding=True))
    further = listing(is_principal=False).add_columns(PortalEntry.same_as_id)
    return further.where(of_entries).order_by(PortalEntry.published_at)


def listed_by_number(portal_id: int, keys: Iterable[str]) -> dict[str, Listed]:
    """Return the shown articles that have one of these document numbers (sameness.number_key), by number."""
    wanted = set(keys)
    if not wanted:
        return {}
    asked = listing().where(PortalEntry.number_key.in_(wanted)).order_by(*_NEWEST)
    found = _read(asked, {"portal_id": portal_id})
    return {key: one for one in found if (key := number_key(one.document_number))}


def _first(entry: type[PortalEntry]) -> tuple[Any, ...]:
    return entry.is_pinned.desc(), entry.published_at.desc(), entry.id.desc()


_FIRST = _first(PortalEntry)
_NEWEST = _FIRST[1:]


def _ids(*is_out: ColumnElement[bool]) -> Select[int]:
    """Return the ids of what lists show, from an index in their order alone: so skipping rows is cheap.

    An entry is shown once its minute has come, unless another condition says that it has (``is_out``).
    """
    return select(PortalEntry.id).where(
        PortalEntry.tenant_id == THE_PORTAL,
        *((*LISTED, *is_out) if is_out else visible()),
        PortalEntry.same_as_id.is_(None),
        PortalEntry.unit_id.not_in(CLOSED),
    )


@prepared
def _of_lists() -> Select[*tuple[Any, ...]]:
    """Leave pages out, such as the one on accessibility, among the first few hundred entries.

    Without that limit inside, PostgreSQL takes it to be as good to look up the column of every entry of the
    county before it sorts. There are far fewer pages than that, and they are old.
    """
    first = _ids().order_by(*_FIRST).with_only_columns(PortalEntry)
    looked_through = first.limit(inlined("looked_through"))
    entry = aliased(PortalEntry, looked_through.subquery())
    return _these(
        select(entry.id)
        .join(Article, (Article.id == entry.article_id) & (Article.tenant_id == entry.unit_id))
        .join(Column, (Column.id == Article.column_id) & (Column.tenant_id == Article.tenant_id))
        .where(Column.layout == Layout.LIST)
        .order_by(*_first(entry))
        .limit(_MOST)
        .offset(_SKIPPED)
    )


def _these(chosen: Select[int] | CompoundSelect[int]) -> Select[*tuple[Any, ...]]:
    """Select of chosen entries all that lists need, pinned ones first, then newest first."""
    ids = chosen.subquery()
    return listing().where(PortalEntry.id.in_(select(ids.c.id))).order_by(*_FIRST)


def _read(query: Select[*tuple[Any, ...]], given: dict[str, Any]) -> list[Listed]:
    with reaching(Reach.PUBLISHED):
        return [from_row(tuple(row)) for row in db.session.execute(query, given).all()]
