"""A document as blocks of lines: what the recogniser reads, and what of it becomes the body."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from lxml import etree, html

from app.extraction.passages import PROPERTIES, Passage
from app.intake.recognition.unwrapping import unwrapped

Side = Literal["", "center", "right"]
#: Characters that no XML may hold, and no reader sees.
CONTROLS = dict.fromkeys(
    (*range(9), 11, 12, *range(14, 32), *range(127, 160), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF)
)
INVISIBLE = {**CONTROLS, **dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xAD)), 0xA0: " "}
SPACES = re.compile(r"[ \t\u3000]+")
#: A letterhead is spaced out: its characters stand alone.
SPACED_OUT = re.compile(r"(?:[\u3400-\u9fff] ){3,}[\u3400-\u9fff]")
PAGE_NUMBER = re.compile(
    r"^\s*(?:[-—－–·]+\s*\d{1,3}\s*[-—－–·]+|第\s*\d{1,3}\s*页(?:\s*[,，]?\s*共\s*\d{1,3}\s*页)?)\s*$"
)
HEADINGS = frozenset({"h2", "h3", "h4"})
SPLIT = frozenset({"p", "div", *HEADINGS})


@dataclass(frozen=True)
class Block:
    """A paragraph, heading, list or table as clean HTML."""

    tag: str
    html: str
    place: str
    side: Side = ""
    #: Its words: a line for each row or item.
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """One line and the block it stands in, counted from 0."""

    text: str
    block: int
    place: str
    is_right: bool = False


def blocks_of_html(cleaned: str) -> list[Block]:
    """Return the blocks of clean HTML; a line break within a paragraph begins another."""
    legible = cleaned.translate(CONTROLS)
    if not legible.strip():
        return []
    root = html.fragment_fromstring(legible, create_parent="body")
    found = [one for element in _flattened(root) for one in _blocks_of(element)]
    return [_placed(block, f"第 {number} 段") for number, block in enumerate(found, 1)]


def blocks_of_passages(passages: Iterable[Passage]) -> list[Block]:
    """Return the paragraphs of a file that knows only lines."""
    lines = [
        (line, one.place)
        for one in passages
        for line in one.text.splitlines()
        if one.place != PROPERTIES and line.strip() and not PAGE_NUMBER.match(line)
    ]
    return [
        Block("p", f"<p>{_escaped(text)}</p>", place, lines=(text,))
        for line, place in unwrapped(lines)
        if (text := normal(line))
    ]


def lines_of(blocks: list[Block]) -> list[Line]:
    """Return all lines with their blocks."""
    return [
        Line(text, number, block.place, block.side == "right")
        for number, block in enumerate(blocks)
        for text in block.lines
    ]


def normal(text: str) -> str:
    """Return a line without invisible characters, and with single spaces."""
    line = SPACES.sub(" ", text.translate(INVISIBLE)).strip()
    return line.replace(" ", "") if SPACED_OUT.fullmatch(line) else line


def _flattened(parent: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """Yield the blocks inside of wrappers; loose words become paragraphs."""
    loose = _paragraph(parent.text)
    for element in parent:
        if element.tag in _BLOCKS:
            yield from _given_out(loose)
            wraps = element.tag == "div" and any(child.tag in _BLOCKS for child in element)
            tail, element.tail = element.tail, None
            yield from _flattened(element) if wraps else (element,)
            loose = _paragraph(tail)
        else:
            loose.append(element)
    yield from _given_out(loose)


_BLOCKS = frozenset({"p", "div", "ul", "ol", "table", "blockquote", "pre", "hr", *HEADINGS})


def _paragraph(text: str | None) -> html.HtmlElement:
    paragraph = html.Element("p")
    paragraph.text = text
    return paragraph


def _given_out(paragraph: html.HtmlElement) -> Iterator[html.HtmlElement]:
    if len(paragraph) or (paragraph.text or "").strip():
        yield paragraph


def _blocks_of(element: html.HtmlElement) -> Iterator[Block]:
    tag = str(element.tag)
    if tag == "hr":
        return
    name = element.get("class", "")
    side: Side = "center" if name == "center" else "right" if name == "right" else ""
    if tag not in SPLIT:
        yield Block(tag, _written(element), "", side, tuple(_rows(element)))
        return
    kept = "p" if tag == "div" else tag
    opening = f'<{kept} class="{side}">' if side else f"<{kept}>"
    for inner in re.split(r"<br ?/?>", _inner(element)):
        text = normal(_words(inner))
        if text or "<img" in inner:
            yield Block(kept, f"{opening}{inner.strip()}</{kept}>", "", side, (text,) if text else ())


def _inner(element: html.HtmlElement) -> str:
    children = "".join(html.tostring(child, encoding="unicode") for child in element)
    return _escaped(element.text or "") + children


def _written(element: html.HtmlElement) -> str:
    return str(html.tostring(element, encoding="unicode", with_tail=False))


def _words(inner: str) -> str:
    return str(html.fragment_fromstring(inner, create_parent="p").text_content()) if inner.strip() else ""


def _rows(element: html.HtmlElement) -> Iterator[str]:
    for row in element.iter("tr", "li") if element.tag != "pre" else (element,):
        cells = row.findall("td") + row.findall("th") if row.tag == "tr" else [row]
        if text := normal(" ".join(cell.text_content().strip() for cell in cells).replace("\n", " ")):
            yield text


def _placed(block: Block, place: str) -> Block:
    return Block(block.tag, block.html, place, block.side, block.lines)


def _escaped(text: str) -> str:
    holder = etree.Element("x")
    holder.text = text
    return etree.tostring(holder, encoding="unicode")[3:-4] if text else ""
