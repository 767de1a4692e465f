"""News in pictures on the portal: of all units, the first ones, nothing that readers may not see."""

import re

import pytest
from sqlalchemy import select

from app.accounts.models import Account
from app.content.states import ArticleState
from app.core.database import db
from app.operations.services import close_unit
from app.portal import services
from app.portal.models import PortalEntry
from app.publishing import endings
from app.tenancy.models import Tenant
from bench.statements import Pages
from tests.app.content.photographs import a_photograph, taken_in
from tests.app.publishing.acts import article_of, head_of, person
from tests.worlds import BUREAU, HOSTS, LIBRARY, PORTAL, TOWN, County

PUBLISHED = ArticleState.PUBLISHED
MOST = 6


def pictured(county: County, title: str, slug: str = BUREAU, state: ArticleState = PUBLISHED) -> int:
    """Publish news of a unit with a picture; return its id."""
    column = "yw" if slug == PORTAL else "gzdt"
    file_id, _ = taken_in(county, f"{title}.jpg", a_photograph(480, 320), slug)
    return county.an_article(
        slug, column=column, title=title, body=f"<p>{title}。</p>", files=(file_id,), state=state
    )


def shown(county: County) -> list[str]:
    """Return the titles that stand under pictures on the portal's front page."""
    html = county.visitor(PORTAL).get("/").text
    found = re.search(r'<section class="block block-photos.*?</section>', html, re.DOTALL)
    return re.findall(r"<span>(.*?)</span>", found.group()) if found else []


def test_news_of_all_units_stand_there_with_the_portals_own_pictures_address(county: County) -> None:
    county.an_article(column="gzdt", title="没有照片", state=PUBLISHED)
    assert shown(county) == []
    pictured(county, "县里开会", PORTAL)
    pictured(county, "乡镇巡查", TOWN)
    pictured(county, "水利局巡查")
    pictured(county, "还是草稿", state=ArticleState.DRAFT)

    assert shown(county) == ["水利局巡查", "乡镇巡查", "县里开会"]
    html = county.visitor(PORTAL).get("/").text
    addresses = set(re.findall(r'<img src="(/[^"]*/?files/[^"]+)"', html))
    assert {address.partition("files/")[0] for address in addresses} == {"/", "/u/slj/", "/u/qiaotou/"}
    for address in addresses:
        assert county.visitor(PORTAL).get(address).status_code == 200


def test_a_notice_with_a_picture_is_no_news(county: County) -> None:
    file_id, _ = taken_in(county, "图.jpg", a_photograph())
    county.an_article(column="tzgg", files=(file_id,), state=PUBLISHED)

    assert shown(county) == []


@pytest.mark.parametrize("act", ["withdraw", "close", "hide"])
def test_what_readers_may_not_see_is_gone_with_the_next_request(county: County, act: str) -> None:
    pictured(county, "留下的", TOWN)
    gone = pictured(county, "不再有的")
    assert shown(county) == ["不再有的", "留下的"]

    if act == "withdraw":
        with county.inside(BUREAU):
            article = article_of(gone)
            endings.withdraw(article, person("slj.signer"), revision=head_of(article), reason="有误")
    elif act == "close":
        with county.everywhere():
            unit = db.session.scalars(select(Tenant).where(Tenant.slug == BUREAU)).one()
            close_unit(unit, reason="并入县农业农村局")
    else:
        with county.inside(PORTAL):
            operator_row = db.session.scalars(select(Account).where(Account.login == "portal.operator")).one()
            entry = db.session.scalars(select(PortalEntry).where(PortalEntry.article_id == gone)).one()
            services.hide(entry, operator_row, reason="重复")

    assert shown(county) == ["留下的"]


def test_a_pinned_one_comes_first(county: County) -> None:
    first = pictured(county, "先有的", TOWN)
    pictured(county, "后有的")
    with county.inside(PORTAL):
        operator = db.session.scalars(select(Account).where(Account.login == "portal.operator")).one()
        entry = db.session.scalars(select(PortalEntry).where(PortalEntry.article_id == first)).one()
        services.pin(entry, operator, is_pinned=True)

    assert shown(county) == ["先有的", "后有的"]


def test_pictures_cost_no_query_however_many_units_have_them(county: County) -> None:
    pages = Pages(county.front)
    pictured(county, "一家的")
    few = len(pages.queries_of(HOSTS[PORTAL], "/"))
    for slug in (TOWN, LIBRARY, BUREAU, PORTAL):
        for number in range(3):
            pictured(county, f"{slug}第{number}天", slug)

    many = len(pages.queries_of(HOSTS[PORTAL], "/"))

    assert many <= few <= MOST
