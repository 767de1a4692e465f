"""The order of what was found: by rules of ours over the titles, so that both engines give one answer.

Engines weigh words each in its own way, and neither knows that a document's number is worth more than its
words. What is weighed here is what people look for: the exact title, the number, the words in the title, a
newer text, one that still holds.
"""

from collections.abc import Iterable
from datetime import datetime

from app.content.states import Validity
from app.search.numbers import number_in
from app.search.queries import Candidate
from app.search.question import Question
from app.search.segment import folded, runs_of, words_of

EXACT_TITLE, WHOLE_NUMBER, NUMBER, PHRASE = 1000, 900, 700, 200
ALL_WORDS, AS_WORDS, COVERAGE, BEGINNING, RECENT, ENDED = 200, 40, 60, 20, 40, -30
A_YEAR = 365.25


def by_relevance(found: Iterable[Candidate], question: Question, now: datetime) -> list[Candidate]:
    """Return what was found, what answers the question best first."""
    return sorted(found, key=lambda one: (-_worth(one, question, now), *_newest(one)))


def by_date(found: Iterable[Candidate]) -> list[Candidate]:
    """Return what was found, the newest first."""
    return sorted(found, key=_newest)


def _newest(one: Candidate) -> tuple[float, int]:
    return -one.published_at.timestamp(), -one.article_id


def _worth(one: Candidate, question: Question, now: datetime) -> float:
    worth = _of_title(folded(one.title), question) + _of_number(one, question)
    age = max(0.0, (now - one.published_at).days / A_YEAR)
    worth += RECENT / (1 + age)
    return worth + (ENDED if one.validity in (Validity.ABOLISHED, Validity.EXPIRED) else 0)


def _of_title(title: str, question: Question) -> float:
    runs = runs_of(title)
    key, worth = "".join(runs), 0.0
    if key == question.key:
        worth += EXACT_TITLE
    if question.key in key:
        worth += PHRASE + (BEGINNING if key.startswith(question.key) else 0)
    terms = question.terms
    if not terms or not key:
        return worth
    standing = [term for term in terms if any(way in title for way in term.spellings)]
    if not standing:
        return worth
    cut = set(words_of(runs))
    worth += ALL_WORDS * len(standing) / len(terms)
    worth += AS_WORDS * sum(bool(cut.intersection(term.spellings)) for term in standing) / len(terms)
    return worth + COVERAGE * min(1.0, sum(len(term.word) for term in standing) / len(key))


def _of_number(one: Candidate, question: Question) -> float:
    asked = question.number
    if asked is None or not one.document_number:
        return 0
    number = number_in(folded(one.document_number))
    if number is None or number.token != asked.token:
        return 0
    is_whole = bool(asked.code) and asked.code.endswith(number.code)
    return WHOLE_NUMBER if is_whole else NUMBER if not asked.code else NUMBER - PHRASE
