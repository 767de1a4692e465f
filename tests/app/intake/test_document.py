"""The founding notice in every format, and other documents with what they may carry."""

import time
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from app.content.genres import Attribute, Genre
from app.extraction.passages import Page, Passage
from app.intake.document import pasted, placeholder, taken_in, understood
from tests.app.intake.notices import FORMATS, lines, saved
from tests.app.intake.pictures import a_picture

#: What the promise allows for one document.
MOST_SECONDS = 5
EXPECTED = {
    "issuer": "永嘉县人民政府办公室",
    "document_number": "永政办发〔2007〕89号",
    "title": "永嘉县人民政府办公室关于加强县政府门户网站建设工作的通知",
    "sort": "通知",
    "recipients": "各乡镇人民政府，县政府直属各单位",
    "formed_on": "2007-09-11",
    "keywords": "电子政务 网络 通知",
    "copies": "县委各部门，县人大办、政协办，县人武部，县法院、检察院，各民主党派、人民团体，新闻单位。",
    "printer": "永嘉县人民政府办公室",
    "printed_on": "2007-09-12",
}


@pytest.mark.parametrize("extension", FORMATS)
def test_the_founding_notice_gives_all_its_fields_in_every_format(extension: str) -> None:
    taken = taken_in(FORMATS[extension](), extension)

    assert (taken.note, taken.warnings, taken.genre) == ("", (), Genre.NOTICE)
    assert {name: found.value for name, found in (taken.fields or {}).items()} == EXPECTED
    assert taken.attribute is Attribute.OPEN


def test_the_founding_notice_pasted_gives_the_same() -> None:
    taken = taken_in(*pasted("\n".join(lines())))

    assert {name: found.value for name, found in (taken.fields or {}).items()} == EXPECTED


@pytest.mark.parametrize("extension", FORMATS)
def test_every_field_shows_the_words_it_was_taken_from(extension: str) -> None:
    whole = "".join(lines())
    for found in (taken_in(FORMATS[extension](), extension).fields or {}).values():
        assert found.words.replace("\n", "") in whole
        assert found.place.startswith("第 ")


@pytest.mark.parametrize("extension", FORMATS)
def test_the_body_is_the_text_without_head_and_foot(extension: str) -> None:
    body = taken_in(FORMATS[extension](), extension).body

    assert body.startswith("<p>各乡镇人民政府，县政府直属各单位：</p>")
    assert body.endswith('<p class="right">二〇〇七年九月十一日</p>')
    assert "<h2>五、建立县政府门户网站内容保障工作长效机制</h2>" in body
    assert "<h3>（一）加强政府信息公开力度</h3>" in body
    assert "信息资源未得到有效整合。" in body
    for gone in ("主题词", "抄送", "印发</", "办公室文件", "- 1 -", "永政办发"):
        assert gone not in body, gone


def a_document() -> Any:
    """Return a document of 2019 with a table, a numbered list, a picture and a link to nowhere."""
    document: Any = docx.Document()
    for line in ("永嘉县水利局文件", "永水利〔2019〕7号", "永嘉县水利局关于印发《安澜办法（试行）》的通知"):
        document.add_paragraph(line).alignment = 1
    document.add_paragraph("各乡镇人民政府：")
    document.add_paragraph("根据永政办发[2007]第89号和国办发〔2019〕19号文件，现印发给你们。")
    return document


def test_a_table_gets_a_head_and_keeps_what_is_merged() -> None:
    document = a_document()
    table = document.add_table(3, 2)
    for row, (left, right) in zip(table.rows, (("单位", "数量"), ("甲站", "3"), ("合计", "")), strict=True):
        row.cells[0].text, row.cells[1].text = left, right
    table.cell(2, 0).merge(table.cell(2, 1))

    body = taken_in(saved(document), "docx").body

    assert '<th scope="col">单位</th><th scope="col">数量</th>' in body
    assert '<td colspan="2"' in body


def test_the_numbers_that_word_counts_itself_are_written_out() -> None:
    document = a_document()
    numbering = document.part.numbering_part.element
    abstract = numbering.find(qn("w:abstractNum"))
    level = abstract.find(qn("w:lvl"))
    level.find(qn("w:numFmt")).set(qn("w:val"), "chineseCounting")
    level.find(qn("w:lvlText")).set(qn("w:val"), "%1、")
    number = next(
        one
        for one in numbering.findall(qn("w:num"))
        if one.find(qn("w:abstractNumId")).get(qn("w:val")) == abstract.get(qn("w:abstractNumId"))
    )
    for heading in ("总体要求", "主要任务"):
        paragraph = document.add_paragraph(heading)
        mark = OxmlElement("w:numPr")
        for name, value in (("w:ilvl", "0"), ("w:numId", number.get(qn("w:numId")))):
            part = OxmlElement(name)
            part.set(qn("w:val"), value)
            mark.append(part)
        paragraph._p.get_or_add_pPr().append(mark)  # noqa: SLF001 - the library has no name for it

    body = taken_in(saved(document), "docx").body

    assert "<h2>一、总体要求</h2><h2>二、主要任务</h2>" in body


def test_pictures_stand_where_they_stood() -> None:
    document = a_document()
    document.add_picture(a_picture("png"))

    taken = taken_in(saved(document), "docx")

    assert len(taken.pictures) == 1
    assert f'<img src="{placeholder(0)}"' in taken.body


def test_other_documents_are_cited_and_the_own_number_is_not() -> None:
    taken = taken_in(saved(a_document()), "docx")

    assert taken.value("document_number") == "永水利〔2019〕7号"
    assert [str(one) for one in taken.cites] == ["永政办发〔2007〕89号", "国办发〔2019〕19号"]


@pytest.mark.parametrize("text", ["", " \n ", "\u200b"])
def test_without_text_there_is_a_note(text: str) -> None:
    assert taken_in(text.encode() or b" ", "txt").note != ""


PIECES = st.sampled_from(
    [
        *("<p>", "</p>", "<div>", "</div>", "<table>", "<tr>", "<td>", "<td colspan=2>", "</table>"),
        *("<h2>", "</h2>", "<b>", "</b>", "<img src=picture:0>", "<hr>", "<br>", "<li>"),
        *("\x01", "&#1;", "&#xFFFE;", "\x0b", "\u2028", "，", "。", " ", "\n"),
        *("一、总则", "关于值班的通知", "各站：", "2024年3月1日", "主题词：甲", "字" * 40),
    ]
)


@given(st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=80))
@settings(max_examples=400, deadline=None)
def test_whatever_a_reader_hands_over_is_understood_without_a_fault(text: str) -> None:
    for found in (Page(html=text), Page(passages=(Passage("第 1 页", text),))):
        taken = understood(found)
        assert taken.body or taken.note


@pytest.mark.parametrize(
    "text",
    [
        "<p>" + "</p><p>".join(["字" * 31] * 20_000) + "</p>",
        "<p>" + "抄送：" * 200_000 + "</p>",
        "<p>" + "</p><p>".join(["二〇〇七年九月十一日"] * 30_000) + "</p>",
        "<table>" + "<tr><td>甲</td><td>乙</td></tr>" * 20_000 + "</table>",
        "<div>" * 150 + "字" * 500_000 + "</div>" * 150,
    ],
)
def test_a_long_document_is_understood_in_time(text: str) -> None:
    started = time.process_time()  # Others who share the machine's cores are no reason.
    assert understood(Page(html=text)).body
    lines = Page(passages=(Passage("第 1 页", text.replace("</p><p>", "\n")),))
    assert understood(lines).body
    assert time.process_time() - started < 4 * MOST_SECONDS
