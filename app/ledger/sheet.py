"""Reading the sheet that holds an existing catalogue: CSV in either Chinese encoding, or a workbook."""

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime

from app.core.errors import RuleBroken
from app.extraction.passages import UnreadableError
from app.extraction.readers.archives import opened
from app.extraction.readers.plaintext import decoded
from app.ledger.models import Row

LARGEST = 10 * 1024 * 1024  # bytes
MOST_ROWS = 5_000
MOST_COLUMNS = 60
#: Signs of one cell: a body may stand in one.
LONGEST_CELL = 20_000
#: Signs of the whole sheet, as it is kept until it is imported.
LONGEST = 8_000_000
TOO_LONG = f"表格超过 {MOST_ROWS} 行或内容太多，请拆成几份分别导入。"
UNREADABLE = "这个文件打不开。请用表格软件另存为 .xlsx 或 .csv 再上传。"


def sheet_of(name: str, content: bytes) -> tuple[tuple[str, ...], list[Row]]:
    """Return headings and lines of a sheet; the headings are its first line that says something.

    Raises RuleBroken where it cannot be read, is too large or holds no line.
    """
    if len(content) > LARGEST:
        raise RuleBroken(f"文件超过 {LARGEST // 1024 // 1024} MB，请拆成几份分别导入。")
    is_book = name.lower().endswith(".xlsx")
    if not is_book and not name.lower().endswith(".csv"):
        raise RuleBroken("只能导入 .xlsx 或 .csv 文件。别的格式请先用表格软件另存。")
    try:
        lines = list(_filled(_book(content) if is_book else _csv(content)))
    except UnreadableError as error:
        raise RuleBroken(str(error)) from error
    if len(lines) < 2:  # noqa: PLR2004 - headings, and a line under them
        raise RuleBroken("表格里没有内容。第一行应是表头，从第二行起每行一条信息。")
    heads = lines[0]
    width = len(heads.cells)
    padded = [Row(row.line, (*row.cells[:width], *[""] * (width - len(row.cells)))) for row in lines[1:]]
    return heads.cells, padded


def _filled(lines: Iterator[list[str]]) -> Iterator[Row]:
    """Yield the lines that say something, as long as the whole is bearable."""
    size = found = 0
    for number, cells in enumerate(lines, start=1):
        kept = [cell.replace("\x00", "").strip()[:LONGEST_CELL] for cell in cells[:MOST_COLUMNS]]
        if not any(kept):
            if number > MOST_ROWS * 4:
                return
            continue
        found += 1
        size += sum(map(len, kept))
        if found > MOST_ROWS + 1 or size > LONGEST:
            raise RuleBroken(TOO_LONG)
        yield Row(number, tuple(kept))


def _csv(content: bytes) -> Iterator[list[str]]:
    words = decoded(content)
    delimiter = "\t" if "\t" in words.partition("\n")[0] else ","
    try:
        yield from csv.reader(io.StringIO(words, newline=""), delimiter=delimiter)
    except csv.Error as error:
        raise RuleBroken(UNREADABLE) from error


def _book(content: bytes) -> Iterator[list[str]]:
    from openpyxl import load_workbook  # noqa: PLC0415 - most processes never need it

    with opened(content) as archive:
        if "xl/workbook.xml" not in archive.names:
            raise RuleBroken(UNREADABLE)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        page = book.worksheets[0]
        page.reset_dimensions()
        for row in page.iter_rows(values_only=True, max_col=MOST_COLUMNS):
            yield [_words(cell) for cell in row]
    except (RuleBroken, MemoryError):
        raise
    except Exception as error:  # The library raises whatever it stumbles over.
        raise RuleBroken(UNREADABLE) from error


def _words(cell: object) -> str:
    """Return a cell as it reads: a date without its midnight, a whole number without its point."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)
