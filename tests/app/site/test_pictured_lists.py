"""A column whose list shows small pictures, on a unit's subsite and on the portal."""

import re

import pytest
from sqlalchemy import select

from app.content.models import Column, Layout
from app.content.states import ArticleState
from app.core.database import db
from app.tenancy.models import Tenant
from bench.statements import Pages
from tests.app.content.photographs import a_photograph, taken_in
from tests.worlds import BUREAU, HOSTS, PORTAL, County

PUBLISHED = ArticleState.PUBLISHED
MOST = 6


def choose(county: County, slug: str, column: str = "tzgg", *, has_pictures: bool = True) -> None:
    """Let a unit's list have pictures or none, as the office does."""
    with county.everywhere():
        of_unit = select(Tenant.id).where(Tenant.slug == slug).scalar_subquery()
        found = db.session.scalars(
            select(Column).where(Column.tenant_id == of_unit, Column.slug == column)
        ).one()
        column_id, title, target = found.id, found.title, found.portal_column_id or 0
    data = {"title": title, "max_gap_days": "180", "portal_column_id": target, "is_visible": "y"}
    chosen = {"has_pictures": "y"} if has_pictures else {}
    county.staff("portal.operator").post(
        "/office/columns/edit/", query_string={"id": column_id}, data={**data, **chosen}
    )


def rows(county: County, slug: str) -> list[tuple[str, bool]]:
    """Return the titles of a list, each with whether a picture stands beside it."""
    html = county.visitor(slug).get("/tzgg/").text
    found = re.findall(r'<li class="(teaser[^"]*)">(.*?)</li>', html, re.DOTALL)
    return [
        (
            re.sub(r"\s|<[^>]*>", "", re.findall(r'teaser-title".*?>(.*?)</a>', row, re.DOTALL)[0]),
            "<img" in row,
        )
        for _, row in found
    ]


@pytest.mark.parametrize("slug", [BUREAU, PORTAL])
def test_who_has_a_picture_shows_it_and_who_has_none_shows_none(county: County, slug: str) -> None:
    picture, _ = taken_in(county, "坝.jpg", a_photograph())
    county.an_article(title="有图的", body="<p>有图。</p>", files=(picture,), state=PUBLISHED)
    county.an_article(title="没图的", state=PUBLISHED)
    assert rows(county, slug) == [("没图的", False), ("有图的", False)]

    choose(county, slug)

    assert rows(county, slug) == [("没图的", False), ("有图的", True)]
    html = county.visitor(slug).get("/tzgg/").text
    img = re.findall(r"<img[^>]*/files/[^>]*>", html)
    assert len(img) == 1
    for part in ('width="1200"', 'height="800"', "480w", 'loading="lazy"', 'alt=""', "11rem"):
        assert part in img[0]
    address = re.findall(r'src="([^"]+)"', img[0])[0]
    assert address.startswith("/files/" if slug == BUREAU else "/u/slj/files/")
    assert county.visitor(slug).get(address).status_code == 200
    choose(county, slug, has_pictures=False)
    assert rows(county, slug) == [("没图的", False), ("有图的", False)]


@pytest.mark.parametrize("slug", [BUREAU, PORTAL])
def test_pictures_cost_a_list_no_query(county: County, slug: str) -> None:
    picture, _ = taken_in(county, "坝.jpg", a_photograph())
    for number in range(3):
        county.an_article(title=f"第{number}天", files=(picture,), body=f"<p>{number}</p>", state=PUBLISHED)
    pages = Pages(county.front)
    plain = len(pages.queries_of(HOSTS[slug], "/tzgg/"))

    choose(county, slug)

    assert len(pages.queries_of(HOSTS[slug], "/tzgg/")) <= plain <= MOST


def test_a_column_that_is_a_page_has_no_list_to_show_pictures(county: County) -> None:
    choose(county, BUREAU, "dwgk")

    with county.inside(BUREAU):
        column = db.session.scalars(select(Column).where(Column.slug == "dwgk")).one()
        assert (column.layout, column.has_pictures) == (Layout.PAGE, False)
