"""An existing catalogue becomes drafts: once, however often it is handed in; nothing is published by it."""

import csv
import io
import re
from datetime import datetime
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app.content.genres import Genre
from app.content.models import Article, Column, Revision
from app.content.states import ArticleState
from app.core.database import db
from app.ledger import services
from app.ledger.models import Ledger
from tests.browser import Browser
from tests.worlds import BUREAU, TOWN, County

DESK = f"/{BUREAU}/ledger/"
HEADS = "索引号,名称,文号,成文日期,内容概述,栏目,体裁"
GOOD = "ABC-2007-001,关于停水的通知,永水〔2007〕1号,2007年9月11日,城区停水,通知公告,"
OTHER = ",关于供水的公告,永水〔2007〕2号,2007/9/12,城区供水,tzgg,公告"


def sheet(*lines: str, heads: str = HEADS, encoding: str = "utf-8") -> bytes:
    return "\r\n".join([heads, *lines]).encode(encoding)


@pytest.fixture
def editor(county: County) -> Browser:
    return county.staff(f"{BUREAU}.editor")


def handed_in(editor: Browser, content: bytes, name: str = "目录.csv") -> str:
    """Hand a sheet in; return the address of its page."""
    answer = editor.post(DESK, data={"sheet": (io.BytesIO(content), name)})
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def imported(editor: Browser, content: bytes, name: str = "目录.csv", **also: str) -> str:
    """Hand a sheet in and import it as its headings suggest; return what the page says of it."""
    page = handed_in(editor, content, name)
    answer = editor.post(page, data=mapping_on(editor.get(page)) | also)
    assert answer.status_code == 303, answer.text
    return editor.get(page).text


def mapping_on(answer: TestResponse) -> dict[str, str]:
    """Return what the form would send as it stands."""
    found: dict[str, str] = {}
    for name, options in re.findall(
        r'<select id="[^"]+" name="([^"]+)">(.*?)</select>', answer.text, re.DOTALL
    ):
        chosen = re.search(r'value="([^"]*)"\s+selected', options)
        found[name] = chosen.group(1) if chosen else ""
    return found


def articles(county: County, slug: str = BUREAU) -> list[tuple[Any, ...]]:
    """Return index number, title, state and number of revisions in the column of notices."""
    with county.inside(slug):
        rows = db.session.execute(
            select(Article.index_number, Revision.title, Article.state, Revision.number)
            .join(Revision, Revision.id == Article.head_id)
            .join(Column, Column.id == Article.column_id)
            .where(Column.slug == "tzgg")
            .order_by(Article.id)
        ).all()
        return [tuple(row) for row in rows]


def test_lines_become_drafts_with_their_index_numbers(county: County, editor: Browser) -> None:
    said = imported(editor, sheet(GOOD, OTHER))

    assert "新建草稿 2 条" in said
    assert articles(county) == [
        ("ABC-2007-001", "关于停水的通知", ArticleState.DRAFT, 1),
        (None, "关于供水的公告", ArticleState.DRAFT, 1),
    ]
    with county.inside(BUREAU):
        first, second = db.session.scalars(
            select(Revision).where(Revision.title.like("关于%水的%")).order_by(Revision.id)
        ).all()
        assert (first.genre, second.genre) == (Genre.NOTICE, Genre.ANNOUNCEMENT)
        assert (str(first.formed_on), str(second.formed_on)) == ("2007-09-11", "2007-09-12")
        assert first.body == "<p>城区停水</p>"
    assert "关于停水的通知" not in county.visitor(BUREAU).get("/tzgg/").text


def test_the_same_sheet_again_makes_no_twins(county: County, editor: Browser) -> None:
    imported(editor, sheet(GOOD, OTHER))
    changed = GOOD.replace("城区停水", "城区与桥头停水")

    said = imported(editor, sheet(changed, OTHER))

    assert "更新草稿 1 条，跳过 1 条" in said
    assert [(number, revisions) for number, _, _, revisions in articles(county)] == [
        ("ABC-2007-001", 2),
        (None, 1),
    ]


def test_a_bad_line_stops_no_other_and_is_given_back(county: County, editor: Browser) -> None:
    bad = (
        ",,永水〔2007〕3号,2007-13-40,=1+1,没有的栏目,诗歌",
        "ABC-2007-001,另一个名称,,,重复的索引号,tzgg,",
        ",没有内容,,,,tzgg,",
    )
    page = handed_in(editor, sheet(GOOD, *bad, OTHER))
    preview = editor.get(page)
    for expected in ("第 3 行", "没有名称", "不是日期", "本站没有栏目", "体裁", "2 行有误"):
        assert expected in preview.text, expected
    editor.post(page, data=mapping_on(preview))

    assert [title for _, title, _, _ in articles(county)] == ["关于停水的通知", "关于供水的公告"]
    back = editor.get(f"{page}/faulty.csv")
    lines = list(csv.reader(io.StringIO(back.data.decode("utf-8-sig"))))
    assert lines[0][-2:] == ["原行号", "问题"]
    assert [line[-2] for line in lines[1:]] == ["3", "4", "5"]
    assert lines[1][4] == "'=1+1"
    assert "与第 2 行重复" in lines[2][-1]


def test_another_units_index_number_stays_its_own(county: County, editor: Browser) -> None:
    imported(editor, sheet(GOOD))
    town = county.staff(f"{TOWN}.editor")
    answer = town.post(f"/{TOWN}/ledger/", data={"sheet": (io.BytesIO(sheet(GOOD, OTHER)), "a.csv")})
    town.post(answer.location, data=mapping_on(town.get(answer.location)))

    said = town.get(answer.location).text

    assert services.TAKEN in said
    assert [title for _, title, _, _ in articles(county, TOWN)] == ["关于供水的公告"]
    assert town.get(answer.location.replace(TOWN, BUREAU)).status_code == 404


def test_what_is_public_is_not_changed(county: County, editor: Browser) -> None:
    county.an_article(title="关于供水的公告", document_number="永水〔2007〕2号", state=ArticleState.PUBLISHED)

    said = imported(editor, sheet(OTHER))

    assert "没有改动" in said
    assert [revisions for _, _, _, revisions in articles(county)] == [1]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_both_encodings_and_a_default_column_are_read(county: County, editor: Browser, encoding: str) -> None:
    content = sheet("停水,https://www.yj.gov.cn/1.html", heads="信息名称（必填）,原文链接", encoding=encoding)
    with county.inside(BUREAU):
        column = db.session.scalars(select(Column.id).where(Column.slug == "tzgg")).one()

    imported(editor, content, column=str(column))

    with county.inside(BUREAU):
        body = db.session.scalars(select(Revision.body).where(Revision.title == "停水")).one()
        assert 'href="https://www.yj.gov.cn/1.html"' in body


def test_a_workbook_is_read_with_its_dates(county: County, editor: Browser) -> None:
    book, out = Workbook(), io.BytesIO()
    book.active.append(["名称", "成文日期", "文号", "正文", "栏目"])
    book.active.append(["停水", datetime(2007, 9, 11), 89.0, "第一段\n第二段", "tzgg"])  # noqa: DTZ001 - a cell has no zone
    book.save(out)

    imported(editor, out.getvalue(), "目录.XLSX")

    with county.inside(BUREAU):
        head = db.session.scalars(select(Revision).where(Revision.title == "停水")).one()
        assert (str(head.formed_on), head.document_number) == ("2007-09-11", "89")
        assert head.body == "<p>第一段</p><p>第二段</p>"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", b"", "没有内容"),
        ("a.csv", "名称".encode(), "没有内容"),
        ("a.xlsx", b"PK\x03\x04broken", "损坏"),
        ("a.doc", b"x", "只能导入"),
        ("a.csv", b"\x00\x01\xff\xfe\x00", ""),
        ("a.csv", "名称\n".encode() + "停水\n".encode() * 6_000, "拆成几份"),
    ],
)
def test_what_is_no_sheet_is_refused_in_words(editor: Browser, name: str, content: bytes, said: str) -> None:
    answer = editor.post(DESK, data={"sheet": (io.BytesIO(content), name)})

    assert answer.status_code == 422
    assert said in answer.text
    assert editor.post(DESK).status_code == 422


def test_columns_are_chosen_on_the_screen_and_kept(county: County, editor: Browser) -> None:
    page = handed_in(editor, sheet("停水,城区", heads="甲,乙"))
    assert editor.post(page, data={"field-summary": "1"}).status_code == 422

    seen = editor.get(f"{page}?field-title=0&field-summary=1&field-genre=99&column=x")

    chosen = mapping_on(seen)
    assert (chosen["field-title"], chosen["field-summary"], chosen["field-genre"]) == ("0", "1", "")
    with county.inside(BUREAU):
        assert db.session.scalar(select(func.count(Ledger.id))) == 1


def test_a_long_sheet_is_imported_in_parts_and_handed_in(
    county: County, editor: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is published without a signature, and what the rules stop stays a draft with its reason."""
    monkeypatch.setattr(services, "AT_ONCE", 2)
    lines = [f"N-{n},第{n}号通知,,2007-09-11,内容,tzgg,通知" for n in range(4)]
    page = handed_in(editor, sheet(*lines, "N-9,联系张三的通知,,2007-09-11,电话13800138000,tzgg,通知"))
    first = editor.post(page, data=mapping_on(editor.get(page)))
    assert first.status_code == 303
    assert "还有 3 条" in editor.get(page).text
    editor.post(page)
    editor.post(page)
    editor.post(page)  # There is nothing left: no harm.

    assert len(articles(county)) == 5
    answer = editor.post(f"{page}/submit", data={"after": "0"})

    states = [state for _, _, state, _ in articles(county)]
    assert states.count(ArticleState.SUBMITTED) == 4
    assert states[-1] is ArticleState.DRAFT
    assert "联系张三的通知" in answer.text
    assert editor.post(f"{page}/submit", data={"after": "x"}).status_code == 200
