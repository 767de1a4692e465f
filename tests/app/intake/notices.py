"""The founding notice as offices would send it: the same lines in every format."""

import io
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from app.config import ROOT
from app.core.html import plain
from app.extraction.readers.markdown import markup

SOURCE = ROOT / "tenants" / "yongjia" / "content" / "000-founding-notice.md"
CENTERED, RIGHT = 3, ("二〇〇七年九月十一日",)
FONT = "STSong-Light"
CHARACTERS_A_LINE = 28


def lines() -> list[str]:
    """Return the notice's paragraphs."""
    return plain(markup(SOURCE.read_bytes())).split("\n")


def as_markdown() -> bytes:
    return SOURCE.read_bytes()


def as_text() -> bytes:
    return "\r\n".join(lines()).encode("gb18030")


def as_html() -> bytes:
    paragraphs = "".join(
        f"<p class=MsoNormal style='text-indent:2em'>{one}<o:p></o:p></p>" for one in lines()
    )
    return f"<html><head><meta charset=utf-8><title>x</title></head><body>{paragraphs}</body></html>".encode()


def as_docx(*, head: list[str] | None = None) -> bytes:
    """Return the notice typed in Word: letterhead and title in the middle, the date on the right."""
    document: Any = docx.Document()
    for number, line in enumerate(head if head is not None else lines()):
        paragraph = document.add_paragraph(line)
        if number < CENTERED:
            paragraph.alignment = ALIGN.CENTER
        elif line in RIGHT:
            paragraph.alignment = ALIGN.RIGHT
    return saved(document)


def as_pdf() -> bytes:
    """Return the notice printed: lines broken at the margin, a page's number at its foot."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    written = io.BytesIO()
    canvas = Canvas(written)
    top, page = 800, 1
    for line in _printed_lines():
        if top < 80:
            _end_page(canvas, page)
            top, page = 800, page + 1
        canvas.setFont(FONT, 14)
        canvas.drawString(70, top, line)
        top -= 24
    _end_page(canvas, page)
    canvas.save()
    return written.getvalue()


def _end_page(canvas: Any, page: int) -> None:
    canvas.setFont(FONT, 10)
    canvas.drawString(280, 40, f"- {page} -")
    canvas.showPage()


def _printed_lines() -> list[str]:
    found = []
    for line in lines():
        rest = line if len(line) <= CHARACTERS_A_LINE else f"\u3000\u3000{line}"
        while rest:
            fits = next((end for end in range(len(rest), 1, -1) if wide(rest[:end]) <= CHARACTERS_A_LINE), 1)
            found.append(rest[:fits])
            rest = rest[fits:]
    return found


def wide(text: str) -> float:
    return sum(0.5 if character.isascii() else 1 for character in text)


def saved(document: Any) -> bytes:
    """Return a document's or workbook's bytes."""
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


FORMATS = {"docx": as_docx, "pdf": as_pdf, "html": as_html, "txt": as_text, "md": as_markdown}
