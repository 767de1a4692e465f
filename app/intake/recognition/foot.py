"""The foot of a document: subject words (until 2012), copies, printer and date (GB/T 9704-2012, 7.4)."""

import re

from app.intake.recognition.dates import dates_in
from app.intake.recognition.reading import Reading
from app.intake.recognition.titles import joined

SUBJECT = re.compile(r"^主\s?题\s?词[:：]\s*(?P<words>.+)$")
COPIES = re.compile(r"^(?:抄\s?送|抄\s?报|分\s?送)[:：]\s*(?P<offices>.*)$")
PRINTED = re.compile(r"印\s?发[。]?$")
COUNT = re.compile(r"^[(（]?\s*共印\s*\d+\s*份\s*[)）]?$")
SEPARATORS = re.compile(r"[\s、，,;；]+")
MOST_LINES = 6
LONGEST_COPIES = 500


def read_foot(reading: Reading, start: int) -> int:
    """Find the fields of the foot below a line; return its first line."""
    first = len(reading.lines)
    for number in range(start, len(reading.lines)):
        if number in reading.spent:
            continue
        if _subject(reading, number) or _copies(reading, number) or _printed(reading, number):
            first = min(first, number)
        elif COUNT.match(reading.text(number)):
            reading.spend([number])
    return first


def _subject(reading: Reading, number: int) -> bool:
    found = SUBJECT.match(reading.text(number))
    if not found:
        return False
    words = [word for word in SEPARATORS.split(found.group("words").strip()) if word]
    reading.note("keywords", " ".join(words), [number])
    reading.spend([number])
    return True


def _copies(reading: Reading, number: int) -> bool:
    found = COPIES.match(reading.text(number))
    if not found:
        return False
    at, offices = [number], found.group("offices")
    while len(at) < MOST_LINES and not offices.endswith("。") and _continues(reading, at[-1] + 1):
        at.append(at[-1] + 1)
        offices = joined(offices, reading.text(at[-1]))
    reading.note("copies", offices, at)
    if len(offices) <= LONGEST_COPIES:  # What the field cannot hold stays in the text.
        reading.spend(at)
    return True


def _continues(reading: Reading, number: int) -> bool:
    """Say whether a line goes on with the copies: it is no other field, and nobody who printed it."""
    text, further = reading.text(number), reading.text(number + 1)
    begins_other = (
        SUBJECT.match(text) or COPIES.match(text) or COUNT.match(text) or next(dates_in(text), None)
    )
    printed = next(dates_in(further), None)
    is_printer = printed is not None and printed.start == 0 and bool(PRINTED.search(further))
    return bool(text) and not begins_other and not (is_printer and not re.search(r"[，、；]", text))


def _printed(reading: Reading, number: int) -> bool:
    text = reading.text(number)
    found = next(dates_in(text), None)
    if found is None or not PRINTED.search(text) or text[found.end :].strip(" 。") not in ("印发", "印 发"):
        return False
    if found.value is None:
        reading.warn(f"印发日期“{found.words}”不是真实的日期，请核对。")
        return False
    at, office = [number], joined(text[: found.start])
    if not office and number - 1 not in reading.spent and 0 < len(reading.text(number - 1)) <= MOST_LETTERS:
        at, office = [number - 1, number], joined(reading.text(number - 1))
    reading.note("printed_on", found.value.isoformat(), [number], text)
    if office:
        reading.note("printer", office, at)
    reading.spend(at)
    return True


MOST_LETTERS = 40
