"""The words of a question marked in what is shown of a text: as pieces, never as markup (C4)."""

import re
from collections.abc import Iterable

from app.search.segment import folded

#: Pieces of a text in order, and whether each is marked.
Pieces = tuple[tuple[str, bool], ...]
AROUND = 36
LONGEST_EXCERPT = 130


def marked(text: str, spellings: Iterable[str]) -> Pieces:
    """Return a text in pieces, with every spelling marked that stands in it."""
    found = _pattern(spellings)
    if found is None:
        return ((text, False),)
    seen = _aligned(text)
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
    first = found.search(_aligned(text)) if found else None
    start = max(0, first.start() - AROUND) if first else 0
    cut = text[start : start + LONGEST_EXCERPT]
    return f"{'…' if start else ''}{cut}{'…' if start + LONGEST_EXCERPT < len(text) else ''}"


def holds(text: str, spellings: Iterable[str]) -> bool:
    """Say whether any of the spellings stands in a text."""
    found = _pattern(spellings)
    return bool(found and found.search(_aligned(text)))


def _pattern(spellings: Iterable[str]) -> re.Pattern[str] | None:
    by_length = sorted({one for one in spellings if one}, key=lambda one: (-len(one), one))
    return re.compile("|".join(map(re.escape, by_length))) if by_length else None


def _aligned(text: str) -> str:
    """Fold a text sign by sign, so that what is found stands at the same place in the text itself."""
    whole = folded(text)
    if len(whole) == len(text):  # Nearly always: what vanishes and what grows are rare, and never both here.
        return whole
    return "".join(one if len(one := folded(sign)) == 1 else sign for sign in text)
