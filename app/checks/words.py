"""Words that are wrong or sensitive, from layered lists: the platform's, the county's, the unit's.

The longest word that fits is taken. A word of an allow-list hides what lies within it; a unit's allow-list
does not hide what the county stops (rules 1.8).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from app.checks.hits import Finding, Severity
from app.checks.parts import Part
from app.checks.subject import Subject

HEAD = 2
SHORTEST, LONGEST = 2, 40


class Layer(IntEnum):
    """Whose list a word is from; a later one may say otherwise about the same word."""

    PLATFORM = 0
    COUNTY = 1
    UNIT = 2

    @property
    def label(self) -> str:
        """Whose list it is, on the screen."""
        return ("平台词表", "县级词表", "本单位词表")[self]


@dataclass(frozen=True)
class Word:
    """An entry of a list."""

    text: str
    #: None: it is allowed.
    severity: Severity | None
    layer: Layer
    correction: str = ""
    note: str = ""

    def yields_to(self, other: "Word") -> bool:
        """Say whether another entry about the same word holds instead."""
        if other.layer is Layer.UNIT and self.layer is not Layer.UNIT and self.severity is Severity.STOP:
            return other.severity is Severity.STOP
        return other.layer >= self.layer


class Lexicon:
    """All words that hold for a unit, found in time that grows with the text and not with the lists."""

    def __init__(self, words: Iterable[Word]) -> None:
        self._words: dict[str, Word] = {}
        for word in words:
            known = self._words.get(word.text)
            if known is None or known.yields_to(word):
                self._words[word.text] = word
        self._wrong = _by_head(one for one in self._words.values() if one.severity)
        self._allowed = _by_head(one for one in self._words.values() if not one.severity)

    def __len__(self) -> int:
        return len(self._words)

    def texts(self) -> list[str]:
        """Return the words themselves."""
        return list(self._words)

    def found_in(self, text: str) -> Iterator[tuple[int, Word]]:
        """Yield each wrong word with its place."""
        allowed = list(_scan(text, self._allowed))
        at = 0
        for start, word in _scan(text, self._wrong):
            while at < len(allowed) and allowed[at][0] + len(allowed[at][1].text) <= start:
                at += 1
            if not any(_hides(place, one, start, word) for place, one in allowed[at : at + 2]):
                yield start, word


def words(subject: Subject, lexicon: Lexicon) -> Iterator[Finding]:
    """Find the lists' words in everything there is to read."""
    for part in subject.parts:
        for start, word in lexicon.found_in(part.text):
            yield _finding(part, start, word)


def _by_head(entries: Iterable[Word]) -> dict[str, list[Word]]:
    """Sort words by their first two characters, the longest first."""
    heads: dict[str, list[Word]] = {}
    for word in sorted(entries, key=lambda one: -len(one.text)):
        heads.setdefault(word.text[:HEAD], []).append(word)
    return heads


def _scan(text: str, heads: dict[str, list[Word]]) -> Iterator[tuple[int, Word]]:
    """Yield the longest word at each place, from left to right, none within another."""
    if not heads:
        return
    free = 0
    for at in range(len(text) - 1):
        if at < free or (known := heads.get(text[at : at + HEAD])) is None:
            continue
        for word in known:
            if text.startswith(word.text, at):
                yield at, word
                free = at + len(word.text)
                break


def _hides(place: int, allowed: Word, start: int, word: Word) -> bool:
    is_within = place <= start and start + len(word.text) <= place + len(allowed.text)
    is_firm = word.severity is Severity.STOP and word.layer is not Layer.UNIT and allowed.layer is Layer.UNIT
    return is_within and not is_firm


def _finding(part: Part, start: int, word: Word) -> Finding:
    assert word.severity is not None
    reason = word.note or ("这个词常被写错。" if word.correction else "这个词在敏感词表中，请确认用得对。")
    why = f"{reason}（{word.layer.label}）"
    if word.correction:
        suggestion = f"改为“{word.correction}”。"
    elif word.severity is Severity.STOP:
        suggestion = "请换一种写法。"
    else:
        suggestion = "确认无误的可以保留。"
    if not part.of_field and word.severity is not Severity.HINT:
        suggestion += "附件请在文件中改好，再重新上传。"
    replacement = word.correction if part.of_field else ""
    end = start + len(word.text)
    return Finding(
        f"word.{word.severity}", part, start, end, why, suggestion, replacement, severity=word.severity
    )
