"""What was found as a theme shows it: hits with their marks, and links that narrow."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from app.content.genres import DOCUMENTS
from app.content.states import Validity
from app.portal.units import Unit
from app.search.facets import Narrowing
from app.search.highlight import Pieces
from app.search.results import Counts, Hit
from app.site.search_words import TYPES
from app.theming.pages import Link
from app.theming.search_pages import Choice, Facet, Piece, SearchHit

Address = Callable[..., str]
MOST_CHOICES = 10


def hit_of(hit: Hit, *, names_unit: bool) -> SearchHit:
    """Show a text that was found."""
    ended = hit.validity if hit.validity is not Validity.VALID and hit.genre in DOCUMENTS else None
    return SearchHit(
        title=_pieces(hit.title),
        url=hit.url,
        published_at=hit.published_at,
        excerpt=_pieces(hit.excerpt),
        document_number=_pieces(hit.document_number),
        unit=Link(hit.unit_name, hit.unit_home + "/") if names_unit else None,
        also=tuple(Link(name, url) for name, url in hit.also),
        column=hit.column_title,
        standing=ended.label if ended else "",
        is_in_file=hit.is_in_file,
    )


@dataclass(frozen=True)
class Dimension:
    """One way to narrow: how many fall under each value, what a value is called, and how it is written."""

    title: str
    name: str
    counts: Mapping[Any, int]
    chosen: Any
    label: Callable[[Any], str]
    written: Callable[[Any], str] = str

    def facet(self, address: Address) -> Facet | None:
        """Return the links; None where they would narrow nothing."""
        if self.chosen:
            link = Link(self.label(self.chosen), address(), current=True)
            count = self.counts.get(self.chosen, 0)
            return Facet(self.title, (Choice(link, count),), cleared=address(**{self.name: None}))
        known = sorted((one for one in self.counts if self.label(one)), key=self._order)
        if len(known) < 2:  # noqa: PLR2004 - one choice is none
            return None
        return Facet(
            self.title,
            tuple(
                Choice(Link(self.label(one), address(**{self.name: self.written(one)})), self.counts[one])
                for one in known[:MOST_CHOICES]
            ),
        )

    def _order(self, value: Any) -> tuple[Any, ...]:
        """Put years in their own order, all else by how many there are."""
        return (-value,) if self.name == "year" else (-self.counts[value], self.label(value))


def facets_of(
    counts: Counts, chosen: Narrowing, units: Mapping[int, Unit], address: Address
) -> tuple[Facet, ...]:
    """Show by what an answer can be narrowed."""

    def name_of(unit_id: int) -> str:
        return units[unit_id].name if unit_id in units else ""

    dimensions = (
        Dimension("单位", "unit", counts.units, chosen.unit_id, name_of, lambda one: units[one].slug),
        Dimension("栏目类型", "type", counts.types, chosen.column_type, lambda one: TYPES.get(one, "")),
        Dimension("体裁", "genre", counts.genres, chosen.genre, lambda one: str(one.label)),
        Dimension("年份", "year", counts.years, chosen.year, lambda one: f"{one} 年"),
        Dimension("有效性", "validity", counts.validities, chosen.validity, lambda one: str(one.label)),
    )
    found = (one.facet(address) for one in dimensions)
    return tuple(one for one in found if one is not None)


def _pieces(pieces: Pieces) -> tuple[Piece, ...]:
    return tuple(Piece(text, is_marked) for text, is_marked in pieces)
