"""A line of a sheet as a text of ours: each value read as people write it, each fault said by its field."""

import html
import re
from dataclasses import dataclass
from datetime import date

from app.content.genres import Genre
from app.content.models import Column
from app.content.services import Text
from app.content.vocabulary import basis_for, subjects
from app.core.html import clean
from app.ledger.mapping import BY_CODE
from app.ledger.models import Row

#: How long each field may be, as the article's own form says.
LENGTHS = {
    "title": 120,
    "index_number": 80,
    "document_number": 60,
    "summary": 300,
    "keywords": 120,
    "source": 80,
    "source_url": 300,
}
_DAY = re.compile(r"(\d{4})\s*(?:[-/.年])\s*(\d{1,2})\s*(?:[-/.月])\s*(\d{1,2})\s*日?(?:\s.*|T.*)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_ENDING = re.compile(r"(通知|通告|公告|公示|决定)[）)]?$")
WEB_ADDRESSES = ("http://", "https://")
GENRES = {genre.label: genre for genre in Genre} | {genre.value: genre for genre in Genre}


@dataclass(frozen=True)
class Prepared:
    """A line as it would be imported, or what is wrong with it."""

    line: int
    title: str
    index_number: str
    column: Column | None
    text: Text | None
    faults: tuple[str, ...]


@dataclass(frozen=True)
class Places:
    """The columns of the site by title and slug, and where a line that names none goes."""

    by_name: dict[str, Column]
    otherwise: Column | None


class _Reader:
    """Takes the values of one line and notes what is wrong."""

    def __init__(self, row: Row, mapping: dict[str, int]) -> None:
        self._row = row
        self._mapping = mapping
        self.faults: list[str] = []

    def words(self, code: str) -> str:
        """Return a value on one line, of a bearable length."""
        place = self._mapping.get(code)
        found = " ".join(self._row.cells[place].split()) if place is not None else ""
        most = LENGTHS.get(code)
        if most is not None and len(found) > most:
            self.faults.append(f"{BY_CODE[code].label}最多 {most} 个字，现有 {len(found)} 个")
            return found[:most]
        return found

    def body(self) -> str:
        """Return the text with its lines."""
        place = self._mapping.get("body")
        return self._row.cells[place] if place is not None else ""

    def day(self, code: str) -> date | None:
        """Return a date, in whichever usual way it is written."""
        words = self.words(code)
        if not words:
            return None
        found = _DAY.fullmatch(words) or _COMPACT.fullmatch(words)
        try:
            if found:
                return date(*(int(part) for part in found.groups()))
        except ValueError:
            pass  # A thirty-first of June is no day either.
        self.faults.append(f"{BY_CODE[code].label}“{words[:20]}”不是日期，请写成 2007-09-11 的样子")
        return None

    def genre(self, title: str) -> Genre:
        """Return the genre that is named, else the one with which the title ends."""
        words = self.words("genre")
        if words and words not in GENRES:
            self.faults.append(f"体裁“{words[:20]}”不在列出的体裁里")
        ending = _ENDING.search(title)
        return GENRES.get(words) or (GENRES[ending.group(1)] if ending else Genre.OTHER)

    def subject(self) -> str:
        """Return the code of the subject that is named; one of other words is left out."""
        words = self.words("subject")
        known = subjects()
        return (
            words if words in known else next((code for code, label in known.items() if label == words), "")
        )


def prepared(row: Row, mapping: dict[str, int], places: Places) -> Prepared:
    """Return a line as a text with its place, and all that is wrong with it."""
    read = _Reader(row, mapping)
    title, named = read.words("title"), read.words("column")
    column = places.by_name.get(named) if named else places.otherwise
    if not title:
        read.faults.append("没有名称")
    if column is None:
        read.faults.append(f"本站没有栏目“{named[:20]}”" if named else "没有写栏目，也没有选默认栏目")
    text = _text(read, title)
    if not clean(text.body):
        read.faults.append("正文、内容概述和原文网址都是空的，至少要有一样")
    return Prepared(row.line, title, read.words("index_number"), column, text, tuple(read.faults))


def _text(read: _Reader, title: str) -> Text:
    genre, address = read.genre(title), read.words("source_url")
    if address and (not address.startswith(WEB_ADDRESSES) or " " in address):
        read.faults.append("原文网址要以 http:// 或 https:// 开头")
        address = ""
    summary = read.words("summary")
    formed_on, effective_on, expires_on = (
        read.day(code) for code in ("formed_on", "effective_on", "expires_on")
    )
    if effective_on and expires_on and expires_on < effective_on:
        read.faults.append("失效日期不能早于施行日期")
    return Text(
        title=title,
        body=read.body() or _stand_in(summary, address),
        summary=summary,
        genre=genre,
        source=read.words("source"),
        source_url=address,
        document_number=read.words("document_number"),
        formed_on=formed_on,
        keywords=read.words("keywords"),
        subject=read.subject(),
        effective_on=effective_on,
        expires_on=expires_on,
        basis=basis_for(genre),
    )


def _stand_in(summary: str, address: str) -> str:
    """Return a body for a line that has none: what it is about, and where the text stands."""
    words = f"<p>{html.escape(summary)}</p>" if summary else ""
    if address:
        shown = html.escape(address)
        words += f'<p>原文见：<a href="{shown}">{shown}</a></p>'
    return words
