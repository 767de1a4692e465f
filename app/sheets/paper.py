"""The sheet as a PDF of A4 pages, for the file and the archive.

The characters are those of the PDF standard's own Chinese font: nothing has to be installed, and the reader's
program has it.
"""

import io
from collections.abc import Iterable
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from app.core.clock import now
from app.sheets.sheet import Line, Sheet
from app.theming.filters import minute

FONT = "STSong-Light"
TITLE = "信息发布审核表"
WORDS = ParagraphStyle("words", fontName=FONT, fontSize=10, leading=15, wordWrap="CJK")
HEADING = ParagraphStyle("heading", parent=WORDS, fontSize=12, leading=18, spaceBefore=8, spaceAfter=4)
HEAD = ParagraphStyle("head", parent=WORDS, fontSize=18, leading=26, alignment=1, spaceAfter=8)
GRID = TableStyle(
    [
        ("GRID", (0, 0), (-1, -1), 0.5, colors.grey),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("BACKGROUND", (0, 0), (0, -1), colors.whitesmoke),
    ]
)
TERM, VALUE = 32 * mm, 138 * mm
WIDTHS = (32 * mm, 42 * mm, 32 * mm, 64 * mm)


def pdf_of(sheet: Sheet) -> bytes:
    """Return the sheet as a PDF file."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    story: list[Flowable] = [
        Paragraph(TITLE, HEAD),
        _facts([("单位", sheet.unit), ("标题", sheet.title), ("状态", sheet.standing), *sheet.facts]),
    ]
    parts = (
        ("签名", sheet.signatures),
        ("经手", sheet.hands),
        ("重要标记", sheet.flags),
        ("检查放行", sheet.waivers),
    )
    for title, lines in parts:
        if lines:
            story += [Paragraph(title, HEADING), _lines(lines)]
    kind = "已签版本" if sheet.is_signed else "最新版本，未签"
    story += [Spacer(1, 8), _words(f"内容指纹（SHA-256，{kind}）：{sheet.digest}")]
    story.append(_words(f"打印时间：{minute(now())}"))
    written = io.BytesIO()
    SimpleDocTemplate(
        written,
        pagesize=A4,
        title=TITLE,
        author=sheet.unit,
        leftMargin=20 * mm,
        rightMargin=20 * mm,
        topMargin=18 * mm,
        bottomMargin=18 * mm,
    ).build(story)
    return written.getvalue()


def _facts(rows: Iterable[tuple[str, str]]) -> Table:
    cells = [[_words(term), _words(value)] for term, value in rows]
    return Table(cells, colWidths=(TERM, VALUE), style=GRID, splitInRow=1)


def _lines(lines: Iterable[Line]) -> Table:
    cells = [
        [_words(minute(line.at)), _words(line.act), _words(line.who), _words(line.words)] for line in lines
    ]
    return Table(cells, colWidths=WIDTHS, style=GRID, splitInRow=1)


def _words(text: str) -> Paragraph:
    return Paragraph(escape(text), WORDS)
