"""A table as a workbook, by a library that is read with this file and weighs twenty mebibytes."""

import tempfile
from collections.abc import Iterable
from itertools import chain
from typing import IO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from app.web.cells import guarded

WIDTHS = (24, 60, 24, 24, 12, 20, 12, 17, 12, 10, 16, 60, 60)


def written_book(title: str, heads: Iterable[str], lines: Iterable[Iterable[str]]) -> IO[bytes]:
    """Write a table as a workbook whose cells are all text; row after row, not all at once."""
    book = Workbook(write_only=True)
    page = book.create_sheet(title)
    page.freeze_panes = "A2"
    for place, width in enumerate(WIDTHS):
        page.column_dimensions[chr(ord("A") + place)].width = width
    for line in chain([heads], lines):
        page.append([_cell(page, text) for text in line])
    kept = tempfile.TemporaryFile()  # noqa: SIM115 - it is read after this returns, by the answer
    book.save(kept)
    kept.seek(0)
    return kept


def _cell(page: object, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(page, ILLEGAL_CHARACTERS_RE.sub("", guarded(text)))
    cell.data_type = "s"  # Said, not guessed: nothing becomes a formula or a number.
    return cell
