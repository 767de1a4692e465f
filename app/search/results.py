"""A question answered: one page of what was found, and by what it can be narrowed."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime

from app.content.genres import Genre
from app.content.states import Validity
from app.core.clock import now
from app.core.html import plain
from app.portal.standings import standings
from app.search.facets import Narrowing
from app.search.highlight import Pieces, excerpt, holds, marked
from app.search.queries import Candidate, Candidates, Shown, candidates, shown
from app.search.question import Question
from app.search.ranking import by_date, by_relevance
from app.tenancy.scope import Reach, reaching

PER_PAGE = 20
#: So much of a body is looked through for what to show.
LONGEST_READ = 20_000


@dataclass(frozen=True)
class Hit:
    """A text that was found, with the words of the question marked."""

    article_id: int
    title: Pieces
    document_number: Pieces
    excerpt: Pieces
    url: str
    unit_name: str
    unit_home: str
    column_title: str
    genre: Genre
    published_at: datetime
    validity: Validity
    #: True where the words stand in a file of the text.
    is_in_file: bool
    #: Further units that published the same text, each with the address of its page (S-09).
    also: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Counts:
    """How many of what was looked at fall under each choice."""

    units: Counter[int]
    types: Counter[str]
    genres: Counter[Genre]
    years: Counter[int]
    validities: Counter[Validity]


@dataclass(frozen=True)
class Found:
    """One page of an answer."""

    hits: tuple[Hit, ...]
    total: int
    #: The page that is shown: the last one where a later one was asked for.
    page: int
    counts: Counts
    has_more: bool
    is_relaxed: bool


def answer(
    question: Question,
    portal_id: int,
    narrowing: Narrowing,
    *,
    newest_first: bool = False,
    page: int = 1,
    on_portal: bool = False,
) -> Found:
    """Return one page of the texts that answer a question; a portal's own says each text once."""
    with reaching(Reach.PUBLISHED):  # Once: each way there and back is a question to the database.
        looked_at = Candidates(()) if question.is_empty else candidates(question, portal_id, narrowing)
        found, also = _each_once(looked_at.found, portal_id) if on_portal else (looked_at.found, {})
        ordered = by_date(found) if newest_first else by_relevance(found, question, now())
        page = max(1, min(page, -(-len(ordered) // PER_PAGE)))
        on_page = ordered[(page - 1) * PER_PAGE : page * PER_PAGE]
        told = shown(place for one in on_page for place in (one.id, *also.get(one.id, ())))
    return Found(
        hits=tuple(
            replace(_hit(one, told[one.id], _spellings(question)), also=_sources(also.get(one.id, ()), told))
            for one in on_page
            if one.id in told
        ),
        total=len(ordered),
        page=page,
        counts=_counted(found),
        has_more=looked_at.has_more,
        is_relaxed=looked_at.is_relaxed,
    )


def _each_once(
    found: tuple[Candidate, ...], portal_id: int
) -> tuple[tuple[Candidate, ...], dict[int, tuple[int, ...]]]:
    """Leave out what the office has hidden, and let one of the same texts of several units stand for all.

    Returns those that stand, and by place the places of those that they stand for.
    """
    hidden, under = standings(portal_id, (one.article_id for one in found))
    groups: dict[int, list[Candidate]] = {}
    for one in found:
        if one.article_id not in hidden:
            groups.setdefault(under.get(one.article_id, one.article_id), []).append(one)
    first = {
        key: min(of_text, key=lambda one: (one.article_id != key, one.id)) for key, of_text in groups.items()
    }
    return tuple(first.values()), {
        first[key].id: tuple(one.id for one in of_text if one is not first[key])
        for key, of_text in groups.items()
    }


def _sources(places: tuple[int, ...], told: dict[int, Shown]) -> tuple[tuple[str, str], ...]:
    return tuple((told[place].unit_name, told[place].url) for place in places if place in told)


def _spellings(question: Question) -> tuple[str, ...]:
    return tuple(way for term in question.terms for way in term.spellings)


def _counted(found: tuple[Candidate, ...]) -> Counts:
    return Counts(
        units=Counter(one.tenant_id for one in found),
        types=Counter(one.column_type for one in found),
        genres=Counter(one.genre for one in found),
        years=Counter(one.year for one in found),
        validities=Counter(one.validity for one in found),
    )


def _hit(one: Candidate, told: Shown, spellings: tuple[str, ...]) -> Hit:
    body = plain(told.body[:LONGEST_READ])
    is_in_body = holds(body, spellings)
    said = body if is_in_body or not told.summary else told.summary
    is_in_file = not is_in_body and not holds(f"{one.title} {one.document_number} {told.summary}", spellings)
    return Hit(
        article_id=one.article_id,
        title=marked(one.title, spellings),
        document_number=marked(one.document_number, spellings),
        excerpt=marked(excerpt(said, spellings), spellings),
        url=told.url,
        unit_name=told.unit_name,
        unit_home=told.unit_home,
        column_title=told.column_title,
        genre=one.genre,
        published_at=one.published_at,
        validity=one.validity,
        is_in_file=is_in_file and bool(spellings) and len(told.body) <= LONGEST_READ,
    )
