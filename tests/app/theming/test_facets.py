"""A long list of values to narrow by is complete, shut behind its first ones, open where one is chosen."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from app.theming.documents_pages import Facet, FacetValue, LibraryPage
from app.theming.kit.checking import site_of
from app.theming.pages import Link
from app.theming.registry import read_themes
from app.theming.render import draw
from app.theming.samples.pages import sample_pages
from app.theming.samples.voices import VOICES

THEMES = read_themes(Path(__file__).parents[3] / "themes")
OTHERS = Link("还有 9 个单位，文件见各单位子站", "/units/")


def drawn(number: int, chosen: int = -1, others: Link | None = None) -> Any:
    """Draw the library with one facet of so many units; return the facet."""
    page = next(one for one in sample_pages(VOICES[0]) if isinstance(one, LibraryPage))
    values = tuple(
        FacetValue(Link(f"单位{n}", f"?unit=u{n}", current=n == chosen), n + 1) for n in range(number)
    )
    facet = Facet("单位", Link("全部", "?", current=chosen < 0), values, others)
    page = replace(page, facets=(facet,))
    html = draw(THEMES, page, site_of(page, VOICES[0], "base", "blue"))
    document: Any = lxml.html.document_fromstring(html)
    return document.find_class("facet")[0]


@pytest.mark.parametrize("number", [3, 16, 17, 56])
def test_every_value_is_a_link_once(number: int) -> None:
    facet = drawn(number, others=OTHERS)

    addresses = [one.get("href") for one in facet.iter("a")]

    assert addresses == ["?", *(f"?unit=u{n}" for n in range(number)), OTHERS.url]


def test_a_short_list_has_nothing_to_open() -> None:
    assert drawn(16).find_class("facet-rest") == []


@pytest.mark.parametrize(("chosen", "is_open"), [(-1, False), (3, False), (40, True)])
def test_the_rest_waits_behind_a_line_that_counts_it(chosen: int, *, is_open: bool) -> None:
    (rest,) = drawn(56, chosen).find_class("facet-rest")

    assert rest.tag == "details"
    assert rest.findtext("summary") == "其余 44 个单位"
    assert len(list(rest.iter("a"))) == 44
    assert (rest.get("open") is not None) is is_open
