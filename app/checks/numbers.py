"""Numbers of official documents (文号), in every bracket that people use."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_BRACKETS = ("〔〕", "[]", "［］", "（）", "()", "【】", "﹝﹞")
_OPEN, _CLOSE = (re.escape("".join(pair[side] for pair in _BRACKETS)) for side in (0, 1))
_NUMBER = re.compile(
    rf"([\u4e00-\u9fffA-Za-z]{{1,20}})\s?[{_OPEN}]\s?([0-9]{{4}})\s?[{_CLOSE}]\s?第?\s?([0-9]{{1,5}})\s?号"
)


@dataclass(frozen=True)
class DocumentNumber:
    """Who issued a document, in which year, as which of that year."""

    agency: str
    year: int
    serial: int

    def __str__(self) -> str:
        return f"{self.agency}〔{self.year}〕{self.serial}号"

    def spellings(self) -> list[str]:
        """Return the ways in which the same number is written."""
        return [
            f"{self.agency}{pair[0]}{self.year}{pair[1]}{ordinal}{self.serial}号"
            for pair in _BRACKETS
            for ordinal in ("", "第")
        ]


def numbers_in(text: str) -> Iterator[DocumentNumber]:
    """Yield the document numbers of a text in order."""
    for found in _NUMBER.finditer(text):
        yield DocumentNumber(found[1], int(found[2]), int(found[3]))


def number_of(field: str) -> DocumentNumber | None:
    """Read a field for a document number; None where it holds none."""
    return next(numbers_in(field), None)
