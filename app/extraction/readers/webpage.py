"""Reading HTML: its words by block for checks, its markup for filing."""

import re

from lxml import etree, html

from app.extraction.passages import Passage, UnreadableError
from app.extraction.readers.archives import DAMAGED
from app.extraction.readers.plaintext import decoded

CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
SILENT = ("script", "style", "template", "noscript", "iframe", "object", "svg", "math", "head")
BLOCKS = frozenset(
    {"p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "table", "br", "pre", "dd", "dt"}
)
#: Deeper than any page that a person wrote.
DEEPEST = 200


def markup(content: bytes) -> str:
    """Return the page's own markup in Unicode, without what never shows."""
    body = _body(content)
    return "".join(html.tostring(part, encoding="unicode") for part in body) or (body.text or "")


def passages(content: bytes) -> list[Passage]:
    """Return the words, a passage for each block."""
    pieces: list[str] = []
    for event, element in etree.iterwalk(_body(content), events=("start", "end")):
        if element.tag in BLOCKS:
            pieces.append("\n")
        pieces.append((element.text if event == "start" else element.tail) or "")
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return [Passage(f"第 {number} 段", line) for number, line in enumerate(filter(None, lines), 1)]


def _body(content: bytes) -> html.HtmlElement:
    try:
        root = html.document_fromstring(
            _text(content), parser=html.HTMLParser(no_network=True, huge_tree=False)
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError(DAMAGED) from error
    etree.strip_elements(root, *SILENT, etree.Comment, etree.ProcessingInstruction, with_tail=False)
    found = root.find("body")
    body = root if found is None else found
    if any(_depth(element) > DEEPEST for element in body.iter()):
        raise UnreadableError(DAMAGED)
    return body


def _depth(element: html.HtmlElement) -> int:
    return 0 if len(element) else sum(1 for _ in element.iterancestors())


def _text(content: bytes) -> str:
    declared = CHARSET.search(content[:2048])
    if declared and declared.group(1).lower() in (b"gb2312", b"gbk", b"gb18030"):
        return content.decode("gb18030", errors="replace").replace("\x00", "")
    return decoded(content)
