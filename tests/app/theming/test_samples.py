"""The samples leave no field of any page out: what is tried on a theme is tried on all it may show."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import pytest

from app.theming.pages import Page
from app.theming.samples.pages import sample_pages, sample_site
from app.theming.samples.voices import BACKWARDS, FAMILY, MARKUP, UNBROKEN, UNSEEN, VOICES

HOSTILE = next(voice for voice in VOICES if voice.name == "hostile")
#: Addresses and names that the platform makes, whatever the field's class.
MADE = {
    "action",
    "address",
    "area",
    "autocomplete",
    "back",
    "canonical",
    "captions",
    "cleared",
    "code",
    "document",
    "example",
    "feed",
    "filters",
    "host",
    "kept",
    "kind",
    "mail",
    "next",
    "pairs",
    "png",
    "previous",
    "report",
    "script",
    "srcset",
    "stage",
    "state",
    "svg",
    "token",
    "type",
    "url",
    "validity",
    "webp",
    "work",
}
#: Words of the platform's own, of a fixed list or of a number.
FIXED = {
    "AttachmentLink.label",
    "CatalogueListRow.index_number",
    "CatalogueListRow.made_on",
    "DataRow.term",
    "Facet.title",
    "Footer.email",
    "FormField.name",
    "FormField.value",  # Of a box to tick.
    "Footer.postcode",
    "Footer.site_code",
    "HearingCard.stage_label",
    "Meta.tags",
    "OfficeCard.sort",
    "Piece.text",  # Of which one in two is the mark in the words that were looked for.
    "SearchHit.standing",
    "SearchPage.told",
    "SentPage.reference",
}
#: What the facets of lists offer.
WORDS = {"按相关度", "按时间", "按发布日期", "按成文日期", "全部"}


def texts(value: object, place: str) -> Iterator[tuple[str, str]]:
    """Yield every text in a page, and the field it stands in."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, tuple | list):
        for one in value:
            yield from texts(one, place)
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name), f"{type(value).__name__}.{field.name}")


def _is_ours(text: str) -> bool:
    """Tell the numbers of pages, the words of facets, and what is left empty."""
    return not text or text in WORDS or text.removesuffix(" 年").isdigit()


def test_what_is_tried_breaks_out_and_wide_and_around() -> None:
    said = HOSTILE.say("正文")

    for trick in (MARKUP, UNBROKEN, BACKWARDS, FAMILY, UNSEEN, "正文"):
        assert trick in said


@pytest.mark.parametrize("page", sample_pages(HOSTILE), ids=lambda page: type(page).__name__)
def test_every_field_that_people_write_has_been_tried(page: Page) -> None:
    tame = {place for place, text in texts(page, "") if UNBROKEN not in text and not _is_ours(text)}

    assert {place for place in tame - FIXED if place.rpartition(".")[2] not in MADE} == set()
    assert UNBROKEN in page.title


def test_the_frame_of_a_page_has_been_tried_too() -> None:
    site = sample_site(HOSTILE)

    for text in (site.name, site.unit, site.county, site.menu[0].title, site.footer.sponsor):
        assert UNBROKEN in text
    for text in (site.footer.icp, site.footer.address, site.address, site.phone, site.banners[0].text.title):
        assert UNBROKEN in text
