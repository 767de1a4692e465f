"""Texts and files that the tests of exports put into papers, and how they are read back."""

import io

from docx import Document
from PIL import Image
from pypdf import PdfReader
from sqlalchemy import select

from app.accounts.models import Account
from app.content.attachments import keep
from app.core.database import db
from tests.worlds import BUREAU, County

MERGED = (
    "<table><tr><th colspan='2'>断水范围</th><th>时间</th></tr>"
    "<tr><td rowspan='2'>城区</td><td>县前路</td><td>周三</td></tr>"
    "<tr><td>环城路</td><td>周四</td></tr></table>"
)
RICH = (
    "<h2>一、范围</h2><p>因<strong>管道检修</strong>，定于周三停水，降至 5 m<sup>3</sup>。</p>"
    f"<ul><li>县前路<ul><li>东段</li></ul></li></ul><ol start='3'><li>环城路</li></ol>{MERGED}"
)


def a_file(county: County, title: str, extension: str, content: bytes) -> tuple[int, str]:
    """Keep a file of the bureau; return its id and token."""
    with county.inside(BUREAU):
        editor = db.session.scalars(select(Account).where(Account.login == "slj.editor")).one()
        kept = keep(title, extension, content, editor)
        return kept.id, kept.token


def a_picture() -> bytes:
    """Return a small picture."""
    written = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(written, "PNG")
    return written.getvalue()


def words_of(content: bytes, kind: str) -> str:
    """Read a PDF or Word file back as words."""
    if kind == "pdf":
        return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    document = Document(io.BytesIO(content))
    rows = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *rows])
