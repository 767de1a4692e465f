"""A clerk takes in documents: one, several, pasted, repeated, refused; checks the fields and saves."""

import io
import re
from typing import Any

import pytest
from lxml import html
from sqlalchemy import func, select
from sqlalchemy.orm import selectinload
from werkzeug.test import TestResponse

from app.content.models import Attachment, Revision
from app.content.states import ArticleState as State
from app.core.database import db
from app.intake.models import IntakeRecord
from tests.app.extraction.files import a_pdf
from tests.app.intake.notices import as_docx, as_html, as_pdf, lines, saved
from tests.app.intake.pictures import a_picture
from tests.app.intake.test_document import a_document
from tests.browser import Browser
from tests.worlds import BUREAU, TOWN, County

INTAKE = f"/{BUREAU}/intake/"
NUMBER = "永政办发〔2007〕89号"
TITLE = "永嘉县人民政府办公室关于加强县政府门户网站建设工作的通知"


def given(*files: tuple[bytes, str], words: str = "", column: str = "") -> dict[str, Any]:
    documents = [(io.BytesIO(content), name) for content, name in files]
    return {"documents": documents, "words": words, "column": column}


@pytest.fixture
def editor(county: County) -> Browser:
    return county.staff(f"{BUREAU}.editor")


def head_of(county: County, answer: TestResponse) -> Revision:
    """Return the newest text of the article whose page an answer leads to."""
    article_id = int(re.findall(r"/(\d+)", answer.location)[-1])
    with county.inside(BUREAU):
        of_article = (
            select(Revision).where(Revision.article_id == article_id).order_by(Revision.number.desc())
        )
        head = db.session.scalars(of_article.options(selectinload(Revision.files)).limit(1)).one()
        db.session.expunge_all()
        return head


def fields_of(page: str) -> dict[str, str]:
    """Return what the form of a page would send as it stands."""
    forms: list[Any] = html.document_fromstring(page).forms  # type: ignore[attr-defined]  # The stubs forgot it.
    (form,) = (one for one in forms if one.get("class") == "checking")
    return {name: value.strip() for name, value in form.form_values() if name not in ("csrf_token", "next")}


def test_a_document_becomes_a_draft_with_all_its_fields(county: County, editor: Browser) -> None:
    content = as_docx()

    answer = editor.post(INTAKE, data=given((content, "通知.docx")))

    assert answer.status_code == 303
    head = head_of(county, answer)
    assert (head.title, head.document_number) == (TITLE, NUMBER)
    assert head.issuer == "永嘉县人民政府办公室"
    assert (str(head.formed_on), str(head.printed_on)) == ("2007-09-11", "2007-09-12")
    assert head.copies.endswith("新闻单位。")
    assert head.files == []  # The original is kept, and readers get it only if the clerk says so.
    page = editor.get(answer.location).text
    assert "<blockquote>永政办发〔2007〕89号</blockquote>" in page
    assert "代字 永政办发，年份 2007，序号 89" in page
    original = re.search(rf'href="(/{BUREAU}/articles/files/\w+)"', page)
    assert original
    assert editor.get(original.group(1)).data == content


def test_checked_fields_are_saved_and_lead_to_the_article(county: County, editor: Browser) -> None:
    path = editor.post(INTAKE, data=given((as_docx(), "通知.docx"))).location
    sent = fields_of(editor.get(path).text)

    answer = editor.post(path, data={**sent, "issuer": "县府办", "with_original": "y", "next": "show"})

    assert answer.status_code == 303
    assert re.fullmatch(rf"/{BUREAU}/articles/\d+", answer.location)
    head = head_of(county, answer)
    assert (head.number, head.issuer) == (2, "县府办")
    assert (head.title, head.document_number) == (TITLE, NUMBER)
    assert len(head.files) == 1
    to_text = editor.post(path, data={**sent, "base": str(head.id), "next": "edit"})
    assert to_text.location.endswith("/edit")


def test_saving_what_nobody_changed_adds_no_revision(county: County, editor: Browser) -> None:
    path = editor.post(INTAKE, data=given((as_docx(), "通知.docx"))).location

    answer = editor.post(path, data=fields_of(editor.get(path).text))

    assert head_of(county, answer).number == 1


def test_a_fault_keeps_what_was_typed(editor: Browser) -> None:
    path = editor.post(INTAKE, data=given((as_docx(), "通知.docx"))).location
    sent = fields_of(editor.get(path).text)

    answer = editor.post(path, data={**sent, "printed_on": "2007-09-01", "issuer": "我写的机关", "title": ""})

    assert answer.status_code == 422
    assert "印发日期不能早于成文日期。" in answer.text
    assert "请填写标题。" in answer.text
    assert "我写的机关" in answer.text


def test_somebody_elses_text_is_not_overwritten(county: County, editor: Browser) -> None:
    path = editor.post(INTAKE, data=given((as_docx(), "通知.docx"))).location
    sent = fields_of(editor.get(path).text)
    assert editor.post(path, data={**sent, "issuer": "甲"}).status_code == 303

    answer = editor.post(path, data={**sent, "issuer": "乙"})

    assert answer.status_code == 409
    assert "已被他人修改" in answer.text
    assert 'value="乙"' in answer.text


def test_several_files_have_an_outcome_each(editor: Browser) -> None:
    files = [(as_docx(), "一.docx"), (a_pdf("", ""), "扫描.pdf"), (as_pdf(), "三.pdf"), (b"MZ", "四.exe")]

    answer = editor.post(INTAKE, data=given(*files))

    assert answer.status_code == 200
    assert "导入结果：2 个成功，2 个没有导入" in answer.text
    assert "这份 PDF 里没有文字" in answer.text
    assert "这种文件不能导入" in answer.text
    assert answer.text.count(f"核对：{TITLE}") == 2


def test_a_script_gets_the_outcomes_as_data(editor: Browser) -> None:
    answer = editor.post(INTAKE, data=given((as_docx(), "一.docx")), headers={"Accept": "application/json"})

    (outcome,) = answer.get_json()
    assert outcome["title"] == TITLE
    assert editor.get(outcome["url"]).status_code == 200


def test_the_same_file_twice_leads_to_the_same_draft(editor: Browser) -> None:
    content = as_docx()
    first = editor.post(INTAKE, data=given((content, "一.docx")))
    again = editor.post(INTAKE, data=given((content, "另存.docx")))

    assert again.location == first.location
    assert "这份文件以前导入过" in editor.get(again.location).text


def test_pasted_words_are_filed_and_come_back_when_they_are_not(county: County, editor: Browser) -> None:
    answer = editor.post(INTAKE, data=given(words="\n".join(lines())))

    assert head_of(county, answer).document_number == "永政办发〔2007〕89号"
    refused = editor.post(INTAKE, data=given(words="机密★1年\n关于值班的通知\n各站：\n请值班。"))
    assert refused.status_code == 422
    assert "涉密文件不能上网" in refused.text
    assert "关于值班的通知\n" in refused.text
    copied = editor.post(INTAKE, data=given(words=as_html().decode()))
    assert head_of(county, copied).title == TITLE


def test_a_classified_file_is_not_kept_at_all(county: County, editor: Browser) -> None:
    content = as_docx(head=["000123", "机密★1年", "关于值班的通知", "各站：", "请值班。"])

    answer = editor.post(INTAKE, data=given((content, "密.docx")))

    assert answer.status_code == 422
    with county.inside(BUREAU):
        assert db.session.scalar(select(func.count(Attachment.id))) == 0
        assert db.session.scalar(select(func.count(IntakeRecord.id))) == 0


def test_nothing_chosen_is_told(editor: Browser) -> None:
    answer = editor.post(INTAKE, data=given())
    assert answer.status_code == 422
    assert "请先选择文件" in answer.text
    many = editor.post(INTAKE, data=given(*[(b"x", f"{n}.txt") for n in range(21)]))
    assert many.status_code == 422


def test_pictures_become_files_that_want_words(county: County, editor: Browser) -> None:
    document = a_document()
    document.add_picture(a_picture("png"))
    path = editor.post(INTAKE, data=given((saved(document), "图.docx"))).location
    page = editor.get(path).text
    (token,) = re.findall(r'name="alt-(\w{32})"', page)

    answer = editor.post(path, data={**fields_of(page), f"alt-{token}": "楠溪江<边>"})

    head = head_of(county, answer)
    assert f'<img src="/files/{token}.png" alt="楠溪江〈边〉">' in head.body
    assert len(head.files) == 1
    address = f"/{BUREAU}/articles/files/{token}.png"
    assert f'<img src="{address}"' in editor.get(path).text
    assert editor.get(address).mimetype == "image/png"


def test_a_cited_document_is_linked_where_the_platform_has_it(county: County, editor: Browser) -> None:
    published = county.an_article(
        TOWN, title="甲通知", document_number="永政办发（2007）第89号", state=State.PUBLISHED
    )

    path = editor.post(INTAKE, data=given((saved(a_document()), "引.docx"))).location

    page = editor.get(path).text
    assert county.path_of(TOWN, published) in page
    assert "国办发〔2019〕19号" in page
    assert county.path_of(TOWN, published) in head_of(county, editor.post(path, data=fields_of(page))).body


def test_another_units_intake_is_not_there(county: County, editor: Browser) -> None:
    path = editor.post(INTAKE, data=given((as_docx(), "通知.docx"))).location
    stranger = county.staff(f"{TOWN}.editor")

    assert stranger.get(path).status_code == 404
    assert stranger.get(path.replace(BUREAU, TOWN)).status_code == 404
    with county.inside(TOWN):
        assert db.session.scalar(select(func.count(IntakeRecord.id))) == 0
