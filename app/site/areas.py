"""The portal's pages of the areas of standardised openness, over all its units (rules 1.11)."""

from flask import abort, g

from app.disclosure import areas as queries
from app.disclosure.catalogues import catalogues
from app.site.disclosure import entry_of
from app.tenancy.current import current_tenant
from app.tenancy.places import canonical, here, place
from app.theming.disclosure_pages import AreaCard, AreaPage, AreasPage
from app.theming.pages import Link
from app.web.blueprints import PublicBlueprint
from app.web.paging import PER_PAGE, page_number, pager

TITLE = "基层政务公开标准化"

bp = PublicBlueprint("areas", __name__)


@bp.page("/jczwgk/")
def index() -> AreasPage:
    """List the areas with how much the units keep of each."""
    _enter()
    counts = queries.area_counts(current_tenant.id)
    return AreasPage(
        title=TITLE,
        canonical=canonical("/jczwgk/"),
        description=f"{place().tenant.county}基层政务公开的各个领域：各单位公开的事项、内容、依据和时限。",
        trail=(Link("首页", here("/")), Link("政府信息公开", here("/xxgk/"))),
        areas=tuple(
            AreaCard(Link(area.title, here(f"/jczwgk/{area.slug}/")), *counts.get(area.slug, (0, 0)))
            for area in catalogues().areas
        ),
    )


@bp.page("/jczwgk/<slug>/")
def area(slug: str) -> AreaPage:
    """Show the units' rows of one area; each leads to the unit's own page."""
    _enter()
    found = catalogues().area(slug) or abort(404)
    number, path = page_number(), f"/jczwgk/{slug}/"
    total, _ = queries.area_counts(current_tenant.id).get(slug, (0, 0))
    listed = queries.rows_in(current_tenant.id, slug, limit=PER_PAGE, offset=(number - 1) * PER_PAGE)
    return AreaPage(
        title=found.title,
        canonical=canonical(path if number == 1 else f"{path}?page={number}"),
        description=f"{place().tenant.county}各单位在“{found.title}”领域公开的事项。",
        trail=(Link("首页", here("/")), Link("政府信息公开", here("/xxgk/")), Link(TITLE, here("/jczwgk/"))),
        entries=tuple(
            entry_of(
                one.row, one.amount, one.unit_home + one.row.path, Link(one.unit_name, f"{one.unit_home}/")
            )
            for one in listed
        ),
        pager=pager(number, total, here(path)),
        siblings=tuple(
            Link(one.title, here(f"/jczwgk/{one.slug}/"), current=one.slug == slug)
            for one in catalogues().areas
        ),
    )


def _enter() -> None:
    if not current_tenant.is_portal:
        abort(404)
    g.menu_at = "xxgk"
