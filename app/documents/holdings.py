"""The library (文件库): official documents of a unit, or of all units on the portal, by facets and by number.

Facets are counted in one pass, grouped by genre, subject, year and mark; what each facet would find with the
other filters kept is added up from those few cells. Only the units need a second pass. A county's cells come
from the tally that the database keeps (tally.py). A page of the list and a number are found by their indexes.
"""

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Select, func, select

from app.content.models import Article
from app.core.database import db
from app.core.prepared import inline
from app.documents import tally
from app.documents.asked import Asked, entries
from app.documents.models import LibraryEntry
from app.documents.shown import Document, read, shown_documents
from app.tenancy.models import Tenant
from app.tenancy.scope import Reach, reaching

#: All units of a county. A province's are too many to choose from, and would let the page grow with them.
MOST_UNITS = 100
#: The facets by which cells are counted, in the order of their columns.
FACETS = ("genre", "subject", "year", "validity")


@dataclass(frozen=True)
class Counts:
    """How many documents there are, and how many each value of each facet would find."""

    total: int
    of: dict[str, dict[Any, int]]


def documents(asked: Asked, *, limit: int, offset: int = 0) -> list[Document]:
    """Return a page of the library; the newest first, or the last formed."""
    newest = LibraryEntry.dated_on if asked.by_date else LibraryEntry.published_at
    place = entries(asked, select(LibraryEntry.id)).order_by(newest.desc(), LibraryEntry.article_id.desc())
    return listed(
        place.limit(inline(limit)).offset(inline(offset)), newest.desc(), LibraryEntry.article_id.desc()
    )


def listed(entry_ids: Select[int], *order: Any) -> list[Document]:
    """Return documents by the ids of their entries, as readers may see them now, in an order."""
    return read(of_entries(entry_ids).order_by(*order))


def of_entries(entry_ids: Select[int]) -> Select[*tuple[Any, ...]]:
    """Select documents by the ids of their entries, in no order."""
    chosen = entry_ids.subquery()
    of_entry = (Article.id == LibraryEntry.article_id) & (Article.tenant_id == LibraryEntry.tenant_id)
    return shown_documents().join(LibraryEntry, of_entry).join(chosen, chosen.c.id == LibraryEntry.id)


def counts(asked: Asked) -> Counts:
    """Return the counts of all facets but the units, from one pass."""
    rows = _rows(tally.by_cell(asked))
    chosen = (asked.genre, asked.subject, asked.year, asked.validity)
    wanted = {at: want for at, want in enumerate(chosen) if want}
    of: dict[str, dict[Any, int]] = {}
    for at, facet in enumerate(FACETS):
        found: Counter[Any] = Counter()
        for row in _fitting(rows, {here: want for here, want in wanted.items() if here != at}):
            found[row[at]] += row[-1]
        of[facet] = dict(found)
    return Counts(sum(row[-1] for row in _fitting(rows, wanted)), of)


def counts_by_unit(asked: Asked) -> tuple[list[tuple[str, str, int]], int]:
    """Return slug, name and count of the units that have most of what is asked for, and how many have any.

    They come in the units' order, and the unit that is asked for is among them.
    """
    counted = tally.by_unit(replace(asked, tenant_id=None)).subquery()
    unit_id, listed = counted.c
    first = (unit_id == asked.tenant_id).desc()
    rows = _rows(
        select(unit_id, listed, func.count().over())
        .order_by(first, listed.desc(), unit_id)
        .limit(inline(MOST_UNITS))
    )
    found = {tenant_id: count for tenant_id, count, _ in rows}
    names = db.session.execute(
        select(Tenant.id, Tenant.slug, Tenant.name)
        .where(Tenant.id.in_(found))
        .order_by(Tenant.position, Tenant.id)
    )
    listed_units = [(slug, name, found[tenant_id]) for tenant_id, slug, name in names]
    return listed_units, rows[0][-1] if rows else 0


def _rows(asked: Select[*tuple[Any, ...]]) -> list[Any]:
    with reaching(Reach.PUBLISHED):
        return [tuple(row) for row in db.session.execute(asked).all()]


def _fitting(rows: list[Any], wanted: dict[int, Any]) -> list[Any]:
    """Return the rows that have what is wanted, by the place in a row."""
    for at, want in wanted.items():
        rows = [row for row in rows if row[at] == want]
    return rows
