"""An official document in lines becomes fields with their evidence (rules 1.5; GB/T 9704-2012 and 1999)."""

from dataclasses import dataclass

from app.content.genres import Attribute, Genre
from app.intake.recognition.ending import read_ending
from app.intake.recognition.foot import read_foot
from app.intake.recognition.head import read_head
from app.intake.recognition.lines import Line
from app.intake.recognition.numbers import DocumentNumber, cited_in
from app.intake.recognition.reading import Finding, Reading
from app.intake.recognition.titles import GENRES, UPWARD, sort_of


@dataclass(frozen=True)
class Recognised:
    """What a document says of itself."""

    fields: dict[str, Finding]
    genre: Genre
    cites: tuple[DocumentNumber, ...]
    warnings: tuple[str, ...]
    #: Numbers of the lines that are nothing but fields.
    spent: frozenset[int]
    #: Numbers of the lines of signature and date.
    closing: frozenset[int]


def recognise(lines: list[Line]) -> Recognised:
    """Return the fields of a document; what is not there is not guessed."""
    reading = Reading(lines)
    own, start = read_head(reading)
    end = read_foot(reading, start)
    read_ending(reading, start, end)
    genre = _genre(reading)
    _issuer_by_signature(reading)
    cites = cited_in("\n".join(line.text for line in lines), own)
    return Recognised(
        reading.fields,
        genre,
        tuple(cites),
        tuple(reading.warnings),
        frozenset(reading.spent),
        frozenset(reading.closing),
    )


def _genre(reading: Reading) -> Genre:
    title = reading.fields.get("title")
    sort = sort_of(title.value) if title else ""
    if title and sort:
        reading.fields["sort"] = Finding(sort, title.words, title.place)
    if sort in UPWARD and title and "attribute" not in reading.fields:
        reading.fields["attribute"] = Finding(Attribute.CLOSED.value, title.words, title.place)
        reading.warn(f"“{sort}”是上行文，一般不公开，已预选“不予公开”。如果要公开，请改选并核对。")
    if sort:
        return GENRES[sort]
    return Genre.POLICY if "document_number" in reading.fields else Genre.NEWS


def _issuer_by_signature(reading: Reading) -> None:
    signature = reading.fields.get("signature")
    if signature is not None:
        reading.fields.setdefault("issuer", signature)
