"""The library (文件库): official documents of a unit, or of all units on the portal, by facets and by number.

Facets are counted in one pass over the narrow index of the library, grouped by genre, subject, year and mark;
what each facet would find with the other filters kept is added up from those few cells. Only the units need
a second pass. Both, and the page itself, ask for indexed columns of one table, however deep the page.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from app.content.genres import Genre
from app.content.models import Article, Column, Revision, article_path
from app.content.states import Validity
from app.content.validity import validity_on
from app.core.clock import now, today
from app.core.database import db
from app.documents.models import LibraryEntry
from app.documents.numbers import Number
from app.documents.queries import PORTAL_HOST
from app.tenancy.addresses import home_of
from app.tenancy.models import Host, Tenant, TenantState
from app.tenancy.scope import Reach, reaching

#: The facets by which cells are counted, in the order of their columns.
FACETS = ("genre", "subject", "year", "validity")


@dataclass(frozen=True)
class Asked:
    """What a visitor wants to see of the library; empty means everything."""

    #: The portal, or a unit, whose library it is.
    portal_id: int
    tenant_id: int | None = None
    genre: Genre | None = None
    subject: str = ""
    year: int | None = None
    validity: Validity | None = None
    number: Number | None = None
    by_date: bool = False


@dataclass(frozen=True)
class Document:
    """A document as the library lists it."""

    title: str
    document_number: str
    formed_on: date | None
    published_at: Any
    validity: Validity
    genre: Genre
    unit_name: str
    unit_home: str
    url: str
    summary: str = ""
    plan_period: str = ""
    issuer: str = ""
    period_until: Any = None


@dataclass(frozen=True)
class Counts:
    """How many documents there are, and how many each value of each facet would find."""

    total: int
    of: dict[str, dict[Any, int]]


def documents(asked: Asked, *, limit: int, offset: int = 0) -> list[Document]:
    """Return a page of the library; the newest first, or the last formed."""
    newest = LibraryEntry.dated_on if asked.by_date else LibraryEntry.published_at
    place = _entries(asked, select(LibraryEntry.id)).order_by(newest.desc(), LibraryEntry.article_id.desc())
    return listed(place.limit(limit).offset(offset), newest.desc(), LibraryEntry.article_id.desc())


def listed(entry_ids: Select[int], *order: Any) -> list[Document]:
    """Return documents by the ids of their entries, as readers may see them now, in an order."""
    chosen = entry_ids.subquery()
    asked = (
        select(
            Revision.title,
            Revision.document_number,
            Revision.formed_on,
            Article.first_published_at,
            validity_on(today()),
            Revision.genre,
            Tenant.name,
            Revision.summary,
            Revision.plan_period,
            Revision.issuer,
            Revision.period_until,
            Tenant.slug,
            Host.name,
            PORTAL_HOST.name,
            Column.slug,
            Article.id,
        )
        .select_from(LibraryEntry)
        .join(chosen, chosen.c.id == LibraryEntry.id)
        .join(
            Article, (Article.id == LibraryEntry.article_id) & (Article.tenant_id == LibraryEntry.tenant_id)
        )
        .join(Revision, (Revision.id == Article.published_id) & (Revision.tenant_id == Article.tenant_id))
        .join(Column, (Column.id == Article.column_id) & (Column.tenant_id == Article.tenant_id))
        .join(Tenant, Tenant.id == Article.tenant_id)
        .join(Host, (Host.tenant_id == Tenant.id) & Host.is_primary)
        .outerjoin(PORTAL_HOST, (PORTAL_HOST.tenant_id == Tenant.portal_id) & PORTAL_HOST.is_primary)
        .order_by(*order)
    )
    with reaching(Reach.PUBLISHED):
        return [_document(tuple(row)) for row in db.session.execute(asked).all()]


def counts(asked: Asked) -> Counts:
    """Return the counts of all facets but the units, from one pass."""
    day = validity_on(today(), LibraryEntry, LibraryEntry).label("validity")
    columns = (LibraryEntry.genre, LibraryEntry.subject, LibraryEntry.year, day)
    bare = replace(asked, genre=None, subject="", year=None, validity=None)
    cells = _entries(bare, select(*columns, func.count())).group_by(*columns)
    with reaching(Reach.PUBLISHED):
        rows = [tuple(row) for row in db.session.execute(cells).all()]
    chosen = (asked.genre, asked.subject, asked.year, asked.validity)
    of: dict[str, dict[Any, int]] = {}
    for at, facet in enumerate(FACETS):
        found: Counter[Any] = Counter()
        for row in _fitting(rows, [None if here == at else want for here, want in enumerate(chosen)]):
            found[row[at]] += row[-1]
        of[facet] = dict(found)
    return Counts(sum(row[-1] for row in _fitting(rows, list(chosen))), of)


def counts_by_unit(asked: Asked) -> dict[int, tuple[str, int]]:
    """Return name and count of each unit that has what is asked for, whatever unit was chosen."""
    everywhere = replace(asked, tenant_id=None)
    counted = _entries(everywhere, select(LibraryEntry.tenant_id, func.count())).group_by(
        LibraryEntry.tenant_id
    )
    with reaching(Reach.PUBLISHED):
        found = dict(db.session.execute(counted).all())
    names = db.session.execute(
        select(Tenant.id, Tenant.name).where(Tenant.id.in_(found)).order_by(Tenant.position, Tenant.id)
    )
    return {tenant_id: (name, found[tenant_id]) for tenant_id, name in names}


def _fitting(rows: list[tuple[Any, ...]], wanted: list[Any]) -> Iterator[tuple[Any, ...]]:
    for row in rows:
        if all(not want or row[at] == want for at, want in enumerate(wanted)):
            yield row


def _entries(asked: Asked, query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
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
    if asked.genre:
        yield LibraryEntry.genre == asked.genre
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


def _document(row: tuple[Any, ...]) -> Document:
    title, number, formed_on, published_at, validity, genre, unit_name, summary = row[:8]
    plan_period, issuer, period_until, slug, host, portal_host, column_slug, article_id = row[8:]
    home = home_of(slug, host, portal_host)
    return Document(
        title=title,
        document_number=number,
        formed_on=formed_on,
        published_at=published_at,
        validity=validity,
        genre=genre,
        unit_name=unit_name,
        unit_home=home + "/",
        url=home + article_path(column_slug, published_at, article_id),
        summary=summary,
        plan_period=plan_period,
        issuer=issuer,
        period_until=period_until,
    )
