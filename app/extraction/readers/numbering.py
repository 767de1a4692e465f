"""Automatic numbers of a Word document, written out: HTML lists know no Chinese numbers, nor brackets.

Only Chinese numbers and numbers with marks around them are written; plain 1. 2. 3. stay a list.
"""

import io
import re
import zipfile
from collections import defaultdict

from lxml import etree

from app.extraction.readers.archives import Archive
from app.extraction.readers.wordfile import BODY, W

CHINESE = frozenset(
    {
        "chineseCounting",
        "chineseCountingThousand",
        "ideographDigital",
        "japaneseCounting",
        "taiwaneseCounting",
    }
)
DIGITS = "零一二三四五六七八九"
PLAIN = re.compile(r"%\d[.、．]?")
LARGEST = 99
Levels = dict[tuple[str, str], tuple[str, str]]


def with_written_numbers(content: bytes, archive: Archive) -> bytes:
    """Return the document with its Chinese automatic numbers as text; the same bytes where it has none."""
    levels = _levels(archive)
    body = archive.tree(BODY)
    if body is None or not any(_is_written(*level) for level in levels.values()):
        return content
    counts: dict[str, defaultdict[int, int]] = defaultdict(lambda: defaultdict(int))
    for paragraph in body.iter(f"{W}p"):
        _write(paragraph, levels, counts)
    return _replaced(archive, etree.tostring(body, xml_declaration=True, encoding="UTF-8", standalone=True))


def in_chinese(number: int) -> str:
    """Return a number up to 99 as headings write it."""
    tens, ones = divmod(min(number, LARGEST), 10)
    before = ("" if tens == 1 else DIGITS[tens]) + "十" if tens else ""
    return before + (DIGITS[ones] if ones or not tens else "")


def _levels(archive: Archive) -> Levels:
    """Return format and text of each level of each list of the document."""
    tree = archive.tree("word/numbering.xml")
    if tree is None:
        return {}
    abstract = {one.get(f"{W}abstractNumId"): one for one in tree.iter(f"{W}abstractNum")}
    found: Levels = {}
    for number in tree.iter(f"{W}num"):
        of = number.find(f"{W}abstractNumId")
        base = abstract.get(of.get(f"{W}val")) if of is not None else None
        for level in base.iter(f"{W}lvl") if base is not None else ():
            key = (number.get(f"{W}numId", ""), level.get(f"{W}ilvl", ""))
            found[key] = (_value(level, "numFmt"), _value(level, "lvlText"))
    return found


def _value(element: etree._Element, name: str) -> str:
    found = element.find(f"{W}{name}")
    return found.get(f"{W}val", "") if found is not None else ""


def _is_written(format_: str, text: str) -> bool:
    return format_ in CHINESE or (format_ == "decimal" and "%" in text and not PLAIN.fullmatch(text))


def _write(paragraph: etree._Element, levels: Levels, counts: dict[str, defaultdict[int, int]]) -> None:
    mark = paragraph.find(f"{W}pPr/{W}numPr")
    if mark is None:
        return
    list_id, level_id = _value(mark, "numId"), _value(mark, "ilvl") or "0"
    format_, text = levels.get((list_id, level_id), ("", ""))
    count = counts[list_id]
    level = int(level_id) if level_id.isdecimal() else 0
    count[level] += 1
    for deeper in [one for one in count if one > level]:
        count[deeper] = 0
    if not _is_written(format_, text):
        return
    number = in_chinese(count[level]) if format_ in CHINESE else str(count[level])
    mark.getparent().remove(mark)  # type: ignore[union-attr]  # It was found under its parent.
    run = etree.Element(f"{W}r")
    etree.SubElement(run, f"{W}t").text = re.sub(r"%\d", number, text)
    paragraph.insert(1, run)  # After the properties, where the number was found.


def _replaced(archive: Archive, body: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in archive.names:
            copy.writestr(name, body if name == BODY else archive.read(name))
    return written.getvalue()
