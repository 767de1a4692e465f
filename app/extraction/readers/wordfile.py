"""Reading .docx for checks: every place where words may hide, headers, boxes, notes and deletions too."""

from collections.abc import Iterator

from lxml import etree

from app.extraction.passages import Passage, UnreadableError
from app.extraction.readers.archives import Archive, opened
from app.extraction.readers.identity import MISNAMED

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
BODY = "word/document.xml"
#: What stands outside the text, as readers call it.
OTHERS = (
    (r"word/header\d*\.xml", "页眉"),
    (r"word/footer\d*\.xml", "页脚"),
    (r"word/footnotes\.xml", "脚注"),
    (r"word/endnotes\.xml", "尾注"),
    (r"word/comments\.xml", "批注"),
)
BREAKS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}


def passages(content: bytes) -> list[Passage]:
    """Return the paragraphs in order, then what stands around them."""
    with opened(content) as archive:
        body = archive.tree(BODY)
        if body is None:
            raise UnreadableError(MISNAMED)
        found = [Passage(f"第 {number} 段", text) for number, text in enumerate(_paragraphs(body), 1)]
        found += [Passage("已删除的修订", text) for text in _deleted(body)]
        return found + list(_around(archive))


def _around(archive: Archive) -> Iterator[Passage]:
    for pattern, place in OTHERS:
        for name in archive.numbered(pattern):
            part = archive.tree(name)
            texts = _paragraphs(part) if part is not None else ()
            yield from (Passage(place, text) for text in texts)


def _paragraphs(root: etree._Element) -> Iterator[str]:
    for paragraph in root.iter(f"{W}p"):
        if next(paragraph.iterancestors(FALLBACK), None) is None and (text := _text(paragraph).strip()):
            yield text


def _text(paragraph: etree._Element) -> str:
    """Return a paragraph's own words: a text box in it has paragraphs of its own."""
    pieces = []
    for element in paragraph.iter(f"{W}t", *BREAKS):
        if next(element.iterancestors(f"{W}p"), None) is not paragraph:
            continue
        pieces.append(BREAKS.get(str(element.tag)) or element.text or "")
    return "".join(pieces)


def _deleted(root: etree._Element) -> Iterator[str]:
    for deletion in root.iter(f"{W}del"):
        if text := "".join(part.text or "" for part in deletion.iter(f"{W}delText")).strip():
            yield text
