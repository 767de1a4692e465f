"""The words of stored HTML in reading order: a passage for each paragraph, heading, entry or row of a table.

Where a link leads and which picture stands in the text are words too: readers are led by them. Stored HTML
was written by the cleaner, so that its tags can be read one after the other: no tree, and no limit of depth
beyond which a parser would leave words out without a sign.
"""

import html
import re
from dataclasses import dataclass

BLOCKS = frozenset(
    [
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "ul",
        "ol",
        "li",
        "blockquote",
        "pre",
        "div",
        "hr",
        "br",
        "figure",
        "figcaption",
        "table",
        "caption",
        "thead",
        "tbody",
        "tfoot",
        "tr",
    ]
)
CELLS = frozenset(("td", "th"))
BETWEEN_CELLS = " ｜ "
SHAPES = {"li": "列表项", "tr": "表格行", "caption": "表格标题", "h2": "标题", "h3": "标题", "h4": "标题"}

_PART = re.compile(r'<!--.*?-->|<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:[^<>"]|"[^"]*")*)>|([^<]+|<)', re.DOTALL)
_ATTRIBUTE = re.compile(r'\b(href|src|alt)="([^"]*)"')


@dataclass(frozen=True)
class Passage:
    """One block's words; two with the same words are the same passage, whatever their shape."""

    words: str
    #: What it is on the screen; empty: a paragraph.
    shape: str = ""


def passages_of(stored: str) -> list[Passage]:
    """Return the passages of stored HTML; a row of a table is one, whatever stands in its cells."""
    reading = _Reading()
    for found in _PART.finditer(stored):
        closes, tag, attributes, words = found.groups()
        if words:
            reading.words.append(html.unescape(words))
        elif tag and closes:
            reading.leave(tag)
        elif tag:
            reading.enter(tag, attributes)
    reading.end_passage()
    return reading.found


class _Reading:
    """What was read so far."""

    def __init__(self) -> None:
        self.found: list[Passage] = []
        self.words: list[str] = []
        self._shape = ""
        self._in_row = False
        self._link = ""

    def enter(self, tag: str, attributes: str) -> None:
        """Begin an element."""
        if tag in CELLS:
            self.words.append(BETWEEN_CELLS)
        elif tag in BLOCKS:
            self._break()
            self._shape = SHAPES.get(tag, self._shape)
            self._in_row = self._in_row or tag == "tr"
        elif tag in ("a", "img"):
            given = {name: html.unescape(value) for name, value in _ATTRIBUTE.findall(attributes)}
            self._link = given.get("href", self._link)
            if tag == "img":
                self.words.append(f"〔图片：{given.get('alt') or given.get('src', '')}〕")

    def leave(self, tag: str) -> None:
        """End an element."""
        if tag == "tr":
            self._in_row = False
        if tag in BLOCKS:
            self._break()
        elif tag == "a" and self._link:
            if self._link != "".join(self.words[-1:]).strip():
                self.words.append(f"（链接：{self._link}）")
            self._link = ""

    def end_passage(self) -> None:
        """Keep what was read since the last passage, if there are words in it."""
        words = " ".join("".join(self.words).split()).removeprefix("｜").strip()
        self.words.clear()
        if words.strip("｜ "):
            self.found.append(Passage(words, self._shape))
        self._shape = ""

    def _break(self) -> None:
        """End the passage, but not the row of a table in whose cell the block stands."""
        if self._in_row:
            self.words.append(" ")
        else:
            self.end_passage()
