"""Merging a column that a unit cannot keep up into another one of the unit (ZY-14)."""

from sqlalchemy import delete, func, select, update

from app.audit.services import record
from app.content.former import FormerColumn
from app.content.models import Article, Column, Layout, Revision, Section
from app.core.database import db
from app.core.errors import RuleBroken
from app.disclosure.models import CatalogueRow
from app.operations.services import refresh_around
from app.portal import services as portal
from app.tenancy.models import Tenant


def targets_for(column: Column) -> list[Column]:
    """Return the columns of the same unit into which one may be merged: lists of the same type."""
    if _why_not(column):
        return []
    alike = select(Column).where(
        Column.tenant_id == column.tenant_id,
        Column.id != column.id,
        Column.layout == Layout.LIST,
        Column.section == Section.MAIN,
        Column.type == column.type,
    )
    return list(db.session.scalars(alike.order_by(Column.position, Column.id)))


def count_in(column: Column) -> int:
    """Return how many articles a column holds, in whatever state."""
    of_column = select(func.count(Article.id)).where(
        Article.tenant_id == column.tenant_id, Article.column_id == column.id
    )
    return db.session.scalar(of_column) or 0


def merge_column(column: Column, into: Column) -> int:
    """File all articles of a column under another one and end it; its addresses lead there for ever.

    Index numbers, signatures and the articles' own addresses stay. Returns how many articles were moved.
    Raises RuleBroken for a column that the county fixes, and for a target that is not of the same sort.
    """
    if reason := _why_not(column):
        raise RuleBroken(reason)
    if into.id not in {one.id for one in targets_for(column)}:
        raise RuleBroken("请从本单位同类型的列表栏目中选择并入哪个栏目。")
    tenant = db.session.get_one(Tenant, column.tenant_id)
    moved = count_in(column)
    for of in (Article, CatalogueRow, FormerColumn):  # What led to the merged column before leads on at once.
        db.session.execute(
            update(of)
            .where(of.tenant_id == column.tenant_id, of.column_id == column.id)
            .values(column_id=into.id)
        )
    if (column.portal_id, column.portal_column_id) != (into.portal_id, into.portal_column_id):
        _list_anew(into)
    db.session.add(
        FormerColumn(id=column.id, tenant_id=column.tenant_id, slug=column.slug, column_id=into.id)
    )
    record(
        "column.merge",
        f"column:{column.id}",
        tenant_id=column.tenant_id,
        before={"title": column.title, "slug": column.slug},
        after={"into": into.slug, "articles": moved},
    )
    db.session.execute(delete(Column).where(Column.tenant_id == column.tenant_id, Column.id == column.id))
    refresh_around(tenant)
    return moved


def _why_not(column: Column) -> str:
    if column.section != Section.MAIN or column.block:
        return "政府信息公开专栏和页脚的栏目全县统一，不能合并。"
    if column.layout != Layout.LIST:
        return "只有列表栏目可以合并；单页栏目没有多条信息，不用时请隐藏。"
    leads_here = select(Column.id).where(
        Column.portal_id == column.tenant_id, Column.portal_column_id == column.id
    )
    if db.session.scalar(leads_here.limit(1)):
        return "还有单位的栏目汇聚到这里。请先把它们改为汇聚到别的栏目，再合并。"
    return ""


def _list_anew(column: Column) -> None:
    """Let the portal list the column's public articles where the column leads."""
    rows = db.session.execute(
        select(Article, Revision)
        .join(Revision, (Revision.id == Article.published_id) & (Revision.tenant_id == Article.tenant_id))
        .where(Article.tenant_id == column.tenant_id, Article.column_id == column.id)
        .execution_options(populate_existing=True)
    ).all()
    for article, revision in rows:
        portal.include(article, revision)
