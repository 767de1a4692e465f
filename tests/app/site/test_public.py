"""Visitors' pages: what every one of them must carry, and what answers where there is nothing."""

import re
from datetime import UTC, datetime

import pytest
from freezegun import freeze_time
from sqlalchemy import select

from app.content.states import ArticleState
from app.core.database import db
from app.tenancy.models import Tenant
from tests.worlds import BUREAU, HOSTS, LIBRARY, PORTAL, TOWN, County

FOOTER = (
    "主办单位",
    "承办单位",
    "标识码",
    "ICP备",
    "公网安备",
    "站点地图",
    "我为政府网站找错",
    "0577-67236286",
)
PAGES = ("/", "/xxgk/", "/tzgg/", "/map.html", "/nowhere/", "/tzgg/?page=999")
MINUTE = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}")


@pytest.mark.parametrize("slug", [PORTAL, BUREAU, TOWN, LIBRARY])
def test_every_page_names_who_answers_for_it(county: County, slug: str) -> None:
    """ZY-09, also on pages of errors; the demonstration says so everywhere."""
    for path in PAGES:
        page = county.visitor(slug).get(path).text
        assert [item for item in FOOTER if item not in page] == [], path
        assert "演示环境" in page
        assert 'name="SiteIDCode" content="3303240001"' in page


def test_an_article_carries_its_tags_and_the_time_that_is_shown(county: County) -> None:
    """Rules 1.4, ZY-12: PubDate equals what readers see."""
    article = county.an_article(
        state=ArticleState.PUBLISHED, document_number="永水〔2026〕1号", keywords="停水"
    )

    page = county.visitor(BUREAU).get(county.path_of(BUREAU, article)).text

    shown = re.search(r'name="PubDate" content="([^"]+)"', page)
    assert shown is not None
    assert MINUTE.fullmatch(shown.group(1))
    assert page.count(shown.group(1)) >= 2
    for name in ("SiteName", "SiteDomain", "ColumnName", "ColumnType", "ArticleTitle", "ContentSource"):
        assert f'name="{name}"' in page
    assert "永水〔2026〕1号" in page


def test_three_dates_are_never_mixed(county: County) -> None:
    """S-68."""
    with freeze_time(datetime(2026, 11, 24, 2, 5, tzinfo=UTC)):
        article = county.an_article(
            state=ArticleState.PUBLISHED,
            document_number="永政办发〔2007〕89号",
            formed_on=datetime(2007, 9, 11, tzinfo=UTC).date(),
            printed_on=datetime(2007, 9, 12, tzinfo=UTC).date(),
        )
    page = county.visitor(BUREAU).get(county.path_of(BUREAU, article)).text

    for term, value in (
        ("成文日期", "2007-09-11"),
        ("印发日期", "2007-09-12"),
        ("发布日期", "2026-11-24 10:05"),
    ):
        assert re.search(rf"{term}\s*</dt>\s*<dd>\s*{value}", page), term


def test_hostile_text_in_every_field_breaks_out_of_nothing(county: County) -> None:
    bad = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    article = county.an_article(
        title=bad[:60],
        source_url="https://www.yj.gov.cn/",
        body=f"<p>{bad}</p><a href='javascript:alert(1)'>点</a>",
        state=ArticleState.PUBLISHED,
        summary=bad,
        source=bad[:60],
        document_number=bad[:50],
        keywords=bad[:60],
    )
    for slug, path in (
        (BUREAU, county.path_of(BUREAU, article)),
        (BUREAU, "/"),
        (PORTAL, "/"),
        (PORTAL, "/tzgg/"),
    ):
        page = county.visitor(slug).get(path).text  # The browser refuses inline script by itself.
        assert "<script>alert" not in page
        assert "javascript:" not in page
    assert county.visitor(BUREAU).get("/feed.atom").status_code == 200


def test_a_column_turns_its_pages_and_ends(county: County) -> None:
    for number in range(23):
        county.an_article(title=f"第{number:02}号通知", state=ArticleState.PUBLISHED)
    visitor = county.visitor(BUREAU)

    first, second = visitor.get("/tzgg/").text, visitor.get("/tzgg/?page=2").text

    assert "第22号通知" in first
    assert "第02号通知" in second
    assert "第03号通知" not in second
    assert visitor.get("/tzgg/?page=3").status_code == 404
    for wrong in ("0", "-1", "x", "１", "99999999999999999999"):
        assert visitor.get(f"/tzgg/?page={wrong}").status_code == 404


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere/", 404),
        ("GET", "/tzgg/2026/11/999.html", 404),
        ("GET", "/units/", 404),
        ("GET", "/files/00.pdf", 404),
        ("POST", "/tzgg/", 405),
        ("DELETE", "/", 405),
        ("GET", "/tzgg/2026/11/99999999999999999999999.html", 404),
        ("GET", "/%00/", 404),
        ("GET", "/..%2f..%2fetc/passwd", 404),
    ],
)
def test_an_error_is_a_page_of_the_subsite_that_says_what_to_do(
    county: County, method: str, path: str, status: int
) -> None:
    answer = county.visitor(BUREAU).open(path, method=method)

    assert answer.status_code == status
    assert "永嘉县水利局" in answer.text
    assert "返回首页" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_column_with_nothing_to_read_is_left_out_of_the_menu_but_answers(county: County) -> None:
    """ZY-14."""
    visitor = county.visitor(BUREAU)
    assert 'href="/tzgg/"' not in visitor.get("/").text
    assert visitor.get("/tzgg/").status_code == 200
    assert 'href="/tzgg/"' in visitor.get("/map.html").text

    county.an_article(state=ArticleState.PUBLISHED)

    assert 'href="/tzgg/"' in visitor.get("/").text


def test_a_moved_article_answers_under_its_old_address_too(county: County) -> None:
    article = county.an_article(state=ArticleState.PUBLISHED)
    old = county.path_of(BUREAU, article)

    page = county.visitor(BUREAU).get(old.replace("/tzgg/", "/gzdt/"))

    assert page.status_code == 200
    assert f'rel="canonical" href="http://slj.yj.localhost{old}"' in page.text


def test_drafts_and_withdrawn_texts_are_nowhere(county: County) -> None:
    """A7: one predicate for page, list, feed, site map and portal."""
    hidden = [ArticleState.DRAFT, ArticleState.SUBMITTED, ArticleState.WITHDRAWN, ArticleState.DISCARDED]
    for state in hidden:
        county.an_article(title=f"不公开的{state}", state=state)
    for slug in (BUREAU, PORTAL):
        visitor = county.visitor(slug)
        for path in ("/", "/tzgg/", "/feed.atom", "/tzgg/feed.atom", "/sitemap.xml", "/xxgk/", "/map.html"):
            assert "不公开的" not in visitor.get(path).text, (slug, path)


def test_a_page_made_of_one_article_shows_it(county: County) -> None:
    page = county.visitor(BUREAU).get("/wzsm/")

    assert page.status_code == 200
    assert "网站声明" in page.text


def test_staff_find_their_console_from_the_subsite(county: County) -> None:
    answer = county.visitor(BUREAU).get("/manage")

    assert answer.status_code == 302
    assert answer.headers["Location"] == "http://console.yj.localhost/slj/"


def test_a_unit_shows_its_own_telephone_or_says_whose_it_is(county: County) -> None:
    """The county's number as the unit's own would send people to the wrong desk."""
    assert "本单位还没有公布联系电话" in county.visitor(BUREAU).get("/").text
    with county.everywhere():
        unit = db.session.scalars(select(Tenant).where(Tenant.slug == BUREAU)).one()
        unit.phone, unit.generation = "0577-67221234", unit.generation + 1
    page = county.visitor(BUREAU).get("/").text
    assert '<p class="contact-phone">0577-67221234</p>' in page
    assert "还没有公布联系电话" not in page


def test_the_portals_front_page_does_not_grow_with_its_columns(county: County) -> None:
    """A column that is not among the first shows five; the rest is behind its 更多."""
    for number in range(8):
        county.an_article(
            column="ghjh", title=f"第{number}号年度计划", state=ArticleState.PUBLISHED, document_number=""
        )
    page = county.visitor(PORTAL).get("/").text
    block = re.search(r'<section class="block block-plan">.*?</section>', page, re.DOTALL)
    assert block is not None
    assert block[0].count('class="teaser"') == 5


def test_a_column_that_is_one_page_is_named_once_on_the_way(county: County) -> None:
    """An article goes on having its column above it, also one of the column's own name."""
    for host, path in ((BUREAU, "/lxwm/"), (PORTAL, f"/u/{BUREAU}/lxwm/")):
        page = county.visitor(host).get(path).text
        way = page.partition('aria-label="当前位置"')[2].partition("</nav>")[0]
        assert way.count("联系我们") == 1
    article = county.an_article(title="通知公告", state=ArticleState.PUBLISHED)
    page = county.visitor(BUREAU).get(county.path_of(BUREAU, article)).text
    way = page.partition('aria-label="当前位置"')[2].partition("</nav>")[0]
    assert 'href="/tzgg/"' in way
    assert "正文" in way


def test_a_units_home_has_the_square_of_its_short_address(county: County) -> None:
    for slug, home in ((BUREAU, "/"), (PORTAL, f"/u/{BUREAU}/")):
        visitor = county.visitor(slug)
        page = visitor.get(home).text
        part = page[page.index('class="site-code"') :].partition("</div>")[0]
        picture = re.search(r'src="([^"]*(/s/[a-z0-9]+))\.svg"', part)
        assert picture is not None
        assert visitor.get(f"{picture[1]}.svg").mimetype == "image/svg+xml"
        assert f"{HOSTS[BUREAU]}{picture[2]}</p>" in part
        assert visitor.get(picture[1]).headers["Location"].endswith(home)
        assert "site-code" not in visitor.get(f"{home}tzgg/").text
    assert "site-code" not in county.visitor(PORTAL).get("/").text
    tried = county.staff("slj.manager").get("/slj/look/preview").text
    assert "site-code" not in tried
