"""A whole catalogue as a file: all that is public and nothing else, safe in a spreadsheet (GK-09, C7)."""

import csv
import io
import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import g
from openpyxl import load_workbook
from sqlalchemy import select

from app.content.genres import Genre
from app.content.states import ArticleState, Validity
from app.core.database import db
from app.exports import catalogue, queries
from app.tenancy.models import Tenant, TenantState
from tests.engines.libreoffice import rewritten
from tests.worlds import BUREAU, PORTAL, TOWN, County

#: Every unit of the founded county has it published.
GUIDE = "政府信息公开指南"


def rows_of(content: bytes, kind: str) -> list[dict[str, Any]]:
    """Read a catalogue back, whatever kind it is."""
    if kind == "json":
        return list(json.loads(content))
    if kind == "csv":
        lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    else:
        book = load_workbook(io.BytesIO(content))
        lines = [[str(value or "") for value in row] for row in book.active.values]
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


def fetched(county: County, slug: str, kind: str, query: str = "") -> list[dict[str, Any]]:
    answer = county.visitor(slug).get(f"/xxgk/catalogue.{kind}{query}")
    assert answer.status_code == 200
    return [row for row in rows_of(answer.data, kind) if row["名称"] != GUIDE]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_gk_09_a_catalogue_lists_what_is_public_and_nothing_else(county: County, kind: str) -> None:
    for state in ArticleState:
        county.an_article(state=state, title=f"{state.label}的通知", document_number="永水〔2026〕1号")
    county.an_article(TOWN, state=ArticleState.PUBLISHED, title="乡镇的通知", genre=Genre.NOTICE)

    own, all_units = fetched(county, BUREAU, kind), fetched(county, PORTAL, kind)

    assert [row["名称"] for row in own] == ["已发布的通知"]
    assert tuple(own[0]) == catalogue.HEADS
    assert own[0]["文号"] == "永水〔2026〕1号"
    assert own[0]["索引号"]
    assert own[0]["有效性"] == "有效"
    assert own[0]["地址"].startswith("http://slj.yj.localhost/tzgg/")
    assert {row["名称"] for row in all_units} == {"已发布的通知", "乡镇的通知"}
    assert fetched(county, PORTAL, kind, f"?unit={TOWN}&genre=notice")[0]["发布机构"] == "桥头镇人民政府"
    assert fetched(county, PORTAL, kind, "?year=1999") == []


def test_gk_05_a_catalogue_has_the_four_columns_of_the_law(county: County) -> None:
    county.an_article(title="草稿的通知")
    fields: dict[str, Any] = {"genre": Genre.NOTICE, "summary": "=讲防汛", "formed_on": date(2026, 3, 4)}
    county.an_article(state=ArticleState.PUBLISHED, title="防汛的通知", **fields)
    for slug in (BUREAU, PORTAL):
        answer = county.visitor(slug).get("/xxgk/catalogue-four.csv?genre=notice")
        (row,) = rows_of(answer.data, "csv")
        assert list(row) == ["索引", "名称", "内容概述", "生成日期"]
        assert row["索引"]
        assert (row["名称"], row["内容概述"], row["生成日期"]) == ("防汛的通知", "'=讲防汛", "2026-03-04")
        assert "/xxgk/catalogue-four.csv" in county.visitor(slug).get("/xxgk/download/").text


def test_c7_no_cell_is_a_formula(county: County) -> None:
    bad = '=HYPERLINK("http://x/","点")'
    county.an_article(
        state=ArticleState.PUBLISHED,
        title=bad,
        summary="+1\x0b",
        genre=Genre.NOTICE,
        document_number="@SUM(A1)",
    )

    (row,) = fetched(county, BUREAU, "csv")
    book = load_workbook(io.BytesIO(county.visitor(BUREAU).get("/xxgk/catalogue.xlsx?genre=notice").data))

    assert row["名称"] == f"'{bad}"
    assert row["文号"] == "'@SUM(A1)"
    assert {cell.data_type for line in book.active for cell in line} <= {"s", "n", "inlineStr"}
    assert book.active["B2"].value == f"'{bad}"


def test_a_workbook_opens_in_a_spreadsheet_program(county: County, folder: Path) -> None:
    county.an_article(state=ArticleState.PUBLISHED, title="停水的通知", genre=Genre.NOTICE)
    content = county.visitor(BUREAU).get("/xxgk/catalogue.xlsx?genre=notice").data

    read = rewritten(content, "xlsx", "csv:Text - txt - csv (StarCalc):44,34,76", folder)

    assert [row["名称"] for row in rows_of(read, "csv")] == ["停水的通知"]


def test_a_closed_unit_is_in_no_catalogue(county: County) -> None:
    county.an_article(TOWN, state=ArticleState.PUBLISHED)
    with county.everywhere():
        town = db.session.scalars(select(Tenant).where(Tenant.slug == TOWN)).one()
        town.state = TenantState.CLOSED

    assert fetched(county, PORTAL, "csv") == []
    assert county.visitor(TOWN).get("/xxgk/catalogue.csv").status_code == 410


@pytest.mark.parametrize(
    "query", ["?year=abc", "?year=1", "?year=２０２６", "?genre=x", f"?unit={'x' * 400}", "?year=99999999999"]
)
def test_a_part_that_does_not_exist_has_no_file(county: County, query: str) -> None:
    assert county.visitor(BUREAU).get(f"/xxgk/catalogue.csv{query}").status_code == 404


def test_the_page_of_downloads_counts_and_offers_each_year(county: County) -> None:
    county.an_article(state=ArticleState.PUBLISHED)

    page = county.visitor(PORTAL).get("/xxgk/download/").text

    assert re.search(r"共 \d+ 条", page)
    assert "/xxgk/catalogue.csv?year=20" in page
    assert "http://slj.yj.localhost/xxgk/download/" in page
    assert "/xxgk/download/" in county.visitor(BUREAU).get("/xxgk/").text


def test_a_long_catalogue_is_read_in_parts(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    titles = [f"第{number}号通知" for number in range(7)]
    for title in titles:
        county.an_article(state=ArticleState.PUBLISHED, title=title)
    monkeypatch.setattr(queries, "BATCH", 3)
    monkeypatch.setattr(catalogue, "MOST_IN_WORKBOOK", 6)

    assert [row["名称"] for row in fetched(county, BUREAU, "csv")] == titles
    assert "分别下载" in county.visitor(BUREAU).get("/xxgk/catalogue.xlsx").text
    assert "请按年份下载" in county.visitor(BUREAU).get("/xxgk/download/").text


def test_what_is_asked_by_validity_is_what_stands_on_the_page(county: County) -> None:
    """GK-11: the condition in the database and the rule in the code give one answer."""
    day, today = timedelta(days=1), date.today()  # noqa: DTZ011 - a day more or less makes no difference here
    county.an_article(state=ArticleState.PUBLISHED, title="有效")
    county.an_article(state=ArticleState.PUBLISHED, title="失效", expires_on=today - 3 * day)
    county.an_article(state=ArticleState.PUBLISHED, title="未到", effective_on=today + 3 * day)

    with county.inside(BUREAU):
        by_validity: dict[Validity, list[tuple[str, Validity]]] = {one: [] for one in Validity}
        for validity in Validity:
            wanted = queries.Wanted(column="tzgg", validity=validity)
            by_validity[validity] += [(one.title, one.validity) for one in queries.whole(g.tenant, wanted)]

    assert by_validity[Validity.VALID] == [("有效", Validity.VALID)]
    assert by_validity[Validity.EXPIRED] == [("失效", Validity.EXPIRED)]
    assert by_validity[Validity.PENDING] == [("未到", Validity.PENDING)]
    assert by_validity[Validity.ABOLISHED] == by_validity[Validity.AMENDED] == []


def test_gk_05_a_list_shows_the_four_facts_of_each_information(county: County) -> None:
    county.an_article(
        state=ArticleState.PUBLISHED, title="防汛通知", summary="落实责任。", formed_on=date(2026, 5, 4)
    )
    county.an_article(state=ArticleState.PUBLISHED, title="无摘要", body="<p>第一段。</p><p>第二段。</p>")
    county.an_article(state=ArticleState.DRAFT, title="还没有发布")
    county.an_article(TOWN, state=ArticleState.PUBLISHED, title="乡镇的通知")

    page = county.visitor().get("/xxgk/list/").text
    portal = county.visitor(PORTAL).get("/xxgk/list/").text

    heads = re.findall(r'<th scope="col">(.+?)</th>', page)
    assert heads == ["索引号", "名称", "内容概述", "生成日期"]
    assert re.search(r'class="code"[^>]*>\S+</td>\s*<th scope="row">\s*<a href="[^"]+">防汛通知</a>', page)
    assert "落实责任。" in page
    assert "2026-05-04" in page
    assert "第一段。 第二段。" in page
    assert "还没有发布" not in page
    assert "乡镇的通知" not in page
    assert 'href="http://slj.yj.localhost/xxgk/list/"' in portal
    assert county.visitor().get("/xxgk/list/?page=2").status_code == 404
