"""What machines read is well formed, absolute and the same as what people read."""

from lxml import etree

from app.content.states import ArticleState
from tests.worlds import BUREAU, PORTAL, County

ATOM = {"a": "http://www.w3.org/2005/Atom"}
MAP = {"m": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def test_a_feed_lists_the_newest_with_absolute_addresses(county: County) -> None:
    article = county.an_article(title="停水\uffff & <通知>\x0b", state=ArticleState.PUBLISHED)
    path = county.path_of(BUREAU, article)

    for slug, feed in ((BUREAU, "/feed.atom"), (BUREAU, "/tzgg/feed.atom"), (PORTAL, "/tzgg/feed.atom")):
        answer = county.visitor(slug).get(feed)
        assert answer.mimetype == "application/atom+xml"
        entry = etree.fromstring(answer.data).find("a:entry", ATOM)
        assert entry is not None
        assert entry.findtext("a:title", namespaces=ATOM) == "停水 & <通知>"
        assert entry.findtext("a:id", namespaces=ATOM) == f"http://slj.yj.localhost{path}"
        assert entry.findtext("a:author/a:name", namespaces=ATOM) == "永嘉县水利局"


def test_the_site_map_names_every_published_page(county: County) -> None:
    path = county.path_of(BUREAU, county.an_article(state=ArticleState.PUBLISHED))

    found = etree.fromstring(county.visitor(BUREAU).get("/sitemap.xml").data)

    addresses = [place.text for place in found.iterfind(".//m:loc", MAP)]
    assert f"http://slj.yj.localhost{path}" in addresses
    assert "http://slj.yj.localhost/tzgg/" in addresses
    assert "http://slj.yj.localhost/xxgk/" in addresses
    assert "http://slj.yj.localhost/units/" not in addresses
    of_portal = county.visitor(PORTAL).get("/sitemap.xml").text
    assert "<loc>http://www.yj.localhost/units/</loc>" in of_portal


def test_robots_find_the_site_map(county: County) -> None:
    assert "Sitemap: http://slj.yj.localhost/sitemap.xml" in county.visitor(BUREAU).get("/robots.txt").text


def test_a_feed_of_nothing_is_still_a_feed(county: County) -> None:
    answer = county.visitor(BUREAU).get("/tzgg/feed.atom")

    assert answer.status_code == 200
    assert etree.fromstring(answer.data).findall("a:entry", ATOM) == []
