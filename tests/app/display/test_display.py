"""Choices of display: bounded, without a trace of the visitor, right on every subsite (WZ-02, WZ-03)."""

from itertools import product
from typing import Any

import pytest
from werkzeug.test import Client, TestResponse

from app.content.states import ArticleState
from app.display.carrying import carried
from app.display.mode import CONTRASTS, NORMAL, Mode, mode_of
from app.display.steps import COOKIE, cookie_domain
from app.display.traditional import in_simplified, in_traditional
from app.site.short_codes import SIGNS, Kind, Short, code_of, read_code
from tests.worlds import BUREAU, HOSTS, PORTAL, TOWN, County

UNKNOWN = ("x", "ee", "pe", "e4", "1", "e1", "E", "e ", "e\n", "elderx", "', alert(1)", "e" * 5000)


def test_wz_03_every_mode_has_one_code_and_nothing_else_is_a_mode() -> None:
    modes = [
        Mode(*one)
        for one in product((False, True), (1, 2, 3), ("", *CONTRASTS), (False, True), (False, True))
    ]
    assert len({mode.code for mode in modes}) == len(modes) == 96
    assert [mode_of(mode.code) for mode in modes] == modes
    assert mode_of("elder") == Mode(elder=True)
    assert {mode_of(code) for code in UNKNOWN} == {NORMAL}


def test_wz_03_the_cookie_is_for_the_county_and_never_for_a_registry() -> None:
    assert cookie_domain("slj.yj.gov.cn", "www.yj.gov.cn") == "yj.gov.cn"
    assert cookie_domain("slj.yj.gov.cn", "yj.gov.cn") == "yj.gov.cn"
    assert cookie_domain("www.yjtsg.cn", "www.yj.gov.cn") is None
    assert cookie_domain("evilyj.gov.cn", "www.yj.gov.cn") is None
    assert cookie_domain("other.gov.cn", "zhengfu.gov.cn") is None


def test_s_50_only_what_is_read_is_converted() -> None:
    page = (
        '<html class="x" lang="zh-CN"><meta name="description" content="发布面条">'
        '<meta name="Url" content="发布">'
        '<a href="/发布/?q=面条" title="发布">发布&amp;面条</a><img alt="面条" src="/发布.png">'
        '<input value="发布" placeholder="面条"><textarea>发布</textarea>'
        '<script>"发布"</script><p>皇后以后\x00</p>'
    )
    assert in_traditional(page) == (
        '<html class="x" lang="zh-Hant"><meta name="description" content="發佈麵條">'
        '<meta name="Url" content="发布">'
        '<a href="/发布/?q=面条" title="發佈">發佈&amp;麵條</a><img alt="麵條" src="/发布.png">'
        '<input value="发布" placeholder="麵條"><textarea>发布</textarea>'
        '<script>"发布"</script><p>皇后以後</p>'
    )
    assert in_simplified("發佈麵條") == "发布面条"


def test_links_to_elsewhere_are_handed_over_whole_and_come_back_escaped() -> None:
    page = '<a class="x" href="http://a.cn/?x=1&amp;y=2">a</a><link href="http://a.cn/"><a href="/here">b</a>'
    assert carried(page, lambda url: url + '"') == page.replace("y=2", "y=2&quot;")


def test_a_short_code_is_one_of_its_row_and_a_misread_sign_leads_nowhere() -> None:
    for kind, row_id in product(Kind, (0, 1, 30, 31, 12345, 2**62)):
        code = code_of(kind, row_id)
        assert read_code(code) == Short(kind, row_id)
        for at in range(1, len(code)):
            wrong = {code[:at] + sign + code[at + 1 :] for sign in SIGNS} - {code}
            assert {read_code(one) for one in wrong} == {None}
    for wrong_code in ("", "a", "a2", "x22", "a" + "2" * 50, "a0i", "é22", "a22"):
        assert read_code(wrong_code) is None or code_of(Kind.ARTICLE, 0) == wrong_code


@pytest.fixture
def client(county: County) -> Client:
    """Return a browser that keeps cookies and follows nothing by itself."""
    return Client(county.front)


def ask(client: Client, path: str, slug: str = BUREAU, **more: Any) -> TestResponse:
    return client.get(path, base_url=f"http://{HOSTS[slug]}", **more)


def test_wz_03_a_choice_holds_on_all_subsites_without_script_and_says_nothing_of_anybody(
    county: County, client: Client
) -> None:
    first = ask(client, "/tzgg/")
    assert b"/tzgg/?mode=e" in first.data
    assert b"elder.css" not in first.data
    answer = ask(client, "/tzgg/?mode=elder", headers={"Referer": f"http://{HOSTS[BUREAU]}/tzgg/?page=1"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/tzgg/?page=1")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith(f"{COOKIE}=e; Domain=yj.localhost;")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    for slug, path in (
        (BUREAU, "/tzgg/"),
        (PORTAL, "/"),
        (TOWN, "/xxgk/"),
        (TOWN, "/nowhere/"),
        (PORTAL, "/u/slj/"),
    ):
        page = ask(client, path, slug)
        assert 'class="mode elder"' in page.text, path
        assert "elder.css" in page.text
        assert page.headers["Vary"].split(", ")[0] == "Cookie"
        assert "private" in page.headers["Cache-Control"] or page.status_code == 404
        assert "Set-Cookie" not in page.headers
    assert "Expires=Thu, 01 Jan 1970" in ask(client, "/?mode=normal", TOWN).headers["Set-Cookie"]
    assert "elder.css" not in ask(client, "/").text


def test_wz_03_the_way_back_leads_to_no_other_host(client: Client) -> None:
    for path in ("//evil.example/?mode=e", "///evil.example?mode=e", "/%5Cevil.example/?mode=e"):
        answer = ask(client, path)
        target = answer.headers.get("Location", "/").replace(f"http://{HOSTS[BUREAU]}", "")
        assert not target.startswith(("//", "/\\", "http")), path
    answer = ask(client, "/?mode=e", headers={"Referer": "http://evil.example/?x=1"})
    assert answer.headers["Location"] == "/"
    assert ask(client, "/search?q=%E5%81%9C%26a&mode=e").headers["Location"] == "/search?q=%E5%81%9C%26a"
    assert "\n" not in ask(client, "/?mode=e&x=%0d%0aSet-Cookie:a").headers["Location"]


def test_unknown_modes_make_no_kept_pages_and_known_ones_are_kept_apart(county: County) -> None:
    client = Client(county.front, use_cookies=False)
    kept: dict[Any, Any] = county.front.public.extensions["pages"]._pages  # noqa: SLF001 - it is looked at, not used
    plain = ask(client, "/map.html")
    before = set(kept)
    for code in UNKNOWN[:8]:
        page = ask(client, "/map.html", headers={"Cookie": f"{COOKIE}={code.strip()}x"})
        assert page.data == plain.data
    assert set(kept) == before
    large = ask(client, "/map.html", headers={"Cookie": f"{COOKIE}=3"})
    assert len(set(kept) - before) == 1
    tag = plain.headers["ETag"]
    assert large.headers["ETag"] != tag
    again = {"Cookie": f"{COOKIE}=3", "If-None-Match": tag}
    assert ask(client, "/map.html", headers=again).data == large.data
    for _ in range(2):
        ask(client, "/feed.atom", headers={"Cookie": f"{COOKIE}=3"})
        ask(client, "/feed.atom")
    assert len(set(kept) - before) == 2


def test_s_50_a_page_in_traditional_characters_keeps_its_reader_and_names_the_original(
    county: County, client: Client
) -> None:
    article = county.an_article(title="关于发布面条标准的通知", state=ArticleState.PUBLISHED)
    path = county.path_of(BUREAU, article)
    original = ask(client, path).text
    home = f"http://{HOSTS[BUREAU]}"
    assert f'hreflang="zh-Hant" href="{home}/hant{path}"' in original
    page = ask(client, f"/hant{path}").text
    assert 'lang="zh-Hant"' in page
    assert "關於發佈麵條標準的通知" in page
    assert f'rel="canonical" href="{home}{path}"' in page
    assert 'href="/hant/tzgg/"' in page
    assert f'href="{path}" rel="nofollow"' in page  # The way back.
    assert f'href="http://{HOSTS[PORTAL]}/hant/"' in page
    assert ask(client, f"/hant{path}").text == page
    found = ask(client, "/hant/search?q=%E9%BA%B5%E6%A2%9D").text
    assert "關於發佈" in found
    assert ask(client, f"/hant/u/slj{path}", PORTAL).text.count("麵條") > 1
    assert "关于发布面条" in ask(client, "/hant/feed.atom").text
    assert ask(client, "/hant/nowhere/").status_code == 404


def test_a_short_address_leads_to_what_is_public_and_draws_its_picture(
    county: County, client: Client
) -> None:
    shown, draft, gone = (
        county.an_article(state=state)
        for state in (ArticleState.PUBLISHED, ArticleState.DRAFT, ArticleState.WITHDRAWN)
    )
    code = code_of(Kind.ARTICLE, shown)
    path = county.path_of(BUREAU, shown)
    assert ask(client, f"/s/{code}").headers["Location"] == path
    assert ask(client, f"/s/{code.upper()}").headers["Location"] == path
    page = ask(client, path).text
    assert f"http://{HOSTS[BUREAU]}/s/{code}" in page
    assert f'src="/s/{code}.svg"' in page
    assert "&amp;url=http%3A%2F%2Fslj.yj.localhost%2Ftzgg%2F" in page  # ZY-09: the page is filled in.
    drawn = ask(client, f"/s/{code}.svg")
    assert drawn.data.startswith(b"<?xml")
    assert b"style" not in drawn.data
    assert drawn.headers["Cache-Control"].startswith("public")
    assert ask(client, f"/s/{code}.svg", headers={"If-None-Match": drawn.headers["ETag"]}).status_code == 304
    assert ask(client, f"/s/{code}.png").data.startswith(b"\x89PNG")
    unknown = ask(client, f"/s/{code_of(Kind.ARTICLE, 999_999)}")
    hidden = ask(client, f"/s/{code_of(Kind.ARTICLE, draft)}")
    assert unknown.status_code == hidden.status_code == 404
    assert ask(client, f"/s/{code}", TOWN).status_code == 404
    withdrawn = ask(client, f"/s/{code_of(Kind.ARTICLE, gone)}")
    assert ask(client, withdrawn.headers["Location"]).status_code == 410
    assert ask(client, f"/s/{code_of(Kind.ARTICLE, gone)}.svg").status_code == 410


def test_a_page_names_others_of_its_subject(county: County, client: Client) -> None:
    from app.content.vocabulary import subjects  # noqa: PLC0415 - it needs the application

    with county.inside(BUREAU):
        one, other = list(subjects())[:2]
    first = county.an_article(title="农村供水第一号", subject=one, state=ArticleState.PUBLISHED)
    county.an_article(title="农村供水第二号", column="gzdt", subject=one, state=ArticleState.PUBLISHED)
    county.an_article(title="农村供水草稿", subject=one)
    county.an_article(title="别的主题", column="gzdt", subject=other, state=ArticleState.PUBLISHED)
    page = ask(client, county.path_of(BUREAU, first)).text
    alike = page.partition('class="alike"')[2].partition("</nav>")[0]
    assert "农村供水第二号" in alike
    assert [title for title in ("第一号", "草稿", "别的主题") if title in alike] == []
