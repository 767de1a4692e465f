"""The end of the text itself: attachments, signature, date, disclosure (GB/T 9704-2012, 7.3.4-7.3.8)."""

import re

from app.content.genres import Attribute
from app.intake.recognition.dates import FoundDate, dates_in
from app.intake.recognition.head import looks_like_office
from app.intake.recognition.reading import Reading
from app.intake.recognition.titles import joined

ATTACHMENTS = re.compile(r"^附\s?件[:：]\s*(?P<first>.+)$")
ATTACHED = re.compile(r"^附\s?件\s*[\d一二三四五六七八九十]*[:：]?$")
ITEM = re.compile(r"^\d{1,2}[.．、]\s*.+$")
NOTE = re.compile(
    r"^[(（]?(?P<note>(?:此件|本文|联系人|公开方式|信息公开)[^()（）]{0,60}|(?:主动公开|依申请公开|不予公开))[)）]?$"
)
PASSED = re.compile(r"^[(（].{0,60}[)）]$")
#: What the note says, in the order in which it is looked for.
ATTRIBUTES = (
    (re.compile(r"不予公开|不公开|不得公开|不宜公开"), Attribute.CLOSED),
    (re.compile(r"依申请公开"), Attribute.ON_REQUEST),
    (re.compile(r"公开"), Attribute.OPEN),
)


def read_ending(reading: Reading, start: int, end: int) -> None:
    """Find the fields between the head and the foot."""
    last = next((n for n in range(start, end) if ATTACHED.match(reading.text(n))), end)
    _date(reading, start, last)
    _list_of_attachments(reading, start, last)
    for number in range(start, end):
        if number not in reading.spent and (found := NOTE.match(reading.text(number))):
            _note(reading, number, found.group("note").strip())


def _date(reading: Reading, start: int, end: int) -> None:
    """Take the last line that is a date, alone or behind the signature; else the one under the title."""
    for number in reversed(range(start, end)):
        text = reading.text(number)
        found = next(dates_in(text), None)
        if found is None or text[found.end :].strip(" )）"):
            continue
        before = joined(text[: found.start])
        if not before or looks_like_office(before):
            _take_date(reading, number, found)
            _signature(reading, number, before)
            reading.closing.add(number)
            return
    for number in range(start, min(start + 3, end)):
        found = next(dates_in(reading.text(number)), None)
        if found is not None and PASSED.match(reading.text(number)):
            _take_date(reading, number, found)
            return


def _take_date(reading: Reading, number: int, found: FoundDate) -> None:
    if found.value is None:
        reading.warn(f"成文日期“{found.words}”不是真实的日期，请核对。")
    else:
        reading.note("formed_on", found.value.isoformat(), [number], found.words)


def _signature(reading: Reading, number: int, before: str) -> None:
    """Read who signs above the date; several offices sign one below the other."""
    if before:
        reading.note("signature", before, [number])
        return
    at: list[int] = []
    while len(at) < 5 and looks_like_office(joined(reading.text(number - 1 - len(at)))):  # noqa: PLR2004
        at.insert(0, number - 1 - len(at))
    if at:
        reading.closing.update(at)
        reading.note("signature", " ".join(joined(reading.text(one)) for one in at), at)


def _list_of_attachments(reading: Reading, start: int, end: int) -> None:
    for number in range(start, end):
        found = ATTACHMENTS.match(reading.text(number))
        if not found:
            continue
        at = [number]
        while ITEM.match(reading.text(at[-1] + 1)) and at[-1] + 1 < end:
            at.append(at[-1] + 1)
        names = [found.group("first"), *(reading.text(one) for one in at[1:])]
        reading.note("attachments", "；".join(names), at)
        return


def _note(reading: Reading, number: int, note: str) -> None:
    reading.note("note", note, [number])
    for pattern, attribute in ATTRIBUTES:
        if pattern.search(note):
            reading.note("attribute", attribute.value, [number])
            break
    if "删减" in note:
        reading.warn("附注要求删减后公开，请先删去不公开的内容。")
