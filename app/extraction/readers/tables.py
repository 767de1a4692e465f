"""Reading .xlsx and .csv: a passage for each row that says something."""

import csv
import io
from typing import Any

from openpyxl import load_workbook

from app.extraction.passages import Passage, UnreadableError
from app.extraction.readers.archives import DAMAGED, Archive, opened
from app.extraction.readers.identity import MISNAMED
from app.extraction.readers.plaintext import decoded

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def sheet_passages(content: bytes) -> list[Passage]:
    """Return the rows of all sheets, hidden ones too, and the comments on cells."""
    with opened(content) as archive:
        if "xl/workbook.xml" not in archive.names:
            raise UnreadableError(MISNAMED)
        comments = _comments(archive)
    try:
        workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        found = [passage for sheet in workbook.worksheets for passage in _rows(sheet)]
    except MemoryError:
        raise
    except Exception as error:  # The library raises whatever it stumbles over.
        raise UnreadableError(DAMAGED) from error
    return found + comments


def csv_passages(content: bytes) -> list[Passage]:
    """Return the rows; a text that is no proper table is still read line by line."""
    try:
        rows = list(csv.reader(io.StringIO(decoded(content))))
    except csv.Error:
        rows = [[line] for line in decoded(content).splitlines()]
    return [Passage(f"第 {number} 行", _row_text(row)) for number, row in enumerate(rows, 1) if any(row)]


def _rows(sheet: Any) -> list[Passage]:
    """Read a sheet as far as it has cells: what it says of its own size may be a million rows."""
    sheet.reset_dimensions()
    found = []
    for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
        if text := _row_text(row):
            found.append(Passage(f"工作表“{sheet.title}”第 {number} 行", text))
    return found


def _row_text(row: Any) -> str:
    return "\t".join(_cell_text(cell) for cell in row if cell not in (None, "")).strip()


def _cell_text(cell: object) -> str:
    """Return a number as it is written: a telephone number is not 1.38e10."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _comments(archive: Archive) -> list[Passage]:
    found = []
    for name in archive.numbered(r"xl/(?:comments/?)?comments?\d*\.xml"):
        tree = archive.tree(name)
        for comment in tree.iter(f"{S}comment") if tree is not None else ():
            text = "".join(part.text or "" for part in comment.iter(f"{S}t"))
            found.append(Passage(f"单元格 {comment.get('ref', '')} 的批注", text))
    return found
