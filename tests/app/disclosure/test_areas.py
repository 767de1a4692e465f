"""The areas on the portal: all units' rows, in place, and nothing that is not public (rules 1.11)."""

import re

import pytest
from sqlalchemy import select

from app.content.states import ArticleState
from app.core.clock import now
from app.core.database import db
from app.disclosure.models import CatalogueRow
from app.tenancy.models import Tenant, TenantState
from bench.statements import Pages
from tests.worlds import BUREAU, HOSTS, LIBRARY, PORTAL, TOWN, County


def a_row(county: County, unit: str, second: str, area: str = "hjgl", *, code: str = "z100") -> None:
    with county.inside(unit) as tenant:
        db.session.add(
            CatalogueRow(
                tenant_id=tenant.id,
                code=code,
                area=area,
                first="户籍管理",
                second=second,
                deadline="20wd",
                basis="户口登记条例",
            )
        )


def test_every_area_is_listed_with_its_units(county: County) -> None:
    page = county.visitor(PORTAL).get("/jczwgk/").text

    assert len(re.findall('class="area-card[ "]', page)) == 26
    assert "1 个单位，" in page
    assert "暂无单位编制" in page


def test_an_area_shows_all_units_rows_and_leads_to_their_pages(county: County) -> None:
    a_row(county, BUREAU, "水利局的户口事项")
    a_row(county, TOWN, "桥头镇的户口事项")

    page = county.visitor(PORTAL).get("/jczwgk/hjgl/").text

    assert page.index("水利局的户口事项") < page.index("桥头镇的户口事项")
    for unit in (BUREAU, TOWN):
        assert f"http://{HOSTS[unit]}/xxgk/catalogue/z100/" in page
        assert county.visitor(unit).get("/xxgk/catalogue/z100/").status_code == 200


def test_counts_are_of_what_readers_see(county: County) -> None:
    """A draft, a text taken back and one of another column count nothing."""
    with county.inside(TOWN):
        row = db.session.scalars(select(CatalogueRow).where(CatalogueRow.code == "shjz-01")).one()
        path = row.path
    for state in (ArticleState.DRAFT, ArticleState.WITHDRAWN):
        county.an_article(TOWN, column="shjz", title="没有公开的救助", state=state)
    visitor = county.visitor(PORTAL)
    assert "条</a>" not in visitor.get("/jczwgk/shjz/").text

    county.an_article(TOWN, column="shjz", title="救助标准", state=ArticleState.PUBLISHED)

    page = visitor.get("/jczwgk/shjz/").text
    assert f'href="http://{HOSTS[TOWN]}{path}"' in page
    assert "1 条</a>" in page
    assert "没有公开的救助" not in page


def test_a_retired_row_and_a_closed_unit_are_gone(county: County) -> None:
    a_row(county, BUREAU, "水利局的户口事项")
    a_row(county, TOWN, "桥头镇的户口事项")
    with county.inside(BUREAU):
        kept = db.session.scalars(select(CatalogueRow).where(CatalogueRow.code == "z100")).one()
        a_retired = CatalogueRow(
            tenant_id=kept.tenant_id, code="z101", area="hjgl", first="户籍管理", second="停用的事项"
        )
        a_retired.deadline, a_retired.retired_at = "20wd", now()
        db.session.add(a_retired)
    with county.everywhere():
        closed = db.session.scalars(select(Tenant).where(Tenant.slug == TOWN)).one()
        closed.state = TenantState.CLOSED

    page = county.visitor(PORTAL).get("/jczwgk/hjgl/").text

    assert "水利局的户口事项" in page
    assert "停用的事项" not in page
    assert "桥头镇的户口事项" not in page


@pytest.mark.parametrize("path", ["/jczwgk/", "/jczwgk/shjz/"])
def test_only_the_portal_has_them(county: County, path: str) -> None:
    for unit, status in ((PORTAL, 200), (BUREAU, 404), (LIBRARY, 404)):
        assert county.visitor(unit).get(path).status_code == status, unit
    assert county.visitor(PORTAL).get("/jczwgk/nowhere/").status_code == 404


def test_pages_of_an_area_hold_twenty_rows_and_ask_no_more_for_more_units(county: County) -> None:
    for number in range(3):
        a_row(county, BUREAU, f"事项{number}", code=f"z2{number:02}")
    pages = Pages(county.front)
    few = len(pages.queries_of(HOSTS[PORTAL], "/jczwgk/hjgl/"))
    for unit in (TOWN, LIBRARY, PORTAL):
        for number in range(7):
            a_row(county, unit, f"{unit}{number}", code=f"z3{number:02}")

    many = len(pages.queries_of(HOSTS[PORTAL], "/jczwgk/hjgl/"))

    assert many <= few
    visitor = county.visitor(PORTAL)
    assert "第 1 / 2 页" in visitor.get("/jczwgk/hjgl/").text
    assert visitor.get("/jczwgk/hjgl/?page=3").status_code == 404
