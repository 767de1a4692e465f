"""Asking the index as the page does."""

from typing import Any

from app.search.facets import Narrowing
from app.search.lexicon import lexicon_of
from app.search.question import question_of
from app.search.results import Found, answer
from app.tenancy.current import current_tenant
from tests.worlds import PORTAL, County


def ask(county: County, typed: str, *, newest_first: bool = False, **chosen: Any) -> Found:
    """Ask the portal's search."""
    with county.inside(PORTAL):
        question = question_of(typed, lexicon_of(current_tenant.id))
        return answer(question, current_tenant.id, Narrowing(**chosen), newest_first=newest_first)


def titles(found: Found) -> list[str]:
    """Return the titles that were found, in order."""
    return ["".join(text for text, _ in hit.title) for hit in found.hits]
