"""One article as a PDF of A4 pages, in the PDF standard's own Chinese font: nothing has to be installed."""

import io
from collections.abc import Iterator
from dataclasses import replace
from enum import Enum
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Image, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle
from reportlab.platypus.doctemplate import LayoutError

from app.exports.blocks import Cell, Grid, Line, Picture, Run
from app.exports.paper import Drawn, Paper

FONT = "STSong-Light"
MARGIN, WIDTH, HEIGHT = 22 * mm, 166 * mm, 230 * mm
WORDS = ParagraphStyle("words", fontName=FONT, fontSize=11, leading=18, wordWrap="CJK", spaceAfter=4)
SMALL = ParagraphStyle("small", parent=WORDS, fontSize=9, leading=13, spaceAfter=0)
TITLE = ParagraphStyle("title", parent=WORDS, fontSize=18, leading=26, alignment=1, spaceAfter=10)
HEADINGS = {
    level: ParagraphStyle(f"heading{level}", parent=WORDS, fontSize=size, leading=size + 8, spaceBefore=6)
    for level, size in ((1, 14), (2, 12.5), (3, 11.5))
}
ALIGNMENTS = {"center": 1, "right": 2}
#: Rows of one table; a longer one is drawn in parts: the time to break it over pages grows with its square.
ROWS_AT_ONCE = 60
#: Signs of one line, and of a cell in a table of one column; breaking longer ones over pages takes minutes.
LONGEST_LINE, LONGEST_CELL = 1_500, 6_000
GRID = (
    ("GRID", (0, 0), (-1, -1), 0.5, colors.grey),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
)


class Drawing(Enum):
    """How tables are drawn: as they are, or more simply where that does not fit on pages."""

    MERGED = 1
    #: No cell reaches over rows, so that a page may end below each.
    BY_ROW = 2
    AS_LINES = 3


def pdf_of(paper: Paper) -> bytes:
    """Return the article as a PDF file; tables that no page can hold are drawn more simply."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    for drawing in (Drawing.MERGED, Drawing.BY_ROW):
        try:
            return _built(paper, _story(paper, drawing))
        except LayoutError:
            continue
    return _built(paper, _story(paper, Drawing.AS_LINES))


def _story(paper: Paper, drawing: Drawing) -> list[Flowable]:
    story: list[Flowable] = [Paragraph(escape(paper.title), TITLE), _facts(paper), Spacer(1, 10)]
    for block in paper.blocks:
        if isinstance(block, Line):
            story += [_line(part) for part in _parts(block)]
        elif isinstance(block, Grid):
            story += [*_grid(block, drawing), Spacer(1, 6)]
        else:
            story.append(_picture(block, paper.pictures.get(block.token)))
    if paper.files:
        names = "；".join(f"{file.title}.{file.extension}" for file in paper.files)
        story += [Spacer(1, 8), Paragraph(escape(f"附件：{names}"), WORDS)]
    return story


def _grid(grid: Grid, drawing: Drawing) -> Iterator[Flowable]:
    if drawing is Drawing.AS_LINES:
        yield from (_small(cell.text) for cell in grid.cells)
    elif drawing is Drawing.BY_ROW:
        yield from _tables(replace(grid, cells=tuple(replace(cell, rows=1) for cell in grid.cells)))
    else:
        yield from _tables(grid)


def _built(paper: Paper, story: list[Flowable]) -> bytes:
    written = io.BytesIO()

    def foot(canvas: Canvas, document: SimpleDocTemplate) -> None:
        canvas.setFont(FONT, 8)
        canvas.drawString(MARGIN, 12 * mm, paper.address)
        canvas.drawRightString(MARGIN + WIDTH, 12 * mm, f"第 {document.page} 页")

    SimpleDocTemplate(
        written,
        pagesize=A4,
        title=paper.title,
        author=paper.unit,
        subject=paper.address,
        lang="zh-CN",
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=20 * mm,
        bottomMargin=22 * mm,
    ).build(story, onFirstPage=foot, onLaterPages=foot)
    return written.getvalue()


def _facts(paper: Paper) -> Table:
    rows = [[_small(term), _small(value)] for term, value in paper.facts]
    style = TableStyle([*GRID, ("BACKGROUND", (0, 0), (0, -1), colors.whitesmoke)])
    return Table(rows, colWidths=(28 * mm, WIDTH - 28 * mm), style=style, splitInRow=1)


def _line(line: Line) -> Paragraph:
    parent = HEADINGS.get(line.level, WORDS)
    style = ParagraphStyle(
        "line",
        parent=parent,
        alignment=ALIGNMENTS.get(line.align, 0),
        leftIndent=min(line.depth, 8) * 6 * mm,
        firstLineIndent=0,
    )
    return Paragraph(escape(line.mark) + "".join(_written(line)), style)


def _parts(line: Line) -> Iterator[Line]:
    """Yield a line of bearable length; an endless one in parts, without its marks."""
    words = line.text
    if len(words) <= LONGEST_LINE:
        yield line
        return
    for start in range(0, len(words), LONGEST_LINE):
        yield replace(line, runs=(Run(words[start : start + LONGEST_LINE]),), mark="" if start else line.mark)


def _written(line: Line) -> Iterator[str]:
    """Yield the words with the few marks that a font without weights can show."""
    for run in line.runs:
        words = escape(run.text)
        for tag, is_so in (("u", run.is_underlined), ("sub", run.is_low), ("super", run.is_high)):
            words = f"<{tag}>{words}</{tag}>" if is_so else words
        yield words


def _tables(grid: Grid) -> Iterator[Table]:
    """Yield a grid in parts, broken where no merged cell reaches over the break."""
    first = 0
    reach = 0
    starts: dict[int, list[Cell]] = {}
    for cell in grid.cells:
        starts.setdefault(cell.row, []).append(cell)
    part: list[Cell] = []
    for row in range(grid.rows):
        if row >= reach and row - first >= ROWS_AT_ONCE:
            yield _table(part, first, row - first, grid.columns)
            part, first = [], row
        for cell in starts.get(row, ()):
            reach = max(reach, cell.row + cell.rows)
            part.append(cell)
    yield _table(part, first, grid.rows - first, grid.columns)


def _table(cells: list[Cell], first: int, rows: int, columns: int) -> Table:
    places: list[list[object]] = [[""] * columns for _ in range(rows)]
    style: list[tuple[object, ...]] = list(GRID)
    for cell in cells:
        top, bottom = cell.row - first, min(cell.row - first + cell.rows, rows) - 1
        places[top][cell.column] = _small(_bounded(cell.text, LONGEST_CELL // columns))
        if cell.rows > 1 or cell.columns > 1:
            style.append(("SPAN", (cell.column, top), (cell.column + cell.columns - 1, bottom)))
        if cell.is_head:
            style.append(("BACKGROUND", (cell.column, top), (cell.column, top), colors.whitesmoke))
    padding = 1 if columns > 10 else 4  # noqa: PLR2004 - many columns are narrow
    style += [(name, (0, 0), (-1, -1), padding) for name in ("LEFTPADDING", "RIGHTPADDING")]
    return Table(places, colWidths=[WIDTH / columns] * columns, style=TableStyle(style), splitInRow=1)


def _bounded(text: str, most: int) -> str:
    """Return what a cell can hold; the page and the Word file have all of it."""
    return text if len(text) <= most else f"{text[:most]}……（全文见本页地址）"


def _picture(block: Picture, drawn: Drawn | None) -> Flowable:
    if drawn is None:
        return Paragraph(escape(f"［图片：{block.description or '请到本页地址查看'}］"), WORDS)
    scale = min(1.0, WIDTH / drawn.width, HEIGHT / drawn.height)
    return Image(io.BytesIO(drawn.content), drawn.width * scale, drawn.height * scale)


def _small(text: str) -> Paragraph:
    return Paragraph(escape(text), SMALL)
