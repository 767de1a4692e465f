"""A stored text as blocks that every kind of paper can be made of: headings, lines, lists, tables, pictures.

The text is cleaned HTML (core/html.py), so only its few elements are known. What is bounded here bounds the
time that a hostile or huge text can take in either paper.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from lxml import html as lxml_html
from lxml.html import HtmlElement

#: Cells and lines of one paper; what is longer is cut with a word about it.
MOST_BLOCKS = 3_000
MOST_CELLS = 6_000
MOST_COLUMNS = 40
#: Rows that one merged cell reaches over; the programs that draw it go down row by row.
TALLEST = 100
DEEPEST = 60
CUT = "（内容较长，以下部分请到本页地址查看。）"

HEADINGS = {"h2": 1, "h3": 2, "h4": 3}
MARKS = {
    "strong": "is_bold",
    "b": "is_bold",
    "em": "is_italic",
    "i": "is_italic",
    "u": "is_underlined",
    "sub": "is_low",
    "sup": "is_high",
}
#: Elements that stand within a line; whatever else there is begins one.
WITHIN_LINES = {*MARKS, "a", "code", "span"}
_PICTURE = re.compile(r"/files/([0-9a-f]{32})\.\w{3,4}")
_SPACE = re.compile(r"\s+")
#: What neither XML nor a font has a sign for.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Run:
    """Words in one manner."""

    text: str
    is_bold: bool = False
    is_italic: bool = False
    is_underlined: bool = False
    is_low: bool = False
    is_high: bool = False


@dataclass(frozen=True)
class Line:
    """A paragraph: of the text, of a heading (level 1 to 3), or of a list."""

    runs: tuple[Run, ...]
    level: int = 0
    align: str = ""
    #: How deep in lists, and what stands before it: a dot or a number.
    depth: int = 0
    mark: str = ""

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class Cell:
    """A cell of a grid, by its upper left place and how far it reaches."""

    row: int
    column: int
    rows: int
    columns: int
    text: str
    is_head: bool


@dataclass(frozen=True)
class Grid:
    """A table; merged cells are one cell that reaches over several places."""

    rows: int
    columns: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Picture:
    """A picture that is a file of the text, by its token."""

    token: str
    description: str


Block = Line | Grid | Picture


@dataclass
class _Walk:
    """How far the reading has come."""

    blocks: list[Block] = field(default_factory=list)
    cells: int = 0

    @property
    def is_full(self) -> bool:
        return len(self.blocks) >= MOST_BLOCKS or self.cells >= MOST_CELLS


def blocks_of(stored: str) -> list[Block]:
    """Return the blocks of a stored text in order; an endless one ends with a word about the rest."""
    root = lxml_html.fragment_fromstring(_UNWRITABLE.sub("", stored), create_parent="div")
    walk = _Walk()
    _read(root, walk, depth=0, mark="", deep=0)
    if walk.is_full:
        walk.blocks.append(Line((Run(CUT),)))
    return walk.blocks


def _read(element: HtmlElement, walk: _Walk, *, depth: int, mark: str, deep: int) -> None:
    """Read what stands in an element: its own words as lines, its blocks one after the other."""
    words: list[Run] = list(_runs_of_text(element.text, Run("")))
    for child in element:
        if walk.is_full:
            return
        if child.tag in WITHIN_LINES:
            words += _runs(child, Run(""), 0)
            walk.blocks += _pictures_in(child)
        else:
            mark = _settle(words, walk, element, depth=depth, mark=mark)
            _block(child, walk, depth=depth, mark=mark, deep=deep)
        words += _runs_of_text(child.tail, Run(""))
    _settle(words, walk, element, depth=depth, mark=mark)


def _settle(words: list[Run], walk: _Walk, element: HtmlElement, *, depth: int, mark: str) -> str:
    """Make a line of the words so far, if there are any; return the mark that is still to be written."""
    line = Line(tuple(words), align=str(element.get("class") or ""), depth=depth, mark=mark)
    words.clear()
    if not line.text.strip():
        return mark
    walk.blocks.append(line)
    return ""


def _block(child: HtmlElement, walk: _Walk, *, depth: int, mark: str, deep: int) -> None:
    if deep > DEEPEST:
        walk.blocks.append(Line((Run(_words(child)),), depth=depth))
    elif child.tag == "table":
        _table(child, walk)
    elif child.tag in {"ul", "ol"}:
        _list(child, walk, depth=depth + 1, deep=deep + 1)
    elif child.tag == "img":
        walk.blocks += _pictures_in(child)
    elif child.tag in HEADINGS:
        words = tuple(_runs(child, Run(""), 0))
        walk.blocks.append(Line(words, HEADINGS[child.tag], str(child.get("class") or "")))
    elif child.tag not in {"br", "hr"}:
        _read(child, walk, depth=depth, mark=mark, deep=deep + 1)


def _list(element: HtmlElement, walk: _Walk, *, depth: int, deep: int) -> None:
    start = element.get("start", "1")
    number = int(start) if start.isascii() and start.isdecimal() and len(start) < 6 else 1  # noqa: PLR2004
    for item in element.iterchildren("li"):
        mark = f"{number}. " if element.tag == "ol" else "• "
        number += 1
        _read(item, walk, depth=depth, mark=mark, deep=deep)


def _table(element: HtmlElement, walk: _Walk) -> None:
    for caption in element.iterchildren("caption"):
        walk.blocks.append(Line((Run(_words(caption), is_bold=True),), align="center"))
    taken: set[tuple[int, int]] = set()
    cells: list[Cell] = []
    rows = list(element.iter("tr"))
    for number, row in enumerate(rows):
        column = 0
        for cell in row.iterchildren("td", "th"):
            while (number, column) in taken:
                column += 1
            if column >= MOST_COLUMNS or walk.cells >= MOST_CELLS:
                break
            down = _span(cell, "rowspan", len(rows) - number)
            right = _span(cell, "colspan", MOST_COLUMNS - column)
            taken |= {(number + y, column + x) for y in range(down) for x in range(right)}
            cells.append(Cell(number, column, min(down, TALLEST), right, _words(cell), cell.tag == "th"))
            walk.cells += 1
            column += right
    if cells:
        walk.blocks.append(_fitted(cells))


def _fitted(cells: list[Cell]) -> Grid:
    """Return the grid without rows that hold no cell of their own, which no paper can draw."""
    rows = sorted({cell.row for cell in cells})
    place = {row: number for number, row in enumerate(rows)}
    columns = max(cell.column + cell.columns for cell in cells)
    moved = [
        replace(
            cell, row=place[cell.row], rows=sum(1 for row in rows if cell.row <= row < cell.row + cell.rows)
        )
        if cell.rows > 1
        else replace(cell, row=place[cell.row])
        for cell in cells
    ]
    return Grid(len(rows), columns, tuple(_apart(moved)))


def _apart(cells: list[Cell]) -> Iterator[Cell]:
    """Yield cells that overlap nothing: one that would reach into another is not merged."""
    taken: set[tuple[int, int]] = set()
    for cell in cells:
        own = {(cell.row + y, cell.column + x) for y in range(cell.rows) for x in range(cell.columns)}
        if own & taken:
            own, cell = {(cell.row, cell.column)}, replace(cell, rows=1, columns=1)  # noqa: PLW2901
        if not own & taken:
            taken |= own
            yield cell


def _span(cell: HtmlElement, name: str, most: int) -> int:
    given = cell.get(name, "1")
    wanted = int(given) if given.isascii() and given.isdecimal() and len(given) < 6 else 1  # noqa: PLR2004
    return max(1, min(wanted or most, most))


def _pictures_in(element: HtmlElement) -> Iterator[Picture]:
    for picture in element.iter("img"):
        if found := _PICTURE.fullmatch(picture.get("src", "")):
            yield Picture(found.group(1), picture.get("alt", ""))


def _runs(element: HtmlElement, manner: Run, deep: int) -> Iterator[Run]:
    own = _marked(manner, MARKS[element.tag]) if element.tag in MARKS else manner
    yield from _runs_of_text(element.text, own)
    for child in element:
        if child.tag == "br":
            yield replace(own, text=" ")
        elif deep > DEEPEST:
            yield replace(own, text=str(child.text_content()))
        else:
            yield from _runs(child, own, deep + 1)
        yield from _runs_of_text(child.tail, own)


def _marked(manner: Run, mark: str) -> Run:
    changes: dict[str, Any] = {mark: True}
    return replace(manner, **changes)


def _runs_of_text(text: str | None, manner: Run) -> Iterator[Run]:
    if text and (words := _SPACE.sub(" ", text)):
        yield replace(manner, text=words)


def _words(element: HtmlElement) -> str:
    return _SPACE.sub(" ", " ".join(str(text) for text in element.itertext())).strip()
