"""What stands in the cells of tables, on the screen and in files for a spreadsheet."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.theming.filters import minute

#: What makes a spreadsheet take a cell for a formula, also in full width (C7).
FORMULA = tuple("=+-@\t\r\n＝＋－＠'")
BYTE_ORDER_MARK = "\ufeff"  # Without it the usual spreadsheet takes UTF-8 for a Chinese code page.


@dataclass(frozen=True)
class Link:
    """A text that leads somewhere."""

    text: str
    href: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Cell:
    """One column of a table: its heading, what it shows of a row, and by what it can be sorted."""

    label: str
    of: Callable[[Any], object]
    sort: Any = None
    #: Whether its texts are long.
    wraps: bool = False


def plain(value: object) -> str:
    """Write a cell's value as text."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return minute(value)
    if isinstance(value, list):
        return "、".join(plain(one) for one in value)
    return "" if value is None else str(getattr(value, "label", value))


def guarded(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula; leaving out one leading ' gives it back."""
    return f"'{text}" if text.startswith(FORMULA) else text


def csv_of(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Write a table as a CSV file that opens well in a spreadsheet."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(heads)
    writer.writerows([guarded(plain(value)) for value in row] for row in rows)
    return (BYTE_ORDER_MARK + out.getvalue()).encode()
