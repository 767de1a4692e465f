"""What is checked: a text, its files' words, what is the unit's own, and what else is on the platform."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from app.checks.parts import Part, body_part, file_part
from app.content.services import Text
from app.core.workdays import WEEKENDS_ONLY, Calendar

#: The fields of a text that readers see, besides its title and body.
FIELDS = {
    "summary": "摘要",
    "source": "来源",
    "document_number": "文号",
    "keywords": "关键词",
    "issuer": "发文机关",
    "signatory": "签发人",
    "recipients": "主送",
    "copies": "抄送",
    "printer": "印发机关",
    "note": "附注",
    "correction": "更正说明",
}


@dataclass(frozen=True)
class File:
    """An attachment: its name, and the words in it with their places."""

    name: str
    passages: tuple[tuple[str, str], ...] = ()
    #: Why nothing or not everything could be read; empty when fine.
    note: str = ""


@dataclass(frozen=True)
class Own:
    """What is the unit's own and may stand in its texts."""

    #: Digits only.
    numbers: frozenset[str] = frozenset()
    addresses: tuple[str, ...] = ()
    #: What the unit and its portal are called.
    names: tuple[str, ...] = ()
    #: Under which the platform's own sites answer.
    hosts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Public:
    """Another text that readers see."""

    unit: str
    title: str
    on: date


@dataclass(frozen=True)
class Facts:
    """What the calendar and the platform know besides the text."""

    #: On which day readers see the text, or have seen it first.
    on: date
    calendar: Calendar = WEEKENDS_ONLY
    invalid_since: date | None = None
    #: Public texts with the same document number and other words (L5).
    same_number: tuple[Public, ...] = ()
    #: The document that an interpretation is about, where it is public (L7).
    interpreted: Public | None = None
    #: Within how many working days it had to be (ZY-20).
    explained_within: int = 3


@dataclass(frozen=True)
class Subject:
    """One text to be checked; its body is clean HTML."""

    text: Text
    facts: Facts
    files: tuple[File, ...] = ()
    own: Own = field(default_factory=Own)
    #: The body as it was sent, before cleaning; empty for a stored text.
    submitted: str = ""

    @cached_property
    def title(self) -> Part:
        """The title as a part."""
        return Part("标题", self.text.title, "title")

    @cached_property
    def body(self) -> Part:
        """The body as a part."""
        return body_part(self.text.body)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Everything there is to read, in the reader's order."""
        short = [Part(label, getattr(self.text, name), name) for name, label in FIELDS.items()]
        written = [one for one in short if one.text]
        return (self.title, *written, self.body, *self._file_parts())

    def _file_parts(self) -> Iterator[Part]:
        for one in self.files:
            yield Part(f"附件“{one.name}”的名称", one.name, passages=())
            yield file_part(one.name, one.passages)
