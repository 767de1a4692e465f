"""What stands in files of each sort is found, in their properties too, whoever looks first (C3, F1)."""

import io
from collections.abc import Callable

import pytest
from docx import Document
from openpyxl import Workbook
from pypdf import PdfWriter
from reportlab.pdfgen.canvas import Canvas
from sqlalchemy import func, select

from app.checks import services
from app.content import desk_queries
from app.content.attachments import keep
from app.core.database import db
from app.extraction.models import AttachmentText
from tests.app.checks.test_services import MOBILE, person
from tests.worlds import BUREAU, County


def a_docx() -> bytes:
    document = Document()
    document.add_paragraph("请示")
    document.core_properties.keywords = "机密★"
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ("姓名", "家庭住址", "陈某", "永嘉县桥头镇坦头村12号"), strict=True):  # noqa: SLF001 - in order
        cell.text = text
    return saved(document.save)


def a_xlsx() -> bytes:
    book = Workbook()
    book.active.append(["姓名", "电话"])
    book.active.append(["陈某", int(MOBILE)])
    book.properties.subject = "密级：秘密"
    return saved(book.save)


def a_pdf() -> bytes:
    drawn = io.BytesIO()
    canvas = Canvas(drawn)
    canvas.drawString(72, 72, f"Tel: {MOBILE}")
    canvas.save()
    writer = PdfWriter(clone_from=io.BytesIO(drawn.getvalue()))
    writer.add_metadata({"/Keywords": "秘密★5年"})
    return saved(writer.write)


def saved(save: Callable[[io.BytesIO], object]) -> bytes:
    out = io.BytesIO()
    save(out)
    return out.getvalue()


def rules_of(county: County, article_id: int) -> dict[str, str]:
    with county.inside(BUREAU):
        article = desk_queries.article_on_desk(article_id)
        assert article.head is not None
        return {hit.rule: hit.where for hit in services.report_on(article, article.head).stops}


@pytest.mark.parametrize(
    ("extension", "content", "expected"),
    [
        ("docx", a_docx(), {"secrecy.mark", "personal.address"}),
        ("xlsx", a_xlsx(), {"secrecy.mark", "personal.mobile"}),
        ("pdf", a_pdf(), {"secrecy.mark", "personal.mobile"}),
        ("txt", f"陈某 {MOBILE}\n".encode("gb18030"), {"personal.mobile"}),
    ],
)
def test_files_are_read_with_their_properties(
    county: County, extension: str, content: bytes, expected: set[str]
) -> None:
    with county.inside(BUREAU):
        file = keep("材料", extension, content, person(f"{BUREAU}.editor")).id
    article = county.an_article(files=(file,))

    found = rules_of(county, article)

    assert found.keys() == expected
    assert found.get("secrecy.mark", "").endswith("文件属性" if "secrecy.mark" in expected else "")


def test_a_page_that_is_looked_at_keeps_nothing_and_says_the_same(county: County) -> None:
    with county.inside(BUREAU):
        file = keep("名单", "csv", f"陈某,{MOBILE}\n".encode(), person(f"{BUREAU}.editor")).id
    article = county.an_article(files=(file,))
    with county.inside(BUREAU):
        for row in db.session.scalars(select(AttachmentText)):
            db.session.delete(row)

    page = county.staff(f"{BUREAU}.editor").get(f"/{BUREAU}/articles/{article}/checks").text

    assert "附件“名单.csv”第 1 行" in page
    with county.inside(BUREAU):
        assert db.session.scalar(select(func.count(AttachmentText.id))) == 0
    assert rules_of(county, article) == {"personal.mobile": "附件“名单.csv”第 1 行"}
