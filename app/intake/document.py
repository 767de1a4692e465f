"""An official document, taken in: a file or a pasted text becomes fields, a body, and pictures."""

import re
from dataclasses import dataclass, replace

from app.content.genres import Attribute, Genre
from app.core.html import clean
from app.extraction.reading import Page, Picture, page
from app.intake.recognition.body import body_of
from app.intake.recognition.lines import blocks_of_html, blocks_of_passages, lines_of
from app.intake.recognition.numbers import DocumentNumber
from app.intake.recognition.reading import Finding
from app.intake.recognition.recogniser import recognise

#: What can be taken in, in the order in which it is offered.
EXTENSIONS = ("docx", "doc", "wps", "pdf", "html", "htm", "txt", "md", "ofd")
MARKUP = re.compile(r"<(?:p|div|table|h[1-6]|br|span)\b", re.IGNORECASE)
MARKDOWN = re.compile(r"^#{1,4} |^\|.*\|$|^\*\*[^*\n]+\*\*$|\]\(https?://", re.MULTILINE)
PLACEHOLDER = re.compile(r"picture:(\d{1,3})")
NOTHING = "没有读出文字。请检查文件，或把文字粘贴到下面的框里。"


@dataclass(frozen=True)
class Intake:
    """What was read and understood; without a body nothing can be filed, and the note says why."""

    body: str = ""
    pictures: tuple[Picture, ...] = ()
    fields: dict[str, Finding] | None = None
    genre: Genre = Genre.NEWS
    cites: tuple[DocumentNumber, ...] = ()
    warnings: tuple[str, ...] = ()
    note: str = ""

    def value(self, name: str) -> str:
        """Return a field's value; empty where the document has none."""
        found = (self.fields or {}).get(name)
        return found.value if found else ""

    @property
    def attribute(self) -> Attribute:
        """What the document says of its disclosure; openness is the rule."""
        return Attribute(self.value("attribute") or Attribute.OPEN)


def taken_in(content: bytes, extension: str) -> Intake:
    """Read and understand a file; never raises for a bad one."""
    return understood(page(content, extension))


def pasted(text: str) -> tuple[bytes, str]:
    """Return pasted text as the file that it would have been: HTML, Markdown, or plain text."""
    sort = "html" if MARKUP.search(text) else "md" if MARKDOWN.search(text) else "txt"
    return text.encode(), sort


def placeholder(number: int) -> str:
    """Return the address under which a picture stands in a body until it is stored."""
    return f"/files/{number:032x}.png"


def understood(found: Page) -> Intake:
    """Recognise a page; a file of lines is put together to paragraphs first."""
    if found.html:
        named = PLACEHOLDER.sub(lambda one: placeholder(int(one.group(1))), found.html)
        blocks = blocks_of_html(clean(named))
    else:
        blocks = blocks_of_passages(found.passages)
    if not blocks:
        return Intake(note=found.note or NOTHING)
    recognised = recognise(lines_of(blocks))
    body = body_of(blocks, recognised.spent, recognised.closing)
    body = body or body_of(blocks, frozenset())  # A document of nothing but fields is not lost either.
    warnings = tuple(filter(None, (found.note, *recognised.warnings)))
    taken = Intake(body, found.pictures, recognised.fields, recognised.genre, recognised.cites, warnings)
    return taken if body else replace(taken, note=NOTHING)
