"""The record of who did what, on a sheet, as a PDF and over a period (GK-07, S-64)."""

import csv
import io

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from sqlalchemy import select

from app.content.genres import Genre
from app.content.models import Revision
from app.content.states import ArticleState
from app.core.clock import today
from app.core.database import db
from app.publishing import endings, escalation, services
from tests.app.publishing.acts import article_of, head_of, person
from tests.worlds import BUREAU, TOWN, County


def _signed_twice(county: County, title: str = "取水管理规定") -> int:
    article_id = county.an_article(
        title=title, genre=Genre.NORMATIVE, document_number="永水〔2026〕9号", state=ArticleState.SUBMITTED
    )
    with county.inside(BUREAU):
        article = article_of(article_id)
        services.publish(article, person("slj.signer"), revision=head_of(article))
        services.approve(article, person("slj.leader"), revision=head_of(article))
    return article_id


def test_the_sheet_names_every_hand_and_the_digest(county: County) -> None:
    article_id = _signed_twice(county)
    with county.inside(BUREAU):
        digest = db.session.scalars(select(Revision.digest).where(Revision.article_id == article_id)).one()
        names = [person(login).name for login in ("slj.editor", "slj.signer", "slj.leader")]

    page = county.staff("portal.auditor").get(f"/slj/articles/{article_id}/sheet").text

    for words in (
        *names,
        "审签（负责同志）",
        "审核（主要领导）",
        "标记政策性",
        "永水〔2026〕9号",
        "非涉密",
        digest,
        "已发布",
    ):
        assert words in page, words


def test_the_pdf_holds_the_same_words(county: County) -> None:
    article_id = _signed_twice(county)

    answer = county.staff("slj.signer").get(f"/slj/articles/{article_id}/sheet.pdf")

    assert answer.mimetype == "application/pdf"
    words = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.data)).pages)
    for wanted in ("信息发布审核表", "取水管理规定", "主要领导", "SHA-256"):
        assert wanted in words.replace("\n", "")


def test_long_and_hostile_words_fit_on_paper(county: County) -> None:
    article_id = county.an_article(title="<b>&长" * 20, state=ArticleState.SUBMITTED)
    with county.inside(BUREAU):
        article, signer = article_of(article_id), person("slj.signer")
        for _ in range(3):
            services.give_back(article, signer, revision=head_of(article), reason="</para>" + "改" * 280)
            services.submit(article, person("slj.editor"), revision=head_of(article))

    answer = county.staff("slj.signer").get(f"/slj/articles/{article_id}/sheet.pdf")

    assert answer.status_code == 200
    assert len(PdfReader(io.BytesIO(answer.data)).pages) >= 2
    assert "未发布" in county.staff("slj.signer").get(f"/slj/articles/{article_id}/sheet").text


def test_a_secret_texts_sheet_tells_nothing_to_most(county: County) -> None:
    article_id = _signed_twice(county, title="不该公开的")
    with county.inside(BUREAU):
        article = article_of(article_id)
        endings.take_down(article, person("slj.signer"), revision=head_of(article), reason="泄密的内容")
    for login, reads in (("slj.secrecy", True), ("slj.editor", False), ("portal.auditor", False)):
        page = county.staff(login).get(f"/slj/articles/{article_id}/sheet").text
        assert ("不该公开的" in page, "泄密的内容" in page) == (reads, reads), login
        assert "涉密下线" in page
    assert "不该公开的" not in county.staff("slj.editor").get("/slj/sheets").text


def test_a_lifted_mark_stands_on_the_sheet(county: County) -> None:
    article_id = county.an_article(body="<p>疫情</p>", state=ArticleState.SUBMITTED)
    with county.inside(BUREAU):
        article = article_of(article_id)
        flag = escalation.open_flags(article)[0]
        escalation.lift(article, flag.id, person("slj.signer"), reason="只是转述旧闻")
    assert "只是转述旧闻" in county.staff("slj.editor").get(f"/slj/articles/{article_id}/sheet").text


def test_the_register_lists_the_period_and_nothing_else(county: County) -> None:
    _signed_twice(county)
    county.an_article(TOWN, title="别的单位的", state=ArticleState.PUBLISHED)
    county.an_article(title="还没有签的")
    staff = county.staff("slj.manager")

    page = staff.get("/slj/sheets").text
    before = staff.get("/slj/sheets", query_string={"from": "2020-01-01", "to": "2020-12-31"}).text

    assert "取水管理规定" in page
    assert "别的单位的" not in page
    assert "还没有签的" not in page
    assert "这段时间没有审签或公开过信息" in before


@pytest.mark.parametrize(
    "period", [{"from": "昨天"}, {"from": "2026-02-01", "to": "2026-01-01"}, {"to": "9999-12-31"}]
)
def test_a_period_that_cannot_be_is_told(county: County, period: dict[str, str]) -> None:
    staff = county.staff("slj.manager")
    for path in ("/slj/sheets", "/slj/sheets.csv", "/slj/sheets.xlsx"):
        answer = staff.get(path, query_string=period)
        assert answer.status_code == 422
        assert "开始日期不能晚于结束日期" in answer.text


def test_the_exports_hold_text_and_no_formula(county: County) -> None:
    """C7."""
    _signed_twice(county, title='=HYPERLINK("http://x","看")')
    staff, period = county.staff("slj.manager"), {"from": today().isoformat(), "to": today().isoformat()}

    rows = list(
        csv.reader(io.StringIO(staff.get("/slj/sheets.csv", query_string=period).text.removeprefix("\ufeff")))
    )
    book = load_workbook(io.BytesIO(staff.get("/slj/sheets.xlsx", query_string=period).data))

    titles = [row[1] for row in rows[1:]]
    assert any(title.startswith("'=HYPERLINK") for title in titles)
    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert "f" not in {cell.data_type for cell in cells}
    assert any(cell.value == '=HYPERLINK("http://x","看")' for cell in cells)
