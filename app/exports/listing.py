"""The catalogue as the law describes it: index, name, outline and date of each information (GK-05)."""

from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, func, select

from app.content.models import Article, Column, Revision, Section, article_path
from app.content.queries import is_shown
from app.core.clock import COUNTY_ZONE
from app.core.database import db
from app.core.html import plain
from app.portal.units import units_of_county
from app.tenancy.current import current_tenant
from app.tenancy.models import TenantKind
from app.tenancy.places import canonical, here, place
from app.theming.export_pages import CatalogueListPage, CatalogueListRow
from app.theming.pages import Link
from app.web.paging import PER_PAGE, page_number, pager

if TYPE_CHECKING:
    from datetime import date

PATH = "/xxgk/list/"
#: Characters that stand for the outline where nobody wrote one.
OUTLINE = 80


def list_page() -> CatalogueListPage:
    """Compose a page of the bound tenant's own list, newest first; answers 404 beyond the last one.

    A portal's is that of the county office; what its units disclose stands on theirs, to which it leads.
    """
    number = page_number()
    total = db.session.scalar(_disclosed(func.count(Article.id))) or 0
    rows = db.session.execute(
        _disclosed(
            *(Article.id, Article.index_number, Article.first_published_at, Column.slug),
            *(Revision.title, Revision.summary, Revision.formed_on, Revision.body),
        )
        .order_by(Article.first_published_at.desc(), Article.id.desc())
        .limit(PER_PAGE)
        .offset((number - 1) * PER_PAGE)
    ).all()
    units = units_of_county().values() if current_tenant.is_portal else ()
    return CatalogueListPage(
        title="政府信息公开目录清单",
        canonical=canonical(PATH if number == 1 else f"{PATH}?page={number}"),
        description=f"{place().tenant.unit}主动公开的政府信息：索引、名称、内容概述、生成日期。",
        trail=(Link("首页", here("/")), Link("政府信息公开", here("/xxgk/"))),
        rows=tuple(_row(row) for row in rows),
        pager=pager(number, total, here(PATH)),
        units=tuple(
            Link(unit.name, f"{unit.home}{PATH}") for unit in units if unit.kind is not TenantKind.INDEPENDENT
        ),
    )


def _disclosed(*columns: Any) -> Select[Any]:
    """Select of what readers see of the tenant, but for the pages in its foot."""
    return (
        select(*columns)
        .select_from(Article)
        .join(Revision, (Revision.id == Article.published_id) & (Revision.tenant_id == Article.tenant_id))
        .join(Column, (Column.id == Article.column_id) & (Column.tenant_id == Article.tenant_id))
        .where(is_shown(), Column.section != Section.FOOTER)
    )


def _row(row: Any) -> CatalogueListRow:
    published: date = row.first_published_at.astimezone(COUNTY_ZONE).date()
    return CatalogueListRow(
        index_number=row.index_number or "",
        name=Link(row.title, here(article_path(row.slug, row.first_published_at, row.id))),
        outline=row.summary or _beginning(row.body),
        made_on=(row.formed_on or published).isoformat(),
    )


def _beginning(body: str) -> str:
    words = " ".join(plain(body).split())
    return words if len(words) <= OUTLINE else f"{words[:OUTLINE]}…"
