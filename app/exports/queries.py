"""What a catalogue or the public interface may tell: published texts, of one unit or of a whole county.

The scope reaches what visitors may read of all tenants, so each query names the tenants that it is for.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select, tuple_

from app.content.genres import Attribute, Genre
from app.content.models import Article, Column, Revision, Section, article_path
from app.content.queries import is_shown
from app.content.states import Validity
from app.content.validity import validity_on
from app.core.clock import COUNTY_ZONE, today
from app.core.database import db
from app.documents.asked import Asked, conditions
from app.documents.models import LibraryEntry
from app.documents.numbers import Number
from app.tenancy.addresses import OWN_HOST, PORTALS_HOST, home_of
from app.tenancy.current import CurrentTenant
from app.tenancy.models import Tenant, TenantState
from app.tenancy.scope import Reach, reaching

#: Rows that are read at once: what one export holds in memory, however long the catalogue is.
BATCH = 500
#: Where a list goes on: the moment and the id of the last row seen.
Place = tuple[datetime, int]


@dataclass(frozen=True)
class Wanted:
    """Which of the published texts are asked for; what is empty asks for nothing in particular."""

    unit: str = ""
    column: str = ""
    genre: Genre | None = None
    validity: Validity | None = None
    #: Of publication, both days included, as the county's clocks show them.
    start: date | None = None
    end: date | None = None
    #: Official documents only: those with a number.
    is_numbered: bool = False
    #: Those whose numbers have these parts, found in the library's index.
    number: Number | None = None


@dataclass(frozen=True)
class Disclosed:
    """A published text as catalogues list it (GK-05: index, name, outline, date)."""

    tenant_id: int
    article_id: int
    index_number: str
    title: str
    document_number: str
    unit_slug: str
    unit: str
    genre: Genre
    subject: str
    formed_on: date | None
    published_at: datetime
    attribute: Attribute
    validity: Validity
    column_slug: str
    column: str
    summary: str
    url: str


def of_year(year: int) -> tuple[date, date]:
    """Return the first and the last day of a year."""
    return date(year, 1, 1), date(year, 12, 31)


def reached(tenant: CurrentTenant) -> list[int]:
    """Return the ids of the open tenants that a host tells of: a portal of its whole county, in its order."""
    own = Tenant.id == tenant.id
    within = or_(own, Tenant.portal_id == tenant.id) if tenant.is_portal else own
    found = select(Tenant.id).where(within, Tenant.state == TenantState.OPEN)
    return list(db.session.scalars(found.order_by(Tenant.position, Tenant.id)))


def whole(tenant: CurrentTenant, wanted: Wanted) -> Iterator[Disclosed]:
    """Yield a catalogue unit by unit, reading a few rows at a time and holding no transaction in between."""
    for tenant_id in reached(tenant):
        last = 0
        while True:
            query = _selected(tenant, wanted).where(Article.tenant_id == tenant_id, Article.id > last)
            rows = _read(query.order_by(Article.id).limit(BATCH))
            db.session.rollback()  # A slow visitor must not keep a connection.
            yield from rows
            if len(rows) < BATCH:
                break
            last = rows[-1].article_id


def count(tenant: CurrentTenant, wanted: Wanted) -> int:
    """Return how many rows a catalogue has."""
    inner = _selected(tenant, wanted).where(_of(tenant)).order_by(None).subquery()
    with reaching(Reach.PUBLISHED):
        return db.session.scalar(select(func.count()).select_from(inner)) or 0


def years(tenant: CurrentTenant) -> dict[int, int]:
    """Return how many texts each year has, the newest year first."""
    moment = Article.first_published_at
    with reaching(Reach.PUBLISHED):
        oldest, newest = db.session.execute(
            select(func.min(moment), func.max(moment))
            .join(Tenant, Tenant.id == Article.tenant_id)
            .where(_of(tenant), is_shown())
        ).one()
    if oldest is None or newest is None:
        return {}
    span = range(newest.astimezone(COUNTY_ZONE).year, oldest.astimezone(COUNTY_ZONE).year - 1, -1)
    counted = {year: count(tenant, Wanted(start=of_year(year)[0], end=of_year(year)[1])) for year in span}
    return {year: number for year, number in counted.items() if number}


def newest(tenant: CurrentTenant, wanted: Wanted, *, after: Place | None, limit: int) -> list[Disclosed]:
    """Return published texts, the newest first, from a place on."""
    query = _selected(tenant, wanted).where(_of(tenant))
    if after is not None:
        query = query.where(tuple_(Article.first_published_at, Article.id) < tuple_(*after))
    return _read(query.order_by(Article.first_published_at.desc(), Article.id.desc()).limit(limit))


def one(tenant: CurrentTenant, article_id: int) -> Disclosed | None:
    """Return a published text of the tenant, or of its county on a portal."""
    found = _read(_selected(tenant, Wanted()).where(_of(tenant), Article.id == article_id))
    return found[0] if found else None


def _of(tenant: CurrentTenant) -> ColumnElement[bool]:
    own = Tenant.id == tenant.id
    return or_(own, Tenant.portal_id == tenant.id) if tenant.is_portal else own


def _selected(tenant: CurrentTenant, wanted: Wanted) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Article.tenant_id,
            Article.id.label("article_id"),
            Article.index_number,
            Article.first_published_at,
            validity_on(today()).label("holds"),
            Revision.title,
            Revision.document_number,
            Revision.genre,
            Revision.subject,
            Revision.formed_on,
            Revision.attribute,
            Revision.summary,
            Column.slug.label("column_slug"),
            Column.title.label("column_title"),
            Tenant.slug.label("unit_slug"),
            Tenant.unit.label("unit_name"),
            OWN_HOST.label("host"),
            PORTALS_HOST.label("portal_host"),
        )
        .join(Revision, (Revision.id == Article.published_id) & (Revision.tenant_id == Article.tenant_id))
        .join(Column, (Column.id == Article.column_id) & (Column.tenant_id == Article.tenant_id))
        .join(Tenant, Tenant.id == Article.tenant_id)
        .where(
            is_shown(),
            Tenant.state == TenantState.OPEN,
            Column.section != Section.FOOTER,
            *_conditions(tenant, wanted),
        )
    )


def _conditions(tenant: CurrentTenant, wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    said = ((Tenant.slug, wanted.unit), (Column.slug, wanted.column), (Revision.genre, wanted.genre))
    yield from (of == value for of, value in said if value)
    if wanted.is_numbered:
        yield Revision.document_number != ""
    if wanted.number is not None:
        asked = Asked(portal_id=tenant.home_portal_id, genres=frozenset(Genre), number=wanted.number)
        yield Article.id.in_(select(LibraryEntry.article_id).where(*conditions(asked)))
    if wanted.validity is not None:
        yield validity_on(today()) == wanted.validity
    yield from _within(wanted.start, wanted.end)


def _within(start: date | None, end: date | None) -> Iterator[ColumnElement[bool]]:
    if start is not None:
        yield Article.first_published_at >= _midnight(start, 0)
    if end is not None:
        yield Article.first_published_at < _midnight(end, 1)


def _midnight(day: date, later: int) -> datetime:
    return datetime.fromordinal(day.toordinal() + later).replace(tzinfo=COUNTY_ZONE)


def _read(query: Select[*tuple[Any, ...]]) -> list[Disclosed]:
    with reaching(Reach.PUBLISHED):
        return [_from_row(row) for row in db.session.execute(query).all()]


def _from_row(row: Any) -> Disclosed:
    home = home_of(row.unit_slug, row.host, row.portal_host)
    return Disclosed(
        tenant_id=row.tenant_id,
        article_id=row.article_id,
        index_number=row.index_number or "",
        title=row.title,
        document_number=row.document_number,
        unit_slug=row.unit_slug,
        unit=row.unit_name,
        genre=row.genre,
        subject=row.subject,
        formed_on=row.formed_on,
        published_at=row.first_published_at,
        attribute=row.attribute,
        validity=row.holds,
        column_slug=row.column_slug,
        column=row.column_title,
        summary=row.summary,
        url=home + article_path(row.column_slug, row.first_published_at, row.article_id),
    )
