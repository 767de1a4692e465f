"""What a visitor wants to see of the library, and the query that finds its entries."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select

from app.content.genres import DOCUMENTS, Genre
from app.content.states import Validity
from app.content.validity import validity_on
from app.core.prepared import THIS_MOMENT, TODAY
from app.documents.models import LibraryEntry
from app.documents.numbers import Number
from app.tenancy.models import Tenant, TenantState


@dataclass(frozen=True)
class Asked:
    """What a visitor wants to see of the library; empty means everything."""

    #: The portal, or a unit, whose library it is; as parameters in a prepared statement.
    portal_id: int | BindParameter[int]
    tenant_id: int | BindParameter[int] | None = None
    genre: Genre | None = None
    genres: frozenset[Genre] = DOCUMENTS
    subject: str = ""
    year: int | None = None
    validity: Validity | None = None
    number: Number | None = None
    by_date: bool = False


def entries(asked: Asked, query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Narrow a query over the library to what is asked for and may be seen now."""
    return (
        query.select_from(LibraryEntry)
        .join(Tenant, (Tenant.id == LibraryEntry.tenant_id) & (Tenant.state == TenantState.OPEN))
        .where(LibraryEntry.published_at <= THIS_MOMENT, *conditions(asked))
    )


def conditions(asked: Asked) -> Iterator[ColumnElement[bool]]:
    """Yield what is asked of an entry, shown or not."""
    yield LibraryEntry.portal_id == asked.portal_id
    if asked.tenant_id is not None:
        yield LibraryEntry.tenant_id == asked.tenant_id
    yield LibraryEntry.genre == asked.genre if asked.genre else LibraryEntry.genre.in_(sorted(asked.genres))
    if asked.subject:
        yield LibraryEntry.subject == asked.subject
    if asked.year:
        yield LibraryEntry.year == asked.year
    if asked.validity:
        yield validity_on(TODAY, LibraryEntry, LibraryEntry) == asked.validity
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
