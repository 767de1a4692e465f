"""Portraits and maps come in the size that a screen needs, with measures, and only while they are public."""

import re
from typing import Any

import pytest

from app.profile.models import CardKind
from bench.statements import Pages
from tests.app.content.photographs import a_photograph, taken_in
from tests.app.profile.acts import signed
from tests.worlds import BUREAU, HOSTS, PORTAL, TOWN, County


def a_leader(county: County, slug: str = BUREAU, *, width: int = 900, **values: Any) -> str:
    """Sign a leader with a portrait; return the picture's token."""
    picture, token = taken_in(county, "像.jpg", a_photograph(width, width * 4 // 3), slug)
    signed(county, CardKind.LEADER, slug, portrait_id=picture, **values)
    return token


def portraits(html: str) -> list[str]:
    return re.findall(r'<div class="portrait">(.*?)</div>', html, re.DOTALL)


@pytest.mark.parametrize(("slug", "path", "mount"), [(BUREAU, "/ldbz/", ""), (PORTAL, "/ldzc/", "/u/slj")])
def test_a_portrait_has_measures_and_sizes(county: County, slug: str, path: str, mount: str) -> None:
    token = a_leader(county)

    (portrait,) = portraits(county.visitor(slug).get(path).text)

    assert f'src="{mount}/pictures/{token}.jpg" alt="张三演" width="900" height="1200"' in portrait
    assert f'type="image/webp" srcset="{mount}/pictures/{token}-480.webp 480w' in portrait
    assert portrait.count('sizes="(min-width: 40rem) 7.5rem, 5.25rem"') == 2
    addresses = set(re.findall(r"/(?:u/slj/)?pictures/\S+?\.(?:jpg|webp)", portrait))
    assert len(addresses) > 2
    for address in addresses:
        answer = county.visitor(slug).get(address)
        assert answer.mimetype == f"image/{'webp' if address.endswith('webp') else 'jpeg'}", address


def test_only_the_first_portrait_of_a_page_is_fetched_at_once(county: County) -> None:
    a_leader(county)
    a_leader(county, name="李四演")
    a_leader(county, TOWN, name="王五演")

    assert ["lazy" in one for one in portraits(county.visitor().get("/ldbz/").text)] == [False, True]
    assert sorted("lazy" in one for one in portraits(county.visitor(PORTAL).get("/ldzc/").text)) == [
        False,
        True,
        True,
    ]


def test_no_size_is_answered_that_was_not_made_or_is_not_public(county: County) -> None:
    token = a_leader(county, until="2020-01-01")
    now_shown = a_leader(county, name="李四演")

    reader = county.visitor()

    assert reader.get(f"/pictures/{now_shown}-480.webp").status_code == 200
    for name in (f"{now_shown}-481.webp", f"{now_shown}-480.png", f"{token}-480.webp", f"{token}.jpg"):
        assert reader.get(f"/pictures/{name}").status_code == 404, name
    assert county.visitor(TOWN).get(f"/pictures/{now_shown}-480.webp").status_code == 404


def test_portraits_cost_one_query_however_many_units_lead(county: County) -> None:
    for slug in (BUREAU, TOWN):
        signed(county, CardKind.LEADER, slug)
    pages = Pages(county.front)
    plain = len(pages.queries_of(HOSTS[PORTAL], "/ldzc/"))
    for slug in (BUREAU, TOWN):
        a_leader(county, slug, name="李四演")

    assert len(pages.queries_of(HOSTS[PORTAL], "/ldzc/")) == plain + 1


def test_a_map_has_its_measures_and_says_what_it_shows(county: County) -> None:
    picture, token = taken_in(county, "图.png", a_photograph(1200, 900, "PNG"))
    signed(county, CardKind.PROFILE, map_id=picture, map_number="浙S（2026）1号")

    figure = re.search(r'<figure class="map">.*?</figure>', county.visitor().get("/dwgk/").text, re.DOTALL)

    assert figure
    assert (
        f'src="/pictures/{token}.png" alt="永嘉县水利局位置地图" width="1200" height="900"' in figure.group()
    )
    assert f"/pictures/{token}-480.webp 480w" in figure.group()
