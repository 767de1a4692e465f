"""What may be asked of a portal's entries: references to what its units have published.

The scope reaches what visitors may read of all tenants, so each query says for which portal it asks.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, func, select, union_all
from sqlalchemy.orm import aliased

from app.content.models import Article, Column, Layout, Revision, article_path
from app.content.states import Validity
from app.content.validity import validity_on
from app.core.clock import now, today
from app.core.database import db
from app.portal.models import PortalEntry, PortalTally
from app.portal.sameness import number_key
from app.tenancy.addresses import home_of
from app.tenancy.models import Host, Tenant, TenantState
from app.tenancy.scope import Reach, reaching


@dataclass(frozen=True)
class Listed:
    """An entry as lists need it."""

    entry_id: int
    portal_column_id: int
    title: str
    summary: str
    document_number: str
    published_at: datetime
    is_pinned: bool
    unit_id: int
    unit_name: str
    unit_home: str
    #: On the unit's own subsite.
    url: str
    validity: Validity


PORTAL_HOST = aliased(Host)
#: Among the newest of a portal there are at most so many pages.
MOST_PAGES = 300


def entries(
    portal_id: int, *, column_id: int | None = None, also: Iterable[int] = (), limit: int, offset: int = 0
) -> list[Listed]:
    """Return a portal's entries, or those of one of its columns: pinned ones first, then newest first.

    Some of other columns may stand with them (``also``, ids of articles). Over all columns, no page is news.
    """
    ordered = _ids(portal_id).order_by(*_FIRST)
    if column_id is None:
        return _these(portal_id, _of_lists(ordered, limit, offset))
    found = ordered.where(PortalEntry.column_id == column_id)
    if others := list(also):
        beside = ordered.where(PortalEntry.article_id.in_(others), PortalEntry.column_id != column_id)
        found = _together(found.limit(limit + offset), beside)
    return _these(portal_id, found.limit(limit).offset(offset))


@dataclass(frozen=True)
class Firsts:
    """What heads a portal's lists."""

    #: The first entries of each column, by the column's id.
    by_column: dict[int, list[Listed]]
    #: The newest of the units, whatever their column.
    latest: list[Listed]


def firsts(portal_id: int, column_ids: Iterable[int], *, limit: int, latest: int = 0) -> Firsts:
    """Return the first entries of some columns, and the newest of all units, in one query.

    Each column is asked for its own first ones: ranking all entries would read all of them.
    """
    wanted = list(column_ids)
    of_column = _ids(portal_id).order_by(*_FIRST).limit(limit)
    of_units = _ids(portal_id).where(PortalEntry.unit_id != portal_id).order_by(*_NEWEST).limit(latest)
    parts = [of_units, *(of_column.where(PortalEntry.column_id == one) for one in wanted)]
    found = _these(portal_id, union_all(*(select(part.subquery().c.id) for part in parts)))
    newest = sorted(
        (one for one in found if one.unit_id != portal_id),
        key=lambda one: (one.published_at, one.entry_id),
        reverse=True,
    )
    return Firsts(
        {one: [entry for entry in found if entry.portal_column_id == one][:limit] for one in wanted},
        newest[:latest],
    )


def count_in(portal_id: int, column_id: int) -> int:
    """Return how many entries a portal's column shows: what is counted, but for those yet to come."""
    counted = select(func.coalesce(func.sum(PortalTally.listed), 0)).where(
        PortalTally.tenant_id == portal_id,
        PortalTally.column_id == column_id,
        PortalTally.unit_id.not_in(_CLOSED),
    )
    ahead = select(func.count(PortalEntry.id)).where(
        PortalEntry.tenant_id == portal_id,
        PortalEntry.column_id == column_id,
        *_LISTED,
        PortalEntry.same_as_id.is_(None),
        PortalEntry.published_at > now(),
        PortalEntry.unit_id.not_in(_CLOSED),
    )
    with reaching(Reach.PUBLISHED):
        found = db.session.execute(select(counted.scalar_subquery(), ahead.scalar_subquery())).one()
    return int(found[0]) - int(found[1])


def amounts_by_column(portal_id: int) -> dict[int, tuple[int, datetime]]:
    """Return how many entries each of a portal's columns shows, and when the newest came, by its id."""
    counted = (
        select(PortalEntry.column_id, func.count(PortalEntry.id), func.max(PortalEntry.published_at))
        .select_from(PortalEntry)
        .join(Tenant, Tenant.id == PortalEntry.unit_id)
        .where(*_shown(portal_id))
        .group_by(PortalEntry.column_id)
    )
    with reaching(Reach.PUBLISHED):
        rows = db.session.execute(counted).all()
    return {column_id: (count, newest) for column_id, count, newest in rows}


def fills() -> ColumnElement[bool]:
    """Return the condition that a portal's column has an entry to show; its own articles are entries too.

    It asks for the first entry of the column's list. Only that keeps PostgreSQL to the index of lists: all
    rows are one portal's, so it takes reading them to be as good, and for an empty column reads every one.
    """
    first = select(PortalEntry.id).where(
        PortalEntry.tenant_id == Column.tenant_id,
        PortalEntry.column_id == Column.id,
        PortalEntry.same_as_id.is_(None),
        *_visible(),
    )
    first = first.order_by(*_FIRST).limit(1)
    return first.correlate(Column).scalar_subquery().is_not(None)


def further_sources(portal_id: int, entry_ids: Iterable[int]) -> dict[int, list[tuple[str, str]]]:
    """Return name and address of the further units that published the same texts, by the shown entry's id."""
    found: dict[int, list[tuple[str, str]]] = {}
    query = _listed(portal_id, is_principal=False).add_columns(PortalEntry.same_as_id)
    with reaching(Reach.PUBLISHED):
        rows = db.session.execute(
            query.where(PortalEntry.same_as_id.in_(list(entry_ids))).order_by(PortalEntry.published_at)
        ).all()
    for row in rows:
        listed = _from_row(tuple(row)[:-1])
        found.setdefault(row[-1], []).append((listed.unit_name, listed.url))
    return found


def listed_by_number(portal_id: int, keys: Iterable[str]) -> dict[str, Listed]:
    """Return the shown articles that have one of these document numbers (sameness.number_key), by number."""
    wanted = set(keys)
    if not wanted:
        return {}
    found = _read(_listed(portal_id).where(PortalEntry.number_key.in_(wanted)).order_by(*_NEWEST))
    return {key: one for one in found if (key := number_key(one.document_number))}


def _first(entry: type[PortalEntry]) -> tuple[Any, ...]:
    return entry.is_pinned.desc(), entry.published_at.desc(), entry.id.desc()


_FIRST = _first(PortalEntry)
_NEWEST = _FIRST[1:]
_LISTED = (PortalEntry.is_listed, PortalEntry.hidden_at.is_(None))
_CLOSED = select(Tenant.id).where(Tenant.state != TenantState.OPEN)


def _visible() -> tuple[Any, ...]:
    """Return what an entry must be to be seen now: listed, not hidden, and its article's minute has come."""
    return *_LISTED, PortalEntry.published_at <= now()


def _ids(portal_id: int) -> Select[int]:
    """Return the ids of what lists show, from an index in their order alone: so skipping rows is cheap."""
    return select(PortalEntry.id).where(
        PortalEntry.tenant_id == portal_id,
        *_visible(),
        PortalEntry.same_as_id.is_(None),
        PortalEntry.unit_id.not_in(_CLOSED),
    )


def _of_lists(ordered: Select[int], limit: int, offset: int) -> Select[int]:
    """Leave pages out, such as the one on accessibility, among the first few hundred entries.

    Without that limit inside, PostgreSQL looks up the column of every entry of the county before it sorts.
    There are far fewer pages than that, and they are old.
    """
    first = ordered.with_only_columns(PortalEntry).limit(limit + offset + MOST_PAGES)
    entry = aliased(PortalEntry, first.subquery())
    return (
        select(entry.id)
        .join(Article, (Article.id == entry.article_id) & (Article.tenant_id == entry.unit_id))
        .join(Column, (Column.id == Article.column_id) & (Column.tenant_id == Article.tenant_id))
        .where(Column.layout == Layout.LIST)
        .order_by(*_first(entry))
        .limit(limit)
        .offset(offset)
    )


def _together(*parts: Select[int]) -> Select[int]:
    found = union_all(*(select(part.with_only_columns(PortalEntry).subquery()) for part in parts))
    entry = aliased(PortalEntry, found.subquery())
    return select(entry.id).order_by(*_first(entry))


def _these(portal_id: int, chosen: Select[int] | CompoundSelect[int]) -> list[Listed]:
    """Return chosen entries with all that lists need, pinned ones first, then newest first."""
    ids = chosen.subquery()
    return _read(_listed(portal_id).where(PortalEntry.id.in_(select(ids.c.id))).order_by(*_FIRST))


def _shown(portal_id: int, *, is_principal: bool = True) -> tuple[Any, ...]:
    first = PortalEntry.same_as_id.is_(None) if is_principal else PortalEntry.same_as_id.is_not(None)
    return (
        PortalEntry.tenant_id == portal_id,
        *_visible(),
        first,
        Tenant.state == TenantState.OPEN,
    )


def _listed(portal_id: int, *, is_principal: bool = True) -> Select[*tuple[Any, ...]]:
    return (
        select(
            PortalEntry.id,
            PortalEntry.column_id,
            Revision.title,
            Revision.summary,
            Revision.document_number,
            PortalEntry.published_at,
            PortalEntry.is_pinned,
            Tenant.id.label("unit_id"),
            Tenant.name.label("unit_name"),
            Tenant.slug.label("unit_slug"),
            Host.name.label("unit_host"),
            PORTAL_HOST.name.label("portal_host"),
            Column.slug.label("column_slug"),
            Article.id.label("article_id"),
            validity_on(today()).label("validity"),
        )
        .join(Article, (Article.id == PortalEntry.article_id) & (Article.tenant_id == PortalEntry.unit_id))
        .join(Revision, (Revision.id == Article.published_id) & (Revision.tenant_id == Article.tenant_id))
        .join(Column, (Column.id == Article.column_id) & (Column.tenant_id == Article.tenant_id))
        .join(Tenant, Tenant.id == PortalEntry.unit_id)
        .join(Host, (Host.tenant_id == Tenant.id) & Host.is_primary)
        .outerjoin(PORTAL_HOST, (PORTAL_HOST.tenant_id == Tenant.portal_id) & PORTAL_HOST.is_primary)
        .where(*_shown(portal_id, is_principal=is_principal))
    )


def _read(query: Select[*tuple[Any, ...]]) -> list[Listed]:
    with reaching(Reach.PUBLISHED):
        return [_from_row(tuple(row)) for row in db.session.execute(query).all()]


def _from_row(row: tuple[Any, ...]) -> Listed:
    (entry_id, column_id, title, summary, number, published_at, is_pinned) = row[:7]
    (unit_id, unit_name, unit_slug, unit_host, portal_host, column_slug, article_id, validity) = row[7:]
    home = home_of(unit_slug, unit_host, portal_host)
    return Listed(
        entry_id=entry_id,
        portal_column_id=column_id,
        title=title,
        summary=summary,
        document_number=number,
        published_at=published_at,
        is_pinned=is_pinned,
        unit_id=unit_id,
        unit_name=unit_name,
        unit_home=home,
        url=home + article_path(column_slug, published_at, article_id),
        validity=validity,
    )
