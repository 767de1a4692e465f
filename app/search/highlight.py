"""The words of a question marked in what is shown of a text: as pieces, never as markup (C4)."""

import re
from collections.abc import Iterable

from app.search.segment import aligned

#: Pieces of a text in order, and whether each is marked.
Pieces = tuple[tuple[str, bool], ...]
AROUND = 36
LONGEST_EXCERPT = 130


def marked(text: str, spellings: Iterable[str]) -> Pieces:
    """Return a text in pieces, with every spelling marked that stands in it."""
    found = _pattern(spellings)
    if found is None:
        return ((text, False),)
    seen = aligned(text)
    pieces: list[tuple[str, bool]] = []
    last = 0
    for hit in found.finditer(seen):
        if hit.start() > last:
            pieces.append((text[last : hit.start()], False))
        pieces.append((text[hit.start() : hit.end()], True))
        last = hit.end()
    if last < len(text):
        pieces.append((text[last:], False))
    return tuple(pieces)


def excerpt(text: str, spellings: Iterable[str]) -> str:
    """Return the passage of a text in which most of the spellings stand first."""
    text = " ".join(text.split())
    found = _pattern(spellings)
    first = found.search(aligned(text)) if found else None
    start = max(0, first.start() - AROUND) if first else 0
    cut = text[start : start + LONGEST_EXCERPT]
    return f"{'…' if start else ''}{cut}{'…' if start + LONGEST_EXCERPT < len(text) else ''}"


def holds(text: str, spellings: Iterable[str]) -> bool:
    """Say whether any of the spellings stands in a text; mostly one does as it is written."""
    spellings = tuple(spellings)
    if any(one and one in text for one in spellings):
        return True
    found = _pattern(spellings)
    return bool(found and found.search(aligned(text)))


def _pattern(spellings: Iterable[str]) -> re.Pattern[str] | None:
    by_length = sorted({one for one in spellings if one}, key=lambda one: (-len(one), one))
    return re.compile("|".join(map(re.escape, by_length))) if by_length else None
