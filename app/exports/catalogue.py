"""A whole catalogue as a file, written while it is read: memory does not grow with its length (GK-09)."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import IO

from app.content.vocabulary import subjects
from app.exports.queries import Disclosed
from app.theming.filters import minute
from app.web.cells import BYTE_ORDER_MARK, guarded

#: A workbook is made whole before it is sent; a longer catalogue is fetched by year, or as CSV.
MOST_IN_WORKBOOK = 50_000
HEADS = (
    "索引号",
    "名称",
    "文号",
    "发布机构",
    "体裁",
    "主题",
    "成文日期",
    "发布日期",
    "公开方式",
    "有效性",
    "栏目",
    "内容概述",
    "地址",
)
#: The four columns that the law names for a catalogue (GK-05), and how it calls them.
LAWFUL = {"索引": "索引号", "名称": "名称", "内容概述": "内容概述", "生成日期": "成文日期"}
#: What one line takes in each sort of file, about; measured over the demonstration's texts.
BYTES_A_LINE = {"csv": 240, "xlsx": 80, "json": 420}


def cells(one: Disclosed, labels: dict[str, str]) -> tuple[str, ...]:
    """Return what stands in a line, in the order of the heads."""
    return (
        one.index_number,
        one.title,
        one.document_number,
        one.unit,
        one.genre.label,
        labels.get(one.subject, one.subject),
        one.formed_on.isoformat() if one.formed_on else "",
        minute(one.published_at),
        one.attribute.label,
        one.validity.label,
        one.column,
        one.summary,
        one.url,
    )


def lawful_lines(rows: Iterable[Disclosed]) -> Iterator[bytes]:
    """Yield a CSV file of the law's four columns (GK-05); no cell is a formula (C7)."""
    labels, places = subjects(), [HEADS.index(ours) for ours in LAWFUL.values()]
    yield (BYTE_ORDER_MARK + _line(LAWFUL)).encode()
    for one in rows:
        written = cells(one, labels)
        yield _line([guarded(written[at]) for at in places]).encode(errors="replace")


def csv_lines(rows: Iterable[Disclosed], heads: tuple[str, ...] = HEADS) -> Iterator[bytes]:
    """Yield a CSV file line by line; no cell is a formula (C7)."""
    labels = subjects()
    yield (BYTE_ORDER_MARK + _line(heads)).encode()
    for one in rows:
        yield _line([guarded(text) for text in cells(one, labels)]).encode(errors="replace")


def json_parts(rows: Iterable[Disclosed]) -> Iterator[bytes]:
    """Yield a JSON array object by object, with the same words as the table's heads."""
    labels = subjects()
    before = b"[\n"
    for one in rows:
        described = dict(zip(HEADS, cells(one, labels), strict=True))
        yield before + json.dumps(described, ensure_ascii=False).encode(errors="replace")
        before = b",\n"
    yield b"[]\n" if before == b"[\n" else b"\n]\n"


def workbook(rows: Iterable[Disclosed]) -> IO[bytes]:
    """Return a workbook in a temporary file, at its beginning; it is gone when it is closed."""
    from app.exports.workbook import written_book  # noqa: PLC0415 - most processes never need it

    labels = subjects()
    return written_book("公开目录", HEADS, (cells(one, labels) for one in rows))


def _line(texts: Iterable[str]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerow(texts)
    return out.getvalue()
