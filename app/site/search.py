"""The page of a search, for one subsite or the whole county: /search?q= (ZY-19, S-36)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from flask import request

from app.content.genres import Genre
from app.content.states import Validity
from app.display.traditional import in_simplified, is_traditional
from app.portal.units import Unit, units_of_county
from app.profile.overview import leaders_called
from app.search import counting
from app.search.cards import Asked, Card, Source, cards, unit_cards
from app.search.facets import Narrowing
from app.search.lexicon import Lexicon, lexicon_of
from app.search.question import Question, question_of
from app.search.results import Found, answer
from app.search.suggestions import meant, related
from app.site import search_words as say
from app.site.search_parts import facets_of, hit_of
from app.tenancy.current import current_tenant
from app.tenancy.places import canonical, here, place
from app.theming.pages import Link, Meta
from app.theming.search_pages import SearchCard, SearchPage
from app.web.blueprints import PublicBlueprint
from app.web.paging import pager

LAST_PAGE = 9_999
EARLIEST, LATEST = 1949, 2200

bp = PublicBlueprint("search", __name__)


def leader_cards(asked: Asked) -> list[Card]:
    """Return the cards of the leaders who are called what was asked for; on a subsite, of its own."""
    within = None if current_tenant.is_portal else current_tenant.id
    return [
        Card(
            sort="领导",
            title=one.name,
            url=one.url,
            facts=tuple(
                (term, said)
                for term, said in (("单位", one.unit_name), ("职务", one.post), ("分工", one.division))
                if said
            ),
        )
        for one in leaders_called(asked.question.text, asked.portal_id, unit_id=within)
    ]


#: Who knows things that have a name: a unit, a leader, a matter.
CARD_SOURCES: tuple[Source, ...] = (unit_cards, leader_cards)


@dataclass(frozen=True)
class Wanted:
    """What the address asks for; what it asks in vain is left out."""

    question: Question
    narrowing: Narrowing
    newest_first: bool
    page: int
    units: Mapping[int, Unit]

    def address(self, **changed: str | int | None) -> str:
        """Return the address of this search with something changed; of its first page."""
        narrowing = self.narrowing
        asked: dict[str, str | int | None] = {
            "q": self.question.text,
            "unit": self.units[narrowing.unit_id].slug if narrowing.unit_id else None,
            "type": narrowing.column_type,
            "genre": narrowing.genre,
            "year": narrowing.year,
            "validity": narrowing.validity,
            "sort": "date" if self.newest_first else None,
        }
        return here("/search?") + urlencode({k: v for k, v in {**asked, **changed}.items() if v})


@bp.page("/search")
def search() -> SearchPage:
    """Find what the subsite, or the whole county, has published."""
    lexicon = lexicon_of(current_tenant.home_portal_id)
    wanted = _wanted(lexicon)
    page = SearchPage(
        title=say.title(wanted.question.text),
        canonical=canonical("/search"),
        meta=Meta((("robots", "noindex"),)),
        trail=(Link("首页", here("/")),),
        query=wanted.question.text,
        action=here("/search"),
        elsewhere=_elsewhere(wanted.question.text),
    )
    if wanted.question.is_empty:
        return replace(page, advice=say.HOW, notices=say.nothing_asked(request.args.get("q", "")))
    found = answer(
        wanted.question,
        current_tenant.home_portal_id,
        _within(wanted.narrowing),
        newest_first=wanted.newest_first,
        page=wanted.page,
        on_portal=current_tenant.is_portal,
    )
    counting.note(wanted.question.text, is_found=bool(found.total))
    return _answered(page, wanted, found, lexicon)


def _typed() -> str:
    """Return what was typed, in the characters in which the texts are kept."""
    typed = request.args.get("q", "")
    return in_simplified(typed) if is_traditional() else typed


def _answered(page: SearchPage, wanted: Wanted, found: Found, lexicon: Lexicon) -> SearchPage:
    def other(text: str) -> Link:
        return Link(text, here("/search?") + urlencode({"q": text}))

    question = wanted.question
    asked = Asked(question, current_tenant.home_portal_id, lexicon)
    return replace(
        page,
        told=say.told(found),
        notices=say.notices(question, found, wanted.page),
        cards=tuple(
            SearchCard(one.sort, one.title, one.url, one.facts, one.is_external)
            for one in cards(asked, CARD_SOURCES)
        ),
        hits=tuple(hit_of(one, names_unit=current_tenant.is_portal) for one in found.hits),
        facets=facets_of(found.counts, wanted.narrowing, wanted.units, wanted.address),
        orders=(
            Link("按相关度", wanted.address(sort=None), current=not wanted.newest_first),
            Link("按时间", wanted.address(sort="date"), current=wanted.newest_first),
        ),
        pager=pager(found.page, found.total, wanted.address()) if found.total else None,
        meant=tuple(map(other, meant(question, lexicon, is_found=found.total > 0 and not found.is_relaxed))),
        related=tuple(map(other, related(question, lexicon))),
        advice=() if found.total else say.advice(is_narrowed=wanted.narrowing != Narrowing()),
    )


def _wanted(lexicon: Lexicon) -> Wanted:
    given = {name: request.args.get(name, "")[:40] for name in ("unit", "type", "genre", "year", "validity")}
    units = units_of_county() if current_tenant.is_portal else {}
    year = _number(given["year"])
    return Wanted(
        question=question_of(_typed(), lexicon),
        narrowing=Narrowing(
            unit_id=next((one.id for one in units.values() if one.slug == given["unit"]), None),
            column_type=given["type"] if given["type"] in say.TYPES else "",
            genre=Genre(given["genre"]) if given["genre"] in set(Genre) else None,
            year=year if EARLIEST <= year <= LATEST else None,
            validity=Validity(given["validity"]) if given["validity"] in set(Validity) else None,
        ),
        newest_first=request.args.get("sort") == "date",
        page=min(max(1, _number(request.args.get("page", ""))), LAST_PAGE),
        units=units,
    )


def _within(narrowing: Narrowing) -> Narrowing:
    """Keep a unit's search to the unit."""
    return narrowing if current_tenant.is_portal else replace(narrowing, unit_id=current_tenant.id)


def _elsewhere(text: str) -> tuple[Link, ...]:
    if current_tenant.is_portal:
        return ()
    where = place()
    query = f"?{urlencode({'q': text})}" if text else ""
    return (Link(f"在全县（{where.portal.name}）搜索", f"{where.portal_home}/search{query}"),)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0  # noqa: PLR2004 - no page has more
