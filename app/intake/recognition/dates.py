"""Dates of documents: in Chinese numerals until 2012, in Arabic since (GB/T 9704-2012, 7.3.5)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.intake.recognition.numbers import PLAIN, YEAR_DIGIT, ZEROS

SMALL = rf"[0-9０-９{ZEROS}一二三四五六七八九十廿卅]{{1,3}}"
WRITTEN = re.compile(
    rf"(?P<year>{YEAR_DIGIT}{{4}})\s*年\s*(?P<month>{SMALL})\s*月\s*(?P<day>{SMALL})\s*[日号]"
)
DASHED = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d{2})[-./](?P<month>\d{1,2})[-./](?P<day>\d{1,2})(?!\d)")
TENS = {"廿": "二十", "卅": "三十"}


@dataclass(frozen=True)
class FoundDate:
    """A date, and the words in which it was found; no value where no calendar has it."""

    value: date | None
    words: str
    start: int
    end: int


def dates_in(text: str) -> Iterator[FoundDate]:
    """Yield the dates of a text in order, also impossible ones."""
    for found in sorted([*WRITTEN.finditer(text), *DASHED.finditer(text)], key=lambda one: one.start()):
        parts = [_number(found.group(name)) for name in ("year", "month", "day")]
        try:
            value = date(*parts)
        except ValueError:
            value = None
        yield FoundDate(value, found.group(), found.start(), found.end())


def _number(written: str) -> int:
    """Return the value of digits, or of a Chinese number up to 99."""
    for sign, meaning in TENS.items():
        written = written.replace(sign, meaning)
    tens, ten, ones = written.partition("十")
    if not ten:
        return int(written.translate(PLAIN))
    return int(tens.translate(PLAIN) or 1) * 10 + int(ones.translate(PLAIN) or 0)
