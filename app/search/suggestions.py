"""What a visitor may have meant: Latin letters by their sound, wrong characters, other names (ZY-19)."""

import re

from app.search.lexicon import Lexicon, sound_of
from app.search.question import Question
from app.search.segment import folded

_LATIN = re.compile(r"[a-z]{4,40}")
_LETTERS = re.compile(r"[^a-z]+")
MOST = 4


def meant(question: Question, lexicon: Lexicon, *, is_found: bool) -> tuple[str, ...]:
    """Return what may have been meant instead; by sound only where what was typed finds nothing."""
    text = folded(question.text)
    found = {_by_latin(text, lexicon): None, _corrected(text, lexicon): None}
    if not is_found:
        found[_by_sound(question, lexicon)] = None
    return tuple(one for one in found if one and one != text)[:MOST]


def related(question: Question, lexicon: Lexicon) -> tuple[str, ...]:
    """Return other searches that lead further: other words for the same, and units named like it."""
    others = [way for term in question.terms for way in term.spellings[1:]]
    word = question.key
    if len(word) > 1:
        own = lexicon.names.get(word)
        others += [name for name in lexicon.names.values() if word in name and name != own]
    return tuple(dict.fromkeys(one for one in others if one != word))[: 2 * MOST]


def _by_latin(text: str, lexicon: Lexicon) -> str:
    """Return the word that is written in the letters of its sound, or begins with them."""
    letters = _LETTERS.sub("", text)
    if not _LATIN.fullmatch(letters) or not text.isascii():
        return ""
    if letters in lexicon.by_sound:
        return lexicon.by_sound[letters]
    return next((word for sound, word in lexicon.by_sound.items() if sound.startswith(letters)), "")


def _corrected(text: str, lexicon: Lexicon) -> str:
    for wrong, right in lexicon.typos.items():
        if wrong in text:
            return text.replace(wrong, right)
    return ""


def _by_sound(question: Question, lexicon: Lexicon) -> str:
    """Return what sounds like the question: as a whole, or with its unknown words put right."""
    whole = lexicon.by_sound.get(sound_of(question.key), "")
    if whole:
        return whole
    heard = [lexicon.by_sound.get(sound_of(term.word), term.word) for term in question.terms]
    return "".join(heard) if heard != [term.word for term in question.terms] else ""
