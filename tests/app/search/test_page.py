"""The page of a search: what it says, and that nothing that is typed can hurt it."""

from urllib.parse import quote

from sqlalchemy import select

from app.accounts.models import Account
from app.content.states import ArticleState
from app.core.database import db
from app.portal.models import PortalEntry
from app.portal.services import hide
from app.profile.models import CardKind
from tests.app.profile.acts import LEADER, proposed, signed
from tests.worlds import BUREAU, LIBRARY, PORTAL, TOWN, County

HOSTILE = (
    '"',
    "'",
    "''' OR 1=1 --",
    'a" OR "b',
    "NEAR(停水 通知)",
    "title:停水",
    "停水*",
    "-停水",
    "停水 & !通知",
    "停水 <-> 通知",
    "(((",
    "\\",
    "停\x00水",
    "停\u200b水",
    "\u202e停水",
    "😀",
    "！？。，",
    "\x01\x02",
    "%",
    "停水" * 5000,
    "zzportal1",
    "<script>alert(1)</script>",
    "{{7*7}}",
    "a" * 9999,
    "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
)


def test_whatever_is_typed_is_data(county: County) -> None:
    county.an_article(state=ArticleState.PUBLISHED)
    visitor = county.visitor(BUREAU)

    pages = {typed: visitor.get(f"/search?q={quote(typed)}") for typed in HOSTILE}

    assert {page.status_code for page in pages.values()} == {200}
    assert not [typed for typed, page in pages.items() if "<script>" in page.text]
    for typed in ("停水*", "-停水", "停\x00水", "停\u200b水", "\u202e停水"):
        assert "停水</mark>的通知" in pages[typed].text, typed
    assert "只按前 120 个字搜索" in pages["停水" * 5000].text
    assert "没有找到相关信息" in pages["zzportal1"].text


def test_a_search_shows_marks_and_where_else_to_look(county: County) -> None:
    county.an_article(state=ArticleState.PUBLISHED)

    page = county.visitor(BUREAU).get("/search?q=停水").text

    assert "关于城区<mark>停水</mark>的通知" in page
    assert "找到 1 条" in page
    assert 'href="http://www.yj.localhost/search?q=%E5%81%9C%E6%B0%B4"' in page


def test_s_36_the_portal_searches_all_units_and_narrows_by_links(county: County) -> None:
    for slug in (BUREAU, TOWN):
        county.an_article(slug, title=f"{slug}停水通知", state=ArticleState.PUBLISHED)
    visitor = county.visitor(PORTAL)

    page = visitor.get("/search?q=停水").text

    assert "找到 2 条" in page
    assert "unit=slj" in page
    narrowed = visitor.get("/search?q=停水&unit=slj").text
    assert "找到 1 条" in narrowed
    assert "取消这个条件" in narrowed
    assert "找到 1 条" in county.visitor(TOWN).get("/search?q=停水&unit=slj").text


def test_nothing_found_says_what_to_try(county: County) -> None:
    page = county.visitor(PORTAL).get("/search?q=独角兽养殖").text

    assert "没有找到相关信息" in page
    assert "换一个更短、更常用的说法" in page
    assert "可以搜标题" in county.visitor(PORTAL).get("/search").text
    assert "没有可以搜索的文字" in county.visitor(PORTAL).get("/search?q=！！").text


def test_the_name_of_a_unit_gives_its_card_first(county: County) -> None:
    for typed in ("水利局", "永嘉县水利局", "县水利局"):
        page = county.visitor(PORTAL).get(f"/search?q={typed}").text
        assert 'class="card"' in page, typed
        assert 'href="http://slj.yj.localhost/"' in page


def test_the_name_of_a_leader_gives_the_card_first(county: County) -> None:
    for slug in (BUREAU, TOWN):
        signed(county, CardKind.LEADER, slug, name="楠小溪")
    proposed(county, CardKind.LEADER, name="还没审签")

    pages = {slug: county.visitor(slug).get("/search?q=楠小溪").text for slug in (PORTAL, TOWN)}

    assert pages[PORTAL].count('class="card"') == 2
    assert pages[TOWN].count('class="card"') == 1
    assert 'href="http://qiaotou.yj.localhost/ldbz/"' in pages[TOWN]
    assert LEADER["post"] in pages[TOWN]
    assert 'class="card"' not in county.visitor(PORTAL).get("/search?q=还没审签").text


def test_s_09_the_portal_says_the_same_text_of_two_units_once(county: County) -> None:
    for slug in (BUREAU, TOWN, LIBRARY):
        county.an_article(slug, title="联合停水通知", state=ArticleState.PUBLISHED)
    other = county.an_article(
        TOWN, title="联合停水通知", body="<p>另一回事。</p>", state=ArticleState.PUBLISHED
    )
    portal = county.visitor(PORTAL)

    page = portal.get("/search?q=联合停水").text

    assert "找到 2 条" in page
    assert page.count("同时发布：") == 1
    assert f"/{other}.html" in page
    assert "找到 1 条" in portal.get("/search?q=联合停水&unit=tsg").text
    assert "同时发布" not in county.visitor(TOWN).get("/search?q=联合停水").text


def test_what_the_office_hides_from_the_portal_its_search_does_not_find(county: County) -> None:
    article = county.an_article(state=ArticleState.PUBLISHED)
    with county.inside(PORTAL):
        operator = db.session.scalars(select(Account).where(Account.login == "portal.operator")).one()
        entry = db.session.scalars(select(PortalEntry).where(PortalEntry.article_id == article)).one()
        hide(entry, operator, reason="与县里的口径不一致")

    assert "没有找到相关信息" in county.visitor(PORTAL).get("/search?q=停水").text
    assert "找到 1 条" in county.visitor(BUREAU).get("/search?q=停水").text


def test_what_is_meant_is_offered(county: County) -> None:
    visitor = county.visitor(PORTAL)
    for typed in ("shuiliju", "ShuiLi Ju", "水力局"):
        page = visitor.get(f"/search?q={quote(typed)}").text
        assert "您是不是要找" in page, typed
        assert ">水利局</a>" in page, typed


def test_a_page_too_far_says_how_to_go_on(county: County) -> None:
    county.an_article(state=ArticleState.PUBLISHED)

    page = county.visitor(BUREAU).get("/search?q=停水&page=900").text

    assert "最多可以翻到第 1 页" in page
    assert "停水</mark>的通知" in page


def test_what_the_address_asks_in_vain_is_left_out(county: County) -> None:
    county.an_article(state=ArticleState.PUBLISHED)
    visitor = county.visitor(PORTAL)
    for asked in ("unit=x", "year=0", "year=99999", "genre=%00", "validity=x", "page=-1", "sort=x"):
        assert "停水</mark>的通知" in visitor.get(f"/search?q=停水&{asked}").text, asked


def test_a_search_is_not_kept_and_changes_at_once(county: County) -> None:
    visitor = county.visitor(BUREAU)
    assert "没有找到" in visitor.get("/search?q=停水").text

    county.an_article(state=ArticleState.PUBLISHED)

    assert "找到 1 条" in visitor.get("/search?q=停水").text
