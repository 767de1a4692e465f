"""The library (文件库): official documents of a unit, or of all units on the portal, by facets and by number.

Facets are counted in one pass over the narrow index of the library, grouped by genre, subject, year and mark;
what each facet would find with the other filters kept is added up from those few cells. Only the units need
a second pass. Both passes are made once for each change of what readers see (keeping.py): over a million
documents they take seconds on a small machine. A page of the list and a number are found by their indexes.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from app.content.genres import DOCUMENTS, Genre
from app.content.models import Article
from app.content.states import Validity
from app.content.validity import validity_on
from app.core.clock import now, today
from app.core.database import db
from app.documents.keeping import Rows, kept
from app.documents.models import LibraryEntry
from app.documents.numbers import Number
from app.documents.shown import Document, read, shown_documents
from app.tenancy.models import Tenant, TenantState
from app.tenancy.scope import Reach, reaching

#: More units than these are found on their own subsites.
MOST_UNITS = 100
#: The facets by which cells are counted, in the order of their columns.
FACETS = ("genre", "subject", "year", "validity")


@dataclass(frozen=True)
class Asked:
    """What a visitor wants to see of the library; empty means everything."""

    #: The portal, or a unit, whose library it is.
    portal_id: int
    tenant_id: int | None = None
    genre: Genre | None = None
    genres: frozenset[Genre] = DOCUMENTS
    subject: str = ""
    year: int | None = None
    validity: Validity | None = None
    number: Number | None = None
    by_date: bool = False


@dataclass(frozen=True)
class Counts:
    """How many documents there are, and how many each value of each facet would find."""

    total: int
    of: dict[str, dict[Any, int]]


def documents(asked: Asked, *, limit: int, offset: int = 0) -> list[Document]:
    """Return a page of the library; the newest first, or the last formed."""
    newest = LibraryEntry.dated_on if asked.by_date else LibraryEntry.published_at
    place = entries(asked, select(LibraryEntry.id)).order_by(newest.desc(), LibraryEntry.article_id.desc())
    return listed(place.limit(limit).offset(offset), newest.desc(), LibraryEntry.article_id.desc())


def listed(entry_ids: Select[int], *order: Any) -> list[Document]:
    """Return documents by the ids of their entries, as readers may see them now, in an order."""
    chosen = entry_ids.subquery()
    of_entry = (Article.id == LibraryEntry.article_id) & (Article.tenant_id == LibraryEntry.tenant_id)
    asked = shown_documents().join(LibraryEntry, of_entry).join(chosen, chosen.c.id == LibraryEntry.id)
    return read(asked.order_by(*order))


def counts(asked: Asked) -> Counts:
    """Return the counts of all facets but the units, from one pass."""
    day = validity_on(today(), LibraryEntry, LibraryEntry).label("validity")
    columns = (LibraryEntry.genre, LibraryEntry.subject, LibraryEntry.year, day)
    bare = replace(asked, genre=None, subject="", year=None, validity=None)
    cells = entries(bare, select(*columns, func.count())).group_by(*columns)
    rows = _counted("facets", bare, cells)
    chosen = (asked.genre, asked.subject, asked.year, asked.validity)
    of: dict[str, dict[Any, int]] = {}
    for at, facet in enumerate(FACETS):
        found: Counter[Any] = Counter()
        for row in _fitting(rows, [None if here == at else want for here, want in enumerate(chosen)]):
            found[row[at]] += row[-1]
        of[facet] = dict(found)
    return Counts(sum(row[-1] for row in _fitting(rows, list(chosen))), of)


def counts_by_unit(asked: Asked) -> list[tuple[str, str, int]]:
    """Return slug, name and count of the units that have most of what is asked for, in the units' order."""
    everywhere = replace(asked, tenant_id=None)
    counted = entries(everywhere, select(LibraryEntry.tenant_id, func.count())).group_by(
        LibraryEntry.tenant_id
    )
    counted = counted.order_by(func.count().desc(), LibraryEntry.tenant_id).limit(MOST_UNITS)
    found = {row[0]: row[1] for row in _counted("units", everywhere, counted)}
    names = db.session.execute(
        select(Tenant.id, Tenant.slug, Tenant.name)
        .where(Tenant.id.in_(found))
        .order_by(Tenant.position, Tenant.id)
    )
    return [(slug, name, found[tenant_id]) for tenant_id, slug, name in names]


def _counted(what: str, asked: Asked, cells: Select[*tuple[Any, ...]]) -> Rows:
    """Count, or return what was counted; numbers are as many as visitors think of, and found by an index."""

    def count() -> Rows:
        with reaching(Reach.PUBLISHED):
            return [list(row) for row in db.session.execute(cells).all()]

    wanted = (asked.tenant_id, asked.genre, asked.subject, asked.year, asked.validity, *sorted(asked.genres))
    return count() if asked.number else kept(f"{what} {wanted}", count)


def _fitting(rows: Rows, wanted: list[Any]) -> Iterator[list[Any]]:
    for row in rows:
        if all(not want or row[at] == want for at, want in enumerate(wanted)):
            yield row


def entries(asked: Asked, query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Narrow a query over the library to what is asked for and may be seen now."""
    return (
        query.select_from(LibraryEntry)
        .join(Tenant, (Tenant.id == LibraryEntry.tenant_id) & (Tenant.state == TenantState.OPEN))
        .where(*_conditions(asked))
    )


def _conditions(asked: Asked) -> Iterator[ColumnElement[bool]]:
    yield LibraryEntry.portal_id == asked.portal_id
    yield LibraryEntry.published_at <= now()
    if asked.tenant_id is not None:
        yield LibraryEntry.tenant_id == asked.tenant_id
    yield LibraryEntry.genre == asked.genre if asked.genre else LibraryEntry.genre.in_(sorted(asked.genres))
    if asked.subject:
        yield LibraryEntry.subject == asked.subject
    if asked.year:
        yield LibraryEntry.year == asked.year
    if asked.validity:
        yield validity_on(today(), LibraryEntry, LibraryEntry) == asked.validity
    yield from _of_number(asked.number)


def _of_number(number: Number | None) -> Iterator[ColumnElement[bool]]:
    if number is None:
        return
    if number.serial is not None:
        yield LibraryEntry.serial == number.serial
    if number.year is not None:
        yield LibraryEntry.number_year == number.year
    if number.agency:
        yield LibraryEntry.agency.contains(number.agency, autoescape=True)
