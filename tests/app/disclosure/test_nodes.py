"""Statutory information: a lack is a finding; what cannot be is set aside with a reason (GK-02)."""

import re

import pytest
from sqlalchemy import select

from app.audit.models import AuditRow
from app.content.models import Column
from app.content.states import ArticleState
from app.core.database import db
from app.disclosure.findings import findings
from app.disclosure.models import Node
from tests.browser import Browser
from tests.worlds import BUREAU, LIBRARY, PORTAL, TOWN, County

REASON = "本单位没有行政处罚权"
DESK = f"/{BUREAU}/disclosure/"


def column_id(county: County, slug: str, unit: str = BUREAU) -> int:
    with county.inside(unit):
        return db.session.scalars(select(Column.id).where(Column.slug == slug)).one()


def set_aside(county: County, by: Browser, slug: str = "xzcf", reason: str = REASON) -> str:
    path = f"{DESK}nodes/{column_id(county, slug)}/set-aside"
    return by.post(path, data={"reason": reason}, follow_redirects=True).text


def told(county: County, unit: str = BUREAU) -> list[str]:
    with county.inside(unit):
        return [one.what for one in findings()]


def test_gk_02_an_applicable_node_without_an_article_is_a_finding(county: County) -> None:
    lacking = "法定公开内容“行政处罚和行政强制”还没有信息"
    assert any(what.startswith(lacking) for what in told(county))
    assert "没有内容" in county.staff(f"{BUREAU}.editor").get(DESK).text

    county.an_article(column="xzcf", state=ArticleState.PUBLISHED)

    assert not any(what.startswith(lacking) for what in told(county))


def test_gk_02_a_node_is_set_aside_with_a_reason_that_readers_see_at_once(county: County) -> None:
    visitor, town = county.visitor(), county.visitor(TOWN)
    before = (visitor.get("/xxgk/").text, visitor.get("/xzcf/").text, town.get("/xxgk/").text)

    page = set_aside(county, county.staff(f"{BUREAU}.manager"))

    assert "已标记为不适用" in page
    assert f"不适用：{REASON}" not in "".join(before)
    assert f"不适用：{REASON}" in visitor.get("/xxgk/").text
    assert f"不适用：{REASON}" in visitor.get("/xzcf/").text
    assert town.get("/xxgk/").text == before[2]
    assert not any("行政处罚和行政强制" in what for what in told(county))
    with county.inside(BUREAU):
        row = db.session.scalars(select(AuditRow).where(AuditRow.act == "disclosure.decide")).one()
        assert REASON in str(vars(row))


def test_gk_02_taking_it_back_makes_the_lack_a_finding_again(county: County) -> None:
    signer = county.staff(f"{BUREAU}.signer")
    set_aside(county, signer)

    done = signer.post(f"{DESK}nodes/{column_id(county, 'xzcf')}/take-up", data={}, follow_redirects=True)
    again = signer.post(f"{DESK}nodes/{column_id(county, 'xzcf')}/take-up", data={})

    assert "已恢复为应当公开" in done.text
    assert again.status_code == 409
    assert "不适用：" not in county.visitor().get("/xxgk/").text
    assert any("行政处罚和行政强制" in what for what in told(county))


@pytest.mark.parametrize("reason", ["", "   ", "无", "理由\x00", "很长" * 101])
def test_gk_02_without_a_reason_nothing_is_set_aside_and_nothing_typed_is_lost(
    county: County, reason: str
) -> None:
    path = f"{DESK}nodes/{column_id(county, 'xzcf')}/set-aside"

    answer = county.staff(f"{BUREAU}.manager").post(path, data={"reason": reason})

    assert answer.status_code == 422
    assert "请写明不适用的理由" in answer.text
    assert reason.replace("\x00", "").strip() in answer.text
    with county.inside(BUREAU):
        assert db.session.scalars(select(Node)).all() == []


def test_a_reason_is_text_and_no_markup(county: County) -> None:
    set_aside(county, county.staff(f"{BUREAU}.manager"), reason="<script>alert(1)</script>没有")

    assert "<script>alert" not in county.visitor().get("/xxgk/").text


def test_a_decision_without_a_reason_or_against_the_facts_is_a_finding(county: County) -> None:
    set_aside(county, county.staff(f"{BUREAU}.manager"))
    county.an_article(column="xzcf", state=ArticleState.PUBLISHED)

    assert any("标为不适用，但有 1 条信息" in what for what in told(county))
    with county.inside(BUREAU):
        node = db.session.scalars(select(Node)).one()
        node.reason = ""
    assert any("没有写理由" in what for what in told(county))


def test_zy_14_empty_columns_are_told_in_one_line(county: County) -> None:
    of_menu = [what for what in told(county) if "菜单里不显示" in what]

    assert len(of_menu) == 1
    assert "等" in of_menu[0]


def test_other_columns_are_no_kinds_of_the_statute(county: County) -> None:
    manager = county.staff(f"{BUREAU}.manager")
    for slug, unit in (("tzgg", BUREAU), ("gkzn", BUREAU), ("xzcf", TOWN)):
        path = f"{DESK}nodes/{column_id(county, slug, unit)}/set-aside"
        assert manager.post(path, data={"reason": REASON}).status_code == 404, slug


@pytest.mark.parametrize("unit", [BUREAU, TOWN, LIBRARY, PORTAL])
def test_gk_10_every_unit_has_the_four_blocks_and_every_node_answers(county: County, unit: str) -> None:
    """Fixed names in their fixed order, whatever somebody wrote into the columns; empty ones say so."""
    with county.inside(unit):
        for column in db.session.scalars(select(Column).where(Column.block.in_(("guide", "annual")))):
            column.title = "别的名称"
        slugs = db.session.scalars(select(Column.slug).where(Column.block == "statutory")).all()
    visitor = county.visitor(unit)

    headings = re.findall(r"<h2[^>]*>([^<]+)</h2>", visitor.get("/xxgk/").text)

    assert headings == ["政府信息公开指南", "政府信息公开制度", "法定主动公开内容", "政府信息公开年报"]
    assert len(slugs) >= 15
    for slug in slugs:
        assert "这类信息还没有公开的内容" in visitor.get(f"/{slug}/").text, slug


def test_the_portal_counts_what_its_units_have_published(county: County) -> None:
    county.an_article(column="xzcf", state=ArticleState.PUBLISHED)

    page = county.visitor(PORTAL).get("/xxgk/").text

    assert "1 类有内容" in page
