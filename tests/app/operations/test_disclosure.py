"""The office's matrix, its list of delays, and the columns that nobody renames (S-07, GK-10)."""

import csv
import io
from datetime import date

import pytest
from sqlalchemy import select

from app.content.models import Column
from app.content.states import ArticleState
from app.core.database import db
from app.inspection.findings import findings
from tests.browser import Browser
from tests.worlds import BUREAU, TOWN, County


@pytest.fixture
def auditor(county: County) -> Browser:
    return county.staff("portal.auditor")


def table(browser: Browser, noun: str) -> dict[str, dict[str, str]]:
    """Return the lines of an exported table by the unit's name."""
    answer = browser.get(f"/office/{noun}/export/csv/")
    assert answer.mimetype == "text/csv"
    return {line["单位"]: line for line in csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")))}


def test_s_07_the_matrix_is_red_where_a_kind_is_empty(county: County, auditor: Browser) -> None:
    county.an_article(column="gfxwj", state=ArticleState.PUBLISHED)
    county.an_article(column="xzxk", title="还没有发布的")
    with county.inside(BUREAU):
        column = db.session.scalars(select(Column.id).where(Column.slug == "xzcf")).one()
    county.staff(f"{BUREAU}.manager").post(
        f"/{BUREAU}/disclosure/nodes/{column}/set-aside", data={"reason": "没有行政处罚权"}
    )

    lines = table(auditor, "coverage")

    own, town = lines["永嘉县水利局"], lines["桥头镇人民政府"]
    assert len(own) == 2 + 15 + 1
    assert (own["规范性文件"], own["行政许可"], own["行政处罚和行政强制"]) == ("1", "空", "不适用")
    assert own["缺少的类数"] == "14"
    assert (town["规范性文件"], town["缺少的类数"]) == ("空", "16")
    assert own["第二十一条各类"] == "0/7"
    assert town["第二十一条各类"] == "0/8"
    page = auditor.get("/office/coverage/").text
    assert "行政处罚和行政强制不适用：没有行政处罚权" in page
    assert "cell-red" in page


def test_gk_04_the_office_counts_what_is_late_and_quotes_nothing(county: County, auditor: Browser) -> None:
    county.an_article(title="迟到的通知", formed_on=date(2026, 1, 5), state=ArticleState.PUBLISHED)
    county.an_article(TOWN, title="没有发布的稿子", formed_on=date(2026, 1, 5))

    lines = table(auditor, "deadlines")

    assert lines["永嘉县水利局"]["近一年迟公开"] == "1"
    assert lines["桥头镇人民政府"]["超期未发布"] == "1"
    assert int(lines["永嘉县水利局"]["目录超期事项"]) > 0
    page = auditor.get("/office/deadlines/").text
    assert "桥头镇人民政府" in page
    assert "没有发布的稿子" not in page


def test_the_office_reads_what_an_inspector_would_find_in_every_unit(
    county: County, auditor: Browser
) -> None:
    """The same sentences as on the units' desks, a unit at a time and all of them in one table."""
    with county.inside(TOWN):
        own = findings()

    page = auditor.get("/office/findings/?unit=qiaotou").text
    table = auditor.get("/office/findings/export/csv/").data.decode("utf-8-sig")

    assert [f">{one.what}</a>" in page for one in own] == [True] * len(own)
    assert f'/qiaotou/{own[-1].path}"' in page
    assert "永嘉县水利局</h2>" not in page
    lines = [line for line in csv.DictReader(io.StringIO(table)) if line["单位"] == "桥头镇人民政府"]
    assert [(line["规则"], line["问题"]) for line in lines] == [(one.rule, one.what) for one in own]
    everybody = auditor.get("/office/findings/").text
    assert everybody.count('<section class="panel"') == len(
        {line["单位"] for line in csv.DictReader(io.StringIO(table))}
    )
    for wrong in ("?unit=nobody", "?page=2", "?page=x"):
        assert auditor.get(f"/office/findings/{wrong}").status_code == 404, wrong


def test_units_people_see_no_other_units_numbers(county: County) -> None:
    for noun in ("coverage", "deadlines", "findings"):
        for way in ("", "export/csv/"):
            assert county.staff(f"{BUREAU}.manager").get(f"/office/{noun}/{way}").status_code == 403


@pytest.mark.parametrize("slug", ["gkzn", "gkzd", "gknb", "xzcf"])
@pytest.mark.parametrize(
    ("changed", "told"),
    [({"title": "好看的名称"}, "全县统一名称，不能修改"), ({"is_visible": None}, "栏目不能隐藏")],
)
def test_gk_10_the_columns_of_disclosure_are_neither_renamed_nor_hidden(
    county: County, slug: str, changed: dict[str, str | None], told: str
) -> None:
    with county.inside(BUREAU):
        column = db.session.scalars(select(Column).where(Column.slug == slug)).one()
        form = {"title": column.title, "portal_column_id": column.portal_column_id or 0, "is_visible": "y"}
        column_id, title = column.id, column.title
    form = {name: value for name, value in {**form, **changed}.items() if value is not None}

    answer = county.staff("portal.operator").post(
        "/office/columns/edit/", query_string={"id": column_id}, data=form, follow_redirects=True
    )

    assert told in answer.text
    with county.inside(BUREAU):
        column = db.session.scalars(select(Column).where(Column.slug == slug)).one()
        assert (column.title, column.is_visible) == (title, True)
