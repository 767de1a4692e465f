"""The whole of a check: every family over one subject, judged by the rule book, no personal data shown."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from app.checks.hits import Finding, Hit, Severity
from app.checks.links import links
from app.checks.logic import logic
from app.checks.parts import Part
from app.checks.personal import LONG_NUMBER, personal, told
from app.checks.rulebook import CheckRule
from app.checks.secrecy import secrecy
from app.checks.structure import structure
from app.checks.subject import Subject
from app.checks.words import Lexicon, words

AROUND = 14
LONGEST_FOUND = 60
#: Written in place of what an excerpt must not show, however that is masked where it stands.
_HIDDEN = "＊＊＊"

Span = tuple[int, int, str]


def findings(subject: Subject, lexicon: Lexicon) -> Iterator[Finding]:
    """Yield what every family finds, the gravest families first."""
    yield from secrecy(subject)
    yield from personal(subject)
    yield from words(subject, lexicon)
    yield from logic(subject)
    yield from links(subject)
    yield from structure(subject)
    yield from _unread(subject)


def inspect(subject: Subject, lexicon: Lexicon, rules: Mapping[str, CheckRule]) -> list[Hit]:
    """Return all hits, stops first, each family in the order of the text."""
    found = list(findings(subject, lexicon))
    private = Private(found)
    hits = [_without_numbers(hit, subject) for one in found if (hit := _hit(one, rules, private))]
    order = list(Severity)
    return sorted(hits, key=lambda hit: order.index(hit.severity))


class Private:
    """Where personal data stand, so that no excerpt shows them."""

    def __init__(self, found: Sequence[Finding]) -> None:
        self._spans: dict[int, list[Span]] = {}
        for one in found:
            if one.rule.startswith("personal."):
                spans = self._spans.setdefault(id(one.part), [])
                spans.append((one.start, one.end, one.masked or _HIDDEN))
        for spans in self._spans.values():
            spans.sort()

    def excerpt(self, part: Part, start: int, end: int) -> str:
        """Return the words around a stretch, with personal data masked and the stretch in brackets."""
        first, last = _window(part.text, start, end)
        found = self.masked(part, start, min(end, start + LONGEST_FOUND))
        before, after = self.masked(part, first, start), self.masked(part, end, last)
        lead, trail = ("…" if first else ""), ("…" if last < len(part.text) else "")
        shown = f"{lead}{before}【{found}】{after}{trail}"
        return " ".join(LONG_NUMBER.sub(lambda long: f"{long.group()[:3]}…", shown).split())

    def masked(self, part: Part, start: int, end: int) -> str:
        """Return a stretch of text; personal data that it touches are masked as a whole."""
        spans = self._spans.get(id(part), [])
        index = max(0, bisect_left(spans, (start,)) - 1)
        pieces, at = [], start
        for first, last, mask in spans[index:]:
            if first >= end:
                break
            if last > at:
                pieces += [part.text[at:first], mask] if first >= at else [mask]
                at = last
        return "".join([*pieces, part.text[at:end]])


def _window(text: str, start: int, end: int) -> tuple[int, int]:
    """Return how far an excerpt reaches; it cuts no long number, whose rest could read like another."""
    first, last = max(0, start - AROUND), min(len(text), end + AROUND)
    while 0 < first < start and text[first - 1].isdigit() and text[first].isdigit():
        first += 1
    while end < last < len(text) and text[last - 1].isdigit() and text[last].isdigit():
        last -= 1
    return first, last


def _hit(one: Finding, rules: Mapping[str, CheckRule], private: Private) -> Hit | None:
    rule = rules.get(one.rule)
    severity = rule.severity if rule else None
    if severity is None:
        return None
    return Hit(
        rule=one.rule,
        severity=one.severity or severity,
        where=one.part.place_of(one.start) if one.is_quotable else one.part.name,
        excerpt=private.excerpt(one.part, one.start, one.end) if one.is_quotable else "",
        why=one.why,
        suggestion=one.suggestion,
        replacement=one.replacement,
        fingerprint=one.fingerprint,
    )


def _without_numbers(hit: Hit, subject: Subject) -> Hit:
    """Mask in our own sentences what they quote of names, titles and links."""

    def masked(text: str) -> str:
        return told(text, subject.own, subject.facts.on)

    return replace(hit, where=masked(hit.where), why=masked(hit.why), suggestion=masked(hit.suggestion))


def _unread(subject: Subject) -> Iterator[Finding]:
    for file in subject.files:
        if file.note:
            part = Part(f"附件“{file.name}”", "")
            advice = "请打开附件自己查看：有没有身份证号、手机号、住址等个人信息，有没有密级标志。"
            yield Finding("file.unreadable", part, 0, 0, file.note, advice, key=file.name, is_quotable=False)
