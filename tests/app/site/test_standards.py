"""What stands on every page for inspectors, browsers and researchers."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from freezegun import freeze_time
from lxml import etree, html
from sqlalchemy import select

from app.content.states import ArticleState
from app.core.database import db
from app.site import feeds
from app.tenancy.models import Tenant
from tests.worlds import BUREAU, PORTAL, County

SITE = ("SiteName", "SiteDomain", "SiteIDCode")
COLUMN = ("ColumnName", "ColumnType")
ARTICLE = ("ArticleTitle", "PubDate", "ContentSource", "Url")
MAP = {"m": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def _tags(page: Any) -> dict[str, str]:
    return {one.get("name") or one.get("property"): one.get("content") for one in page.iterfind(".//meta")}


def test_rules_1_4_each_level_has_its_tags_and_the_date_that_is_shown(county: County) -> None:
    path = county.path_of(BUREAU, county.an_article(title="停水“通知”", state=ArticleState.PUBLISHED))
    for where, wanted, not_wanted in (
        ("/", SITE, (*COLUMN, *ARTICLE)),
        ("/tzgg/", (*SITE, *COLUMN), ARTICLE),
        (path, (*SITE, *COLUMN, *ARTICLE), ()),
        ("/nothing/", SITE, (*COLUMN, *ARTICLE)),
    ):
        page: Any = html.fromstring(county.visitor(BUREAU).get(where).text)
        tags = _tags(page)
        assert all(tags.get(name) for name in wanted), where
        assert not set(not_wanted) & tags.keys(), where
        assert len(page.xpath("//meta[translate(@name, 'D', 'd') = 'description']")) == 1, where
        assert tags["og:url"] == page.xpath("//link[@rel='canonical']/@href")[0], where
        if where == path:
            assert tags["PubDate"] in page.xpath("string(//main)")
            assert (tags["og:type"], tags["og:title"]) == ("article", "停水“通知”")


def test_zy_09_the_foot_has_the_mark_once_the_office_has_its_code(county: County) -> None:
    assert "党政机关网站标识待填报" in county.visitor(BUREAU).get("/").text
    with county.inside(PORTAL) as portal:
        portal.mark_code = "0A&B"
        portal.generation += 1

    for where in ("/map.html", "/nothing/"):
        page: Any = html.fromstring(county.visitor(PORTAL).get(where).text)
        assert page.xpath("//a[.='党政机关网站标识']/@href")[0].endswith("&id=0A%26B"), where


@freeze_time("2026-11-24 02:00:00")
def test_a_researcher_finds_whom_to_tell_and_until_when(county: County) -> None:
    with county.inside(PORTAL) as portal:
        portal.email, portal.phone = "web@yj.localhost", "0577-67236286"

    answer = county.visitor(BUREAU).get("/.well-known/security.txt")

    assert answer.content_type == "text/plain; charset=utf-8"
    lines = dict(line.split(": ", 1) for line in answer.text.splitlines() if "mailto" not in line)
    assert "Contact: mailto:web@yj.localhost" in answer.text
    assert lines["Contact"].startswith("tel:+86577")
    assert datetime.fromisoformat(lines["Expires"]) == datetime(2027, 4, 30, 16, tzinfo=UTC)


def test_without_anybody_to_tell_there_is_no_file(county: County) -> None:
    with county.everywhere():
        for tenant in db.session.scalars(select(Tenant)).all():
            tenant.email = tenant.phone = ""

    assert county.visitor(BUREAU).get("/.well-known/security.txt").status_code == 404


def test_the_manifest_stays_within_its_subsite(county: County) -> None:
    for slug, base in ((BUREAU, ""), (PORTAL, "/u/slj")):
        page: Any = html.fromstring(county.visitor(slug).get(f"{base}/").text)
        (address,) = page.xpath("//link[@rel='manifest']/@href")
        said = county.visitor(slug).get(address).get_json(force=True)
        assert (address, said["scope"]) == (f"{base}/manifest.webmanifest", f"{base}/")
        assert county.visitor(slug).get(said["icons"][0]["src"]).mimetype == "image/svg+xml"


def test_every_host_has_the_icon_that_browsers_ask_for(county: County) -> None:
    for browser in (county.visitor(BUREAU), county.visitor(PORTAL), county.stranger()):
        answer = browser.get("/favicon.ico")
        assert (answer.status_code, answer.data[:4]) == (200, b"\0\0\1\0")


def test_more_addresses_than_one_map_may_hold_are_an_index(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "IN_SITE_MAP", 2)
    paths = [county.path_of(BUREAU, county.an_article(state=ArticleState.PUBLISHED)) for _ in range(3)]

    index = etree.fromstring(county.visitor(BUREAU).get("/sitemap.xml").data)

    parts = [str(place.text) for place in index.iterfind("m:sitemap/m:loc", MAP)]
    assert [re.sub(r".*/", "", part) for part in parts[:3]] == [f"sitemap-{n}.xml" for n in range(3)]
    texts = [county.visitor(BUREAU).get(part.partition("localhost")[2]).text for part in parts]
    assert "/map.html</loc>" in texts[0]
    assert all(sum(f"{path}</loc>" in text for text in texts) == 1 for path in paths)
    assert county.visitor(BUREAU).get("/sitemap-9.xml").status_code == 404
