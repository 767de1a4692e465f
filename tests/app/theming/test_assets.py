"""Files of themes are kept for ever by browsers, found along the lineage, and nothing else is found."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.theming.manifest import ThemeError
from app.theming.registry import registry
from app.theming.theme import EVERYWHERE


@pytest.fixture
def browser(dressed: Flask) -> FlaskClient:
    return dressed.test_client()


def test_a_file_is_immutable_and_of_its_own_type(browser: FlaskClient) -> None:
    theme = registry().themes["county_blue"]

    answer = browser.get(theme.asset_url("site.css"))

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert browser.get(theme.asset_url("icon.svg")).headers["Content-Type"].startswith("image/svg+xml")


def test_a_theme_serves_its_own_file_before_what_it_inherits(browser: FlaskClient) -> None:
    base, county = registry().themes["base"], registry().themes["county_blue"]

    assert browser.get(county.asset_url("site.css")).data != browser.get(base.asset_url("site.css")).data
    assert (
        browser.get(county.asset_url("foundation.css")).data
        == browser.get(base.asset_url("foundation.css")).data
    )


def test_a_palette_is_a_stylesheet_made_from_the_manifest(browser: FlaskClient) -> None:
    theme = registry().themes["county_blue"]

    answer = browser.get(theme.asset_url("palettes/green.css"))

    assert f"--primary: {theme.palettes['green'].primary};" in answer.text


def test_a_stylesheet_is_added_to_the_one_of_base_and_a_picture_replaces_it(browser: FlaskClient) -> None:
    base, county = registry().themes["base"], registry().themes["county_blue"]
    below, above = base.assets["site.css"].content, county.assets["site.css"].content

    assert above.startswith(below)
    assert above.endswith((county.folder / "static" / "site.css").read_bytes())


def test_what_every_page_needs_is_one_file_for_each_palette(browser: FlaskClient) -> None:
    """A page waits for this file, and for the one of its kind where it has one."""
    for theme in registry().themes.values():
        for name, palette in theme.palettes.items():
            whole = browser.get(theme.stylesheet_url(name)).text
            parts = [palette.stylesheet(), *(theme.assets[path].content.decode() for path in EVERYWHERE)]
            places = [whole.index(part) for part in parts]
            assert places == sorted(places)
            assert len(whole) == sum(map(len, parts)) + len(parts) - 1


def test_the_address_of_an_earlier_release_leads_to_the_present_file(browser: FlaskClient) -> None:
    answer = browser.get("/static/county_blue/000000000000/site.css")

    assert answer.status_code == 308
    assert answer.headers["Location"] == registry().themes["county_blue"].asset_url("site.css")
    assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "address",
    [
        "/static/nothing/{digest}/site.css",
        "/static/county_blue/{digest}/none.css",
        "/static/county_blue/000000000000/none.css",
        "/static/county_blue/{digest}/../theme.toml",
        "/static/county_blue/{digest}/..%2ftheme.toml",
        "/static/county_blue/{digest}/%2e%2e/%2e%2e/base/theme.toml",
        "/static/county_blue/{digest}//etc/passwd",
        "/static/county_blue/{digest}/site.css%00",
        "/static/../{digest}/site.css",
    ],
)
def test_what_is_not_a_file_of_the_theme_is_not_found(browser: FlaskClient, address: str) -> None:
    digest = registry().themes["county_blue"].digest

    assert browser.get(address.format(digest=digest), follow_redirects=True).status_code == 404


def test_a_file_that_is_not_there_is_the_theme_authors_mistake(dressed: Flask) -> None:
    with pytest.raises(ThemeError, match=re.escape("none.css")):
        registry().themes["base"].asset_url("none.css")


def test_every_file_that_a_stylesheet_names_is_there(dressed: Flask) -> None:
    for theme in registry().themes.values():
        for asset in theme.assets.values():
            if asset.media_type.startswith("text/css"):
                named = re.findall(r"url\([\"']?([^\"')]+)", asset.content.decode())
                assert set(named) <= theme.assets.keys()
