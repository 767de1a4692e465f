"""One article as a Word file to work on: headings, lists, tables with merged cells, pictures."""

import io
from itertools import groupby

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from app.exports.blocks import Grid, Line, Picture
from app.exports.paper import Drawn, Paper

FONT = "宋体"
WIDTH, HEIGHT = 15.5, 22.0  # centimetres between the margins
DOTS_A_CENTIMETRE = 38
LONGEST_PROPERTY = 255
ALIGNMENTS = {"center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}


def docx_of(paper: Paper) -> bytes:
    """Return the article as a Word file."""
    document = Document()
    _set_up(document, paper)
    document.add_heading(paper.title, 0).alignment = WD_ALIGN_PARAGRAPH.CENTER
    _facts(document, paper)
    document.add_paragraph()
    for block in paper.blocks:
        if isinstance(block, Line):
            _line(document, block)
        elif isinstance(block, Grid):
            _table(document, block)
        else:
            _picture(document, block, paper.pictures.get(block.token))
    if paper.files:
        names = "；".join(f"{file.title}.{file.extension}" for file in paper.files)
        document.add_paragraph(f"附件：{names}")
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _set_up(document: DocumentObject, paper: Paper) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.75)
    for name in ("Normal", "Title", "Heading 1", "Heading 2", "Heading 3"):
        style = document.styles[name]
        style.font.name = FONT
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("w:eastAsia", "w:ascii", "w:hAnsi"):
            fonts.set(qn(script), FONT)
    document.styles["Normal"].font.size = Pt(12)
    about = document.core_properties
    about.title, about.author = paper.title[:LONGEST_PROPERTY], paper.unit[:LONGEST_PROPERTY]
    about.comments, about.language = paper.address[:LONGEST_PROPERTY], "zh-CN"


def _facts(document: DocumentObject, paper: Paper) -> None:
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    for term, value in paper.facts:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = term, value
        cells[0].width, cells[1].width = Cm(3), Cm(WIDTH - 3)


def _line(document: DocumentObject, line: Line) -> None:
    style = f"Heading {line.level}" if line.level else "Normal"
    paragraph = document.add_paragraph(style=style)
    if line.align in ALIGNMENTS:
        paragraph.alignment = ALIGNMENTS[line.align]
    if line.depth:
        paragraph.paragraph_format.left_indent = Cm(0.75 * min(line.depth, 8))
    if line.mark:
        paragraph.add_run(line.mark)
    _write(paragraph, line)


def _write(paragraph: Paragraph, line: Line) -> None:
    for run in line.runs:
        written = paragraph.add_run(run.text)
        written.bold, written.italic = run.is_bold or None, run.is_italic or None
        written.underline = run.is_underlined or None
        written.font.subscript, written.font.superscript = run.is_low or None, run.is_high or None


def _table(document: DocumentObject, grid: Grid) -> None:
    """Draw a table; each row's places are asked for once, which python-docx finds slowly."""
    table = document.add_table(rows=grid.rows, cols=grid.columns, style="Table Grid")
    rows = [list(row.cells) for row in table.rows]
    for number, cells in groupby(grid.cells, key=lambda cell: cell.row):
        for cell in cells:
            place = rows[number][cell.column]
            place.text = cell.text
            if cell.is_head:
                for run in place.paragraphs[0].runs:
                    run.bold = True
    for cell in grid.cells:
        if cell.rows > 1 or cell.columns > 1:
            last = rows[cell.row + cell.rows - 1][cell.column + cell.columns - 1]
            rows[cell.row][cell.column].merge(last)
    document.add_paragraph()


def _picture(document: DocumentObject, block: Picture, drawn: Drawn | None) -> None:
    if drawn is None:
        document.add_paragraph(f"［图片：{block.description or '请到本页地址查看'}］")
        return
    width, height = drawn.width / DOTS_A_CENTIMETRE, drawn.height / DOTS_A_CENTIMETRE
    scale = min(1.0, WIDTH / width, HEIGHT / height)
    document.add_picture(io.BytesIO(drawn.content), Cm(width * scale), Cm(height * scale))
