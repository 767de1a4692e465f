"""How much there is under columns and rows of the catalogue, how new it is, and what waits to be published.

Ids of columns and rows are unique over all tenants: one answer serves a unit, and the county over all.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import func, select

from app.content.genres import Attribute, Secrecy
from app.content.models import Article, Revision
from app.content.queries import is_shown
from app.content.states import ArticleState
from app.core.clock import COUNTY_ZONE
from app.core.database import db
from app.disclosure.models import CatalogueRow, RowArticle

#: Where a text stands that readers have never seen and may still see.
ON_THE_WAY = (ArticleState.DRAFT, ArticleState.SUBMITTED, ArticleState.SIGNED)


@dataclass(frozen=True)
class Amount:
    """What a column or a row has."""

    count: int = 0
    newest: datetime | None = None
    #: When the oldest text was formed that is to be published and is not yet.
    waiting: date | None = None

    @property
    def newest_on(self) -> date | None:
        """The day of the newest publication on the county's calendars."""
        return self.newest.astimezone(COUNTY_ZONE).date() if self.newest else None

    def __add__(self, other: "Amount") -> "Amount":
        newest = [moment for moment in (self.newest, other.newest) if moment]
        waiting = [day for day in (self.waiting, other.waiting) if day]
        return Amount(self.count + other.count, max(newest, default=None), min(waiting, default=None))


NOTHING = Amount()


def amounts_by_column(of: Collection[int] | None = None) -> dict[int, Amount]:
    """Return what columns show of their own articles, by the column's id."""
    counted = select(Article.column_id, func.count(Article.id), func.max(Article.first_published_at)).where(
        is_shown()
    )
    if of is not None:
        counted = counted.where(Article.column_id.in_(of))
    rows = db.session.execute(counted.group_by(Article.column_id)).all()
    return {column_id: Amount(count, newest) for column_id, count, newest in rows}


def amounts_by_row(of: Collection[int] | None = None) -> dict[int, Amount]:
    """Return what was put under rows besides the articles of their columns, by the row's id."""
    counted = (
        select(RowArticle.row_id, func.count(Article.id), func.max(Article.first_published_at))
        .join(Article, (Article.id == RowArticle.article_id) & (Article.tenant_id == RowArticle.tenant_id))
        .join(
            CatalogueRow,
            (CatalogueRow.id == RowArticle.row_id) & (CatalogueRow.tenant_id == RowArticle.tenant_id),
        )
        .where(is_shown(), Article.column_id.is_distinct_from(CatalogueRow.column_id))
    )
    if of is not None:
        counted = counted.where(RowArticle.row_id.in_(of))
    rows = db.session.execute(counted.group_by(RowArticle.row_id)).all()
    return {row_id: Amount(count, newest) for row_id, count, newest in rows}


def waiting_by_column() -> dict[int, date]:
    """Return when the oldest text was formed that a column is still to show; for staff alone."""
    rows = db.session.execute(
        select(Article.column_id, func.min(Revision.formed_on))
        .join(Revision, (Revision.id == Article.head_id) & (Revision.tenant_id == Article.tenant_id))
        .where(
            Article.first_published_at.is_(None),
            Article.state.in_(ON_THE_WAY),
            Revision.formed_on.is_not(None),
            Revision.attribute == Attribute.OPEN,
            Revision.secrecy == Secrecy.NONE,
        )
        .group_by(Article.column_id)
    ).all()
    return dict(rows)  # type: ignore[arg-type]  # A row is a pair.


def amounts_of(rows: Iterable[CatalogueRow], by_column: dict[int, Amount] | None = None) -> dict[int, Amount]:
    """Return what readers find under rows, by the row's id; two queries, or one where columns are known."""
    listed = list(rows)
    columns = {row.column_id for row in listed if row.column_id is not None}
    known = amounts_by_column(columns) if by_column is None else by_column
    tagged = amounts_by_row([row.id for row in listed])
    return {row.id: known.get(row.column_id or 0, NOTHING) + tagged.get(row.id, NOTHING) for row in listed}


def with_waiting(rows: Iterable[CatalogueRow], amounts: dict[int, Amount]) -> dict[int, Amount]:
    """Add to what rows have what still waits in their columns."""
    waiting = waiting_by_column()
    return {row.id: replace(amounts[row.id], waiting=waiting.get(row.column_id or 0)) for row in rows}
