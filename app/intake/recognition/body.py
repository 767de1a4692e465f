"""What of a document becomes the article's body: its text without head and foot."""

import re

from lxml import html

from app.core.html import clean
from app.intake.recognition.lines import PAGE_NUMBER, Block

FIRST = re.compile(r"^[一二三四五六七八九十]{1,3}、")
SECOND = re.compile(r"^[(（][一二三四五六七八九十]{1,3}[)）]")
NUMBERED = re.compile(
    r"^(?:[一二三四五六七八九十\d]{1,3}[、.．]|[(（]|第[一二三四五六七八九十百\d]{1,4}[章条节款])"
)
SENTENCE_END = tuple("。；：？！.;:?!")
#: A heading is a line of its own, not a paragraph that begins with a number.
LONGEST_HEADING = 50
#: A shorter paragraph ends where it ends: an item, a name, a line of verse.
SHORTEST_BROKEN = 30
RULE = re.compile(r"^[-—－_=*\s]{3,}$")
LONGEST_BROKEN = 5_000
HAN_END = re.compile(r"[\u3400-\u9fff，、“‘《]")
LONGEST_CELL = 30


def body_of(blocks: list[Block], spent: frozenset[int], closing: frozenset[int] = frozenset()) -> str:
    """Return the clean HTML of what is not merely a field; signature and date, the closing, stand right."""
    kept = _rejoined([_promoted(block) for block in _unspent(_closed(blocks, closing), spent)])
    return clean("".join(block.html for block in kept)) if kept else ""


def _closed(blocks: list[Block], closing: frozenset[int]) -> list[Block]:
    found, first = [], 0
    for block in blocks:
        numbers = range(first, first + len(block.lines))
        first += len(block.lines)
        is_loose = block.tag == "p" and not block.side and len(numbers) > 0
        if is_loose and closing.issuperset(numbers):
            moved = block.html.replace("<p>", '<p class="right">', 1)
            found.append(Block("p", moved, block.place, "right", block.lines))
        else:
            found.append(block)
    return found


def _unspent(blocks: list[Block], spent: frozenset[int]) -> list[Block]:
    """Leave out blocks of which every line is spent, page numbers and rules."""
    kept, first = [], 0
    for block in blocks:
        numbers = range(first, first + len(block.lines))
        first += len(block.lines)
        text = block.lines[0] if len(block.lines) == 1 else ""
        is_noise = block.tag == "p" and bool(PAGE_NUMBER.match(text) or RULE.match(text))
        if not is_noise and (not numbers or not spent.issuperset(numbers)):
            kept.append(block)
    return kept


def _promoted(block: Block) -> Block:
    """Make numbered lines headings, and the first row of a table its head."""
    if block.tag == "table":
        return Block(block.tag, _with_head(block.html), block.place, block.side, block.lines)
    text = block.lines[0] if len(block.lines) == 1 else ""
    if block.tag not in ("p", "h2", "h3", "h4") or len(text) > LONGEST_HEADING or text.endswith(SENTENCE_END):
        return block
    tag = "h2" if FIRST.match(text) else "h3" if SECOND.match(text) else block.tag
    if tag == "p" or "<img" in block.html:
        return block
    words = html.Element(tag)
    words.text = text
    written = str(html.tostring(words, encoding="unicode"))
    return Block(tag, written, block.place, block.side, block.lines)


def _rejoined(blocks: list[Block]) -> list[Block]:
    """Put paragraphs together that a page's end has torn apart in the middle of a sentence."""
    found: list[Block] = []
    for block in blocks:
        before = found[-1] if found else None
        if before is not None and _is_torn(before, block):
            found[-1] = Block(
                "p",
                before.html.removesuffix("</p>") + block.html.removeprefix("<p>"),
                before.place,
                lines=(before.lines[0] + block.lines[0],),
            )
        else:
            found.append(block)
    return found


def _is_torn(before: Block, after: Block) -> bool:
    are_plain = all(one.tag == "p" and not one.side and len(one.lines) == 1 for one in (before, after))
    if not are_plain or not SHORTEST_BROKEN <= len(before.lines[0]) <= LONGEST_BROKEN:
        return False
    return bool(HAN_END.match(before.lines[0][-1])) and not NUMBERED.match(after.lines[0])


def _with_head(table: str) -> str:
    """Take the first row for the head, if it looks like one: short words in each cell, nothing merged."""
    root = html.fragment_fromstring(table)
    rows = list(root.iter("tr"))
    if next(root.iter("th"), None) is not None or len(rows) < 2:  # noqa: PLR2004 - a head needs something under it
        return table
    cells = list(rows[0])
    texts = [cell.text_content().strip() for cell in cells]
    is_merged = any(cell.get("colspan") or cell.get("rowspan") for cell in cells)
    if is_merged or len(cells) < 2 or not all(0 < len(text) <= LONGEST_CELL for text in texts):  # noqa: PLR2004
        return table
    for cell in cells:
        cell.tag = "th"
        cell.set("scope", "col")
    return str(html.tostring(root, encoding="unicode"))
