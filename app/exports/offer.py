"""What the page of catalogues offers: the whole, each year, and on a portal each unit's own."""

from app.exports import catalogue, queries
from app.exports.queries import Wanted
from app.portal.units import units_of_county
from app.tenancy.current import current_tenant
from app.tenancy.models import TenantKind
from app.tenancy.places import canonical, here, place
from app.theming.export_pages import CatalogueFile, CataloguePart, DownloadPage
from app.theming.pages import Link

LABELS = {"xlsx": "Excel", "csv": "CSV", "json": "JSON"}


def download_page() -> DownloadPage:
    """Compose the page for the current tenant."""
    years = queries.years(current_tenant)
    units = units_of_county().values() if current_tenant.is_portal else ()
    return DownloadPage(
        title="公开目录下载",
        canonical=canonical("/xxgk/download/"),
        description=f"{place().tenant.unit}政府信息公开目录，可以全部下载，也可以按年份下载。",
        trail=(Link("首页", here("/")), Link("政府信息公开", here("/xxgk/"))),
        whole=_part("全部目录", queries.count(current_tenant, Wanted()), ""),
        years=tuple(_part(f"{year} 年", number, f"?year={year}") for year, number in years.items()),
        units=tuple(
            Link(unit.name, f"{unit.home}/xxgk/download/")
            for unit in units
            if unit.kind is not TenantKind.INDEPENDENT
        ),
        most_in_workbook=catalogue.MOST_IN_WORKBOOK,
        interface=Link("开放接口", here("/api/")),
    )


def _part(title: str, number: int, query: str) -> CataloguePart:
    files = [
        CatalogueFile(
            label, here(f"/xxgk/catalogue.{kind}{query}"), number * catalogue.BYTES_A_LINE[kind] + 1024
        )
        for kind, label in LABELS.items()
        if kind != "xlsx" or number <= catalogue.MOST_IN_WORKBOOK
    ]
    size = number * catalogue.BYTES_A_LINE["csv"] + 1024  # At most: it has fewer columns.
    files.append(CatalogueFile("法定四栏 CSV", here(f"/xxgk/catalogue-four.csv{query}"), size))
    return CataloguePart(title, number, tuple(files))
