"""What may be asked of the bound tenant's catalogue and of its decisions on statutory information."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import joinedload

from app.content import queries as content
from app.content.models import Article, Column, Revision, Section
from app.content.queries import Listed, is_shown
from app.content.states import ArticleState, Ending
from app.core.clock import today
from app.core.database import db
from app.core.lookup import one_or_404
from app.disclosure.amounts import NOTHING, Amount, amounts_by_column, amounts_of, with_waiting
from app.disclosure.models import CatalogueRow, Node, RowArticle
from app.disclosure.standing import Standing, standing_of
from app.portal import amounts as portal_amounts
from app.portal import queries as portal
from app.tenancy.current import current_tenant

STATUTORY = "statutory"
MOST_FOUND = 20


@dataclass(frozen=True)
class NodeStanding:
    """A kind of statutory information, what there is of it, and what the unit has decided of it."""

    column: Column
    amount: Amount
    decision: Node | None

    @property
    def applies(self) -> bool:
        """Whether the unit has to have it; so until somebody says otherwise."""
        return self.decision is None or self.decision.applies

    @property
    def reason(self) -> str:
        """Why it does not apply; empty where it does."""
        return "" if self.decision is None or self.decision.applies else self.decision.reason

    @property
    def is_missing(self) -> bool:
        """Whether an inspector would find nothing where there has to be something (GK-02)."""
        return self.applies and not self.amount.count


def column_amounts() -> dict[int, Amount]:
    """Return what readers find in the tenant's columns; a portal's show what its units published."""
    if not current_tenant.is_portal:
        return amounts_by_column()
    found = portal_amounts.amounts_by_column(current_tenant.id)
    return {column_id: Amount(count, newest) for column_id, (count, newest) in found.items()}


def nodes() -> list[NodeStanding]:
    """Return the kinds of statutory information in their order; three queries."""
    amounts, decisions = column_amounts(), decisions_by_column()
    columns = db.session.scalars(
        select(Column)
        .where(Column.section == Section.DISCLOSURE, Column.block == STATUTORY)
        .order_by(Column.position, Column.id)
    )
    return [NodeStanding(one, amounts.get(one.id, NOTHING), decisions.get(one.id)) for one in columns]


def empty_columns() -> list[Column]:
    """Return the visible columns of the menu that show nothing (ZY-14)."""
    filled = portal.fills() if current_tenant.is_portal else content.fills()
    asked = select(Column).where(Column.section == Section.MAIN, Column.is_visible, ~filled)
    return list(db.session.scalars(asked.order_by(Column.position, Column.id)))


def decisions_by_column() -> dict[int, Node]:
    """Return the unit's decisions with who made them, by the column's id."""
    asked = select(Node).options(joinedload(Node.decided_by))
    return {one.column_id: one for one in db.session.scalars(asked)}


def reason_against(column_id: int) -> str:
    """Return why a kind of information does not apply; empty where it does."""
    asked = select(Node.reason).where(Node.column_id == column_id, Node.applies.is_(False))
    return db.session.scalar(asked) or ""


def node_column(column_id: int) -> Column:
    """Return the column of a kind of statutory information, or answer 404."""
    return one_or_404(select(Column).where(Column.id == column_id, Column.block == STATUTORY))


def rows(*, with_retired: bool = False) -> list[CatalogueRow]:
    """Return the unit's catalogue in its order: the basic one, then area by area."""
    asked = select(CatalogueRow).order_by(CatalogueRow.position, CatalogueRow.id)
    return list(db.session.scalars(asked if with_retired else asked.where(CatalogueRow.retired_at.is_(None))))


def row_by_id(row_id: int) -> CatalogueRow:
    """Return a row, or answer 404."""
    return one_or_404(select(CatalogueRow).where(CatalogueRow.id == row_id))


def row_by_code(code: str) -> CatalogueRow:
    """Return the row with a code, also one that is kept no more, or answer 404."""
    return one_or_404(select(CatalogueRow).where(CatalogueRow.code == code))


def standings(listed: Iterable[CatalogueRow] | None = None) -> list[Standing]:
    """Return how the unit's rows stand today; the number of queries does not grow with the rows."""
    found = rows() if listed is None else list(listed)
    amounts = with_waiting(found, amounts_of(found, column_amounts()))
    excused = {column_id for column_id, one in decisions_by_column().items() if not one.applies}
    return [standing_of(row, amounts[row.id], on=today(), excused=excused) for row in found]


def columns_by_id() -> dict[int, Column]:
    """Return the tenant's columns by their ids."""
    return {column.id: column for column in db.session.scalars(select(Column))}


def count_under(row: CatalogueRow) -> int:
    """Return how many articles readers find under a row."""
    asked = select(func.count(Article.id)).where(is_shown(), _is_under(row))
    return db.session.scalar(asked) or 0


def articles_under(row: CatalogueRow, *, limit: int, offset: int = 0) -> list[Listed]:
    """Return what readers find under a row, newest first: its column's, and what was put under it."""
    return content.shown_where(_is_under(row), limit=limit, offset=offset)


def tagged(row: CatalogueRow) -> list[tuple[Article, Revision]]:
    """Return what was put under a row by hand, whatever its state."""
    asked = _on_desk().join(
        RowArticle, (RowArticle.article_id == Article.id) & (RowArticle.tenant_id == Article.tenant_id)
    )
    found = db.session.execute(asked.where(RowArticle.row_id == row.id).order_by(RowArticle.id.desc()))
    return [(article, revision) for article, revision in found]


def tagged_ids(row: CatalogueRow) -> list[int]:
    """Return the ids of what was put under a row by hand, whatever its state."""
    return list(db.session.scalars(select(RowArticle.article_id).where(RowArticle.row_id == row.id)))


def rows_with(article: Article) -> set[int]:
    """Return the ids of the rows under which an article was put by hand."""
    return set(db.session.scalars(select(RowArticle.row_id).where(RowArticle.article_id == article.id)))


def candidates(row: CatalogueRow, words: str) -> list[tuple[Article, Revision]]:
    """Return the newest articles that may be put under a row and have all the words in their titles."""
    is_tagged = exists().where(
        RowArticle.row_id == row.id,
        RowArticle.article_id == Article.id,
        RowArticle.tenant_id == Article.tenant_id,
    )
    asked = _on_desk().where(
        ~is_tagged,
        Article.column_id.is_distinct_from(row.column_id),
        Article.state.not_in((ArticleState.DISCARDED, ArticleState.WITHDRAWN)),
        *(Revision.title.contains(word, autoescape=True) for word in words.split()[:5]),
    )
    found = db.session.execute(asked.order_by(Article.changed_at.desc()).limit(MOST_FOUND))
    return [(article, revision) for article, revision in found]


def _on_desk() -> Select[Article, Revision]:
    return (
        select(Article, Revision)
        .join(Revision, (Revision.id == Article.head_id) & (Revision.tenant_id == Article.tenant_id))
        .where(Article.ending.is_distinct_from(Ending.SECRECY))
    )


def _is_under(row: CatalogueRow) -> ColumnElement[bool]:
    is_tagged = exists().where(
        RowArticle.row_id == row.id,
        RowArticle.article_id == Article.id,
        RowArticle.tenant_id == Article.tenant_id,
    )
    return is_tagged if row.column_id is None else or_(Article.column_id == row.column_id, is_tagged)
