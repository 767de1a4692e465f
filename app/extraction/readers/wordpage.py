"""Reading .docx for filing: HTML with headings, lists, tables, pictures, notes, alignment of lines."""

import io
import re
from typing import Any

import mammoth
from lxml import etree
from mammoth import documents, transforms

from app.extraction.passages import Page, Picture, UnreadableError
from app.extraction.readers.archives import DAMAGED, Archive, opened
from app.extraction.readers.identity import MISNAMED
from app.extraction.readers.numbering import with_written_numbers
from app.extraction.readers.wordfile import BODY, W

ALIGNMENTS = {"center": "center", "right": "right", "end": "right"}
HEADINGS = {f"heading {level}": min(level + 1, 4) for level in range(1, 7)}
TITLE = "title"
STYLES = "\n".join(
    [f"p[style-name='at-{side}'] => p.{side}:fresh" for side in ("center", "right")]
    + [
        f"p[style-name='h{level}-at-{side}'] => h{level}.{side}:fresh"
        for level in (2, 3, 4)
        for side in ("center", "right")
    ]
    + [f"p[style-name='h{level}-at-'] => h{level}:fresh" for level in (2, 3, 4)]
    + ["p[style-name='footnote text'] => p:fresh", "u => u", "b => strong", "i => em", "strike => "]
)
ANCHOR = re.compile(r'<a id="[^"<>]*"></a>')
RETURN = re.compile(r' ?<a href="#(?:footnote|endnote)-ref-[^"<>]*">↑</a>')
INNER_LINK = re.compile(r'<a href="#[^"<>]*"[^<>]*>([^<]*)</a>')
NOTES = re.compile(r'<ol><li id="(?:footnote|endnote)-[^"<>]*">')
LONE_PARAGRAPH = re.compile(r"<(td|th)([^<>]*)><p>([^<]*)</p></\1>")
MOST_PICTURES = 100
LARGEST_PICTURES = 30 * 1024 * 1024


def page(content: bytes) -> Page:
    """Return the document as HTML with its pictures beside it."""
    with opened(content) as archive:
        if BODY not in archive.names:
            raise UnreadableError(MISNAMED)
        prepared = with_written_numbers(content, archive)
        sides = _sides_of_styles(archive)
    pictures: list[Picture] = []
    try:
        result = mammoth.convert_to_html(
            io.BytesIO(prepared),
            style_map=STYLES,
            transform_document=transforms.paragraph(lambda paragraph: _aligned(paragraph, sides)),
            convert_image=mammoth.images.img_element(lambda image: _kept(image, pictures)),
        )
    except (MemoryError, UnreadableError):
        raise
    except Exception as error:  # The library raises whatever it stumbles over.
        raise UnreadableError(DAMAGED) from error
    return Page(html=tidied(result.value), pictures=tuple(pictures))


def tidied(markup: str) -> str:
    """Leave out marks that lead nowhere outside of the document; notes stand at the end under a title."""
    found = ANCHOR.sub("", markup)
    found = RETURN.sub("", found)
    found = INNER_LINK.sub(r"\1", found)
    found = NOTES.sub("<p><strong>注释</strong></p><ol><li>", found, count=1)
    return LONE_PARAGRAPH.sub(r"<\1\2>\3</\1>", found)


def _aligned(paragraph: documents.Paragraph, sides: dict[str, str]) -> documents.Paragraph:
    """Put level and side into the style's name: the library maps styles, and drops alignment."""
    if paragraph.numbering is not None:
        return paragraph
    own = paragraph.alignment or sides.get(paragraph.style_id or "", "")
    side = ALIGNMENTS.get(own, "")
    name = (paragraph.style_name or "").lower()
    level = HEADINGS.get(name)
    if level is not None:
        return paragraph.copy(style_id=None, style_name=f"h{level}-at-{side}")
    if name == TITLE:
        side = side or "center"
    return paragraph.copy(style_id=None, style_name=f"at-{side}") if side else paragraph


def _kept(image: Any, pictures: list[Picture]) -> dict[str, str]:
    with image.open() as file:
        content = file.read(LARGEST_PICTURES + 1)
    taken = sum(len(picture.content) for picture in pictures) + len(content)
    if len(pictures) >= MOST_PICTURES or taken > LARGEST_PICTURES:
        raise UnreadableError("文件里的图片太多或太大，没有读取。请压缩图片后再试。")
    pictures.append(Picture(content, (image.alt_text or "")[:100]))
    return {"src": f"picture:{len(pictures) - 1}"}


def _sides_of_styles(archive: Archive) -> dict[str, str]:
    """Return the alignment that each style gives, by itself or by the one it is based on."""
    tree = archive.tree("word/styles.xml")
    if tree is None:
        return {}
    styles = {one.get(f"{W}styleId", ""): one for one in tree.iter(f"{W}style")}
    return {name: _side_of(name, styles) for name in styles}


def _side_of(name: str, styles: dict[str, etree._Element]) -> str:
    for _ in range(10):
        style = styles.get(name)
        if style is None:
            return ""
        if (own := style.find(f"{W}pPr/{W}jc")) is not None:
            return own.get(f"{W}val", "")
        based = style.find(f"{W}basedOn")
        name = based.get(f"{W}val", "") if based is not None else ""
    return ""
