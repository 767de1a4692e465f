"""What is meant itself stands before what is written of it: a unit, a person, a matter (搜索即服务).

Whoever knows such things offers a source; the page asks each in turn (app/site/search.py).
"""

from collections.abc import Callable
from dataclasses import dataclass

from app.portal.units import units_of_county
from app.search.lexicon import Lexicon
from app.search.question import Question

MOST = 3


@dataclass(frozen=True)
class Card:
    """One thing that has the name that was asked for."""

    #: What it is, in a word: 单位, 领导, 办事事项.
    sort: str
    title: str
    url: str
    #: Pairs of a term and what it is, such as the telephone.
    facts: tuple[tuple[str, str], ...] = ()
    #: True where it leads to a site elsewhere (S-05).
    is_external: bool = False


@dataclass(frozen=True)
class Asked:
    """What a source of cards is asked."""

    question: Question
    portal_id: int
    lexicon: Lexicon


Source = Callable[[Asked], list[Card]]


def unit_cards(asked: Asked) -> list[Card]:
    """Return the cards of the open units that are called what was asked for."""
    named = asked.lexicon.names.get(asked.question.key)
    if named is None:
        return []
    return [
        Card(
            sort="单位",
            title=unit.name,
            url=unit.external_url or unit.home + "/",
            facts=tuple(
                (term, said) for term, said in (("电话", unit.phone), ("地址", unit.address)) if said
            ),
            is_external=bool(unit.external_url),
        )
        for unit in units_of_county().values()
        if unit.name == named
    ]


def cards(asked: Asked, sources: tuple[Source, ...]) -> tuple[Card, ...]:
    """Return the first few cards of all sources."""
    if asked.question.is_empty:
        return ()
    return tuple(card for source in sources for card in source(asked))[:MOST]
