"""The texts that are looked at, each with its place, and the way from a place back into its HTML."""

import html
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

#: Full-width digits, letters and marks that people type without noticing; one character each, so places stay.
_EVEN = {0xFF01 + shift: 0x21 + shift for shift in range(94) if chr(0x21 + shift) not in ":;,!?()"}
_PIECE = re.compile(
    r"<(/?)([a-zA-Z][\w:-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>|&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|\w{2,31});"
)
#: Attributes whose words readers meet: on a telephone, under the pointer, read aloud.
_SPOKEN = re.compile(r"\b(?:href=\"(?=tel:|sms:)|title=\"|alt=\")([^\"]*)\"")
_CELLS = frozenset({"td", "th"})
_BREAKS = frozenset(
    """
    p h1 h2 h3 h4 h5 h6 ul ol li blockquote pre div hr br table caption thead tbody tfoot tr dl dt dd
    figure figcaption img
    """.split()  # noqa: SIM905 - words read better than quoted words
)
_LINE = re.compile(r"[^\n]*\S[^\n]*")


@dataclass(frozen=True)
class Run:
    """A stretch of text and where its source stands."""

    at: int
    source_at: int
    source_length: int
    #: False for an entity: its characters stand for the source as a whole.
    is_plain: bool


@dataclass(frozen=True)
class Flat:
    """The words of an HTML text, with the way back to their places in it."""

    text: str
    runs: tuple[Run, ...]
    #: From here on stand the words of attributes, a line each.
    attributes_at: int

    def sources(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the stretches of the source in which a stretch of text stands."""
        index = max(0, bisect_right(self.runs, start, key=lambda run: run.at) - 1)
        for run in self.runs[index:]:
            if run.at >= end:
                return
            if not run.is_plain:
                if run.at >= start:
                    yield run.source_at, run.source_at + run.source_length
                continue
            first, last = max(start, run.at), min(end, run.at + run.source_length)
            if first < last:
                yield run.source_at + first - run.at, run.source_at + last - run.at


def flat(source: str) -> Flat:
    """Take the words out of clean HTML: a line for each block, a tab between the cells of a row."""
    reading = _Reading(source)
    spoken: list[tuple[int, int]] = []
    at = 0
    for piece in _PIECE.finditer(source):
        reading.take(at, piece.start())
        at = piece.end()
        tag = (piece[2] or "").lower()
        if not tag:
            reading.entity(piece.start(), piece.end())
        elif tag in _CELLS:
            reading.mark("\t" if piece[1] else "")
        elif tag in _BREAKS:
            reading.mark("\n")
        if piece[3]:
            spoken += [
                (piece.start(3) + one.start(1), piece.start(3) + one.end(1))
                for one in _SPOKEN.finditer(piece[3])
            ]
    reading.take(at, len(source))
    reading.mark("\n")
    attributes_at = reading.at
    for start, end in spoken:
        reading.take(start, end)
        reading.mark("\n")
    return Flat("".join(reading.texts), tuple(reading.runs), attributes_at)


class _Reading:
    """The words so far."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.texts: list[str] = []
        self.runs: list[Run] = []
        self.at = 0

    def take(self, start: int, end: int) -> None:
        if start < end:
            self.runs.append(Run(self.at, start, end - start, is_plain=True))
            self.mark(self.source[start:end])

    def entity(self, start: int, end: int) -> None:
        self.runs.append(Run(self.at, start, end - start, is_plain=False))
        self.mark(html.unescape(self.source[start:end]))

    def mark(self, text: str) -> None:
        self.texts.append(text)
        self.at += len(text)


@dataclass(frozen=True)
class Part:
    """One text with its name; the body's knows the HTML it came from."""

    name: str
    text: str
    #: The field of the revision that a click can mend; empty where it cannot, as in an attachment.
    of_field: str = ""
    flat: Flat | None = field(default=None, repr=False)
    #: Of an attachment: where each passage begins, and what its place is called.
    passages: tuple[tuple[int, str], ...] | None = field(default=None, repr=False)

    @property
    def is_file(self) -> bool:
        return self.passages is not None

    @cached_property
    def even(self) -> str:
        """The text with ordinary digits and letters, of the same length."""
        return self.text.translate(_EVEN)

    @cached_property
    def _lines(self) -> list[int]:
        return [found.start() for found in _LINE.finditer(self.text)]

    @cached_property
    def _begins(self) -> list[int]:
        return [at for at, _ in self.passages or ()]

    def place_of(self, at: int) -> str:
        """Name the place in Chinese."""
        if self.passages:
            return f"{self.name}{self.passages[bisect_right(self._begins, at) - 1][1]}"
        if self.flat is None:
            return self.name
        if at >= self.flat.attributes_at:
            return f"{self.name}里的链接或图片说明"
        return f"{self.name}第 {max(1, bisect_right(self._lines, at))} 段"


def body_part(source: str) -> Part:
    """Return the body as a part."""
    words = flat(source)
    return Part("正文", words.text, "body", words)


def file_part(name: str, passages: Iterable[tuple[str, str]]) -> Part:
    """Return the words of an attachment as one part: a table goes on over many passages."""
    texts, places, at = [], [], 0
    for place, words in passages:
        texts.append(words)
        places.append((at, place))
        at += len(words) + 1
    return Part(f"附件“{name}”", "\n".join(texts), passages=tuple(places))


def replaced(part: Part, source: str, edits: Iterable[tuple[int, int, str]]) -> str:
    """Return a part's source with stretches of its text replaced; stretches do not overlap."""
    if part.flat is None:
        changes = [(start, end, new) for start, end, new in edits]
    else:
        changes = []
        for start, end, new in edits:
            written = html.escape(new)
            for first, last in part.flat.sources(start, end):
                changes.append((first, last, written))
                written = ""  # The rest of the words stood between further tags, which stay.
    pieces, at = [], 0
    for first, last, new in sorted(changes):
        pieces += [source[at:first], new]
        at = last
    return "".join([*pieces, source[at:]])
