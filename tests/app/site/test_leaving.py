"""Links that leave the government's sites go through a page that names their target, and nobody else's do."""

from typing import Any
from urllib.parse import quote

import pytest
from flask import Response, g
from lxml import html
from markupsafe import escape

from app.content.states import ArticleState
from app.web.leaving import lead_out, outside, signature_of
from tests.worlds import BUREAU, County

FOREIGN = "https://news.example.com/a?b=1&c=楠溪"


def _href(county: County, link: str) -> Any:
    """Return a link as it stands on the page of an article; the stored text holds it as written."""
    body = f'<p><a title="a>b" href="{link}">看</a></p>'
    article = county.an_article(state=ArticleState.PUBLISHED, body=body)
    page = county.visitor(BUREAU).get(county.path_of(BUREAU, article)).text
    found: Any = html.fromstring(page)
    return found.xpath("//a[.='看']")[0]


def test_zy_18_a_foreign_link_leads_through_a_page_that_names_its_target(county: County) -> None:
    link = _href(county, FOREIGN.replace("&", "&amp;"))

    assert link.get("href").startswith("/leave?to=")
    assert {"nofollow", "noopener"} <= set(link.get("rel").split())
    answer = county.visitor(BUREAU).get(link.get("href"))
    page: Any = html.fromstring(answer.text)
    assert "news.example.com" in page.xpath("//strong/text()")
    assert page.xpath("//a[.='继续访问']/@href")[0].startswith("https://news.example.com/a?b=1&c=")
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex, nofollow"]


@pytest.mark.parametrize(
    "link",
    [
        *(
            "https://www.zj.gov.cn/a",
            "http://qiaotou.yj.localhost/",
            "http://qiaotou.yj.localhost:8000/a?b#c",
        ),
        *("/tzgg/", "/", "?page=2", "#a"),
    ],
)
def test_zy_18_the_government_and_the_county_are_linked_directly(county: County, link: str) -> None:
    assert _href(county, link).get("href") == link


def test_zy_18_only_what_a_page_of_ours_links_to_has_such_a_page(county: County) -> None:
    with county.front.public.app_context():
        good = signature_of(FOREIGN)
    browser = county.visitor(BUREAU)

    assert browser.get(f"/leave?to={quote(FOREIGN, safe='')}&by={good}").status_code == 200
    for to, by in (("https://evil.example/", good), (FOREIGN, good[:-1]), (FOREIGN, "é"), ("", "")):
        assert browser.get("/leave", query_string={"to": to, "by": by}).status_code == 404, (to, by)


@pytest.mark.parametrize(
    "trick",
    [
        "http://www.gov.cn@evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "ht\ntp://evil.example/",
        "\x01http://evil.example/",
        "HTTPS:evil.example",
        "http:\\\\evil.example\\@www.gov.cn/",
        "http://evil.example#.gov.cn",
        "http://notgov.cn/",
        "http://gov.cn.evil.example/",
        "http://[::1]/",
        "http://[/",
        "http://",
    ],
)
def test_zy_18_no_spelling_of_an_address_gets_round_the_page(county: County, trick: str) -> None:
    app = county.front.public
    with app.test_request_context("/", base_url="http://slj.yj.localhost"):
        assert outside(trick) is not None
        g.tenant = object()
        answer = lead_out(Response(f'<a href="{escape(trick)}">', mimetype="text/html"))
        assert 'href="/leave?to=' in answer.get_data(as_text=True)


def test_zy_18_the_signature_is_the_same_each_time_so_that_pages_may_be_kept(county: County) -> None:
    with county.front.public.app_context():
        assert signature_of(FOREIGN) == signature_of(FOREIGN)
