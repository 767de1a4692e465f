"""What a visitor typed, read once: its words, what they may also be called, and a document number in it.

Whatever is typed is data: signs fall away, and what is too long is cut and said to be.
"""

from dataclasses import dataclass

from app.search.index import Term
from app.search.lexicon import Lexicon
from app.search.numbers import Number, number_in
from app.search.segment import asked_of, folded, key_of, parts_of, words

LONGEST = 120
#: No question of a person has more; a title pasted whole is compared as a whole besides.
MOST_WORDS = 24


@dataclass(frozen=True)
class Question:
    """A question as the index can be asked it."""

    text: str
    key: str
    terms: tuple[Term, ...]
    number: Number | None
    #: True where only the beginning of what was typed is asked for.
    is_cut: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left of what was typed that could be looked for."""
        return not self.key

    @property
    def number_term(self) -> Term | None:
        """The document number as a term of its own."""
        if self.number is None:
            return None
        return Term(self.text, ((self.number.token,),), (self.text,))


def question_of(typed: str, lexicon: Lexicon) -> Question:
    """Read what was typed."""
    # A page's address holds some thousand characters at most, but a client may send more.
    text = " ".join(folded_for_show(typed[: LONGEST * 4]).split())
    shown = text[:LONGEST]
    return Question(
        text=shown,
        key=key_of(shown),
        terms=_terms(shown, lexicon),
        number=number_in(folded(shown)),
        is_cut=len(text) > LONGEST or len(typed) > LONGEST * 4,
    )


def folded_for_show(text: str) -> str:
    """Return a text without characters that cannot be seen, and otherwise as it was typed."""
    return "".join(sign for sign in text if sign.isspace() or folded(sign))


def _terms(text: str, lexicon: Lexicon) -> tuple[Term, ...]:
    found = words(text)
    telling = [word for word in found if word not in lexicon.stops] or found
    return tuple(_term(word, lexicon) for word in telling[:MOST_WORDS])


def _term(word: str, lexicon: Lexicon) -> Term:
    spellings = lexicon.spellings(word)
    parts = tuple(token for part in parts_of(word) for token in asked_of(part))
    return Term(word, tuple(tuple(asked_of(one)) for one in spellings), spellings, parts)
