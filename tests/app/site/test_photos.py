"""News in pictures on a front page: what has one, the newest first, nothing that readers may not see."""

import re

from app.content.states import ArticleState
from bench.articles import publish_articles
from bench.statements import Pages
from tests.app.content.photographs import a_photograph, arranged, taken_in
from tests.worlds import BUREAU, HOSTS, PORTAL, TOWN, County

PHOTOS = {"kind": "photos", "source": "tzgg", "count": 3}


def _an_article_with(county: County, *files: tuple[int, str], title: str, **more: object) -> int:
    ids = tuple(one for one, _ in files)
    state = more.pop("state", ArticleState.PUBLISHED)
    return county.an_article(title=title, files=ids, state=state, **more)  # type: ignore[arg-type]  # By name.


def _block(html: str) -> str:
    found = re.search(r'<section class="block block-photos\b.*?</section>', html, re.DOTALL)
    return found.group() if found else ""


def test_the_newest_with_a_picture_stand_there_with_their_first_one(county: County) -> None:
    arranged(county, BUREAU, PHOTOS)
    document = taken_in(county, "方案.pdf", b"%PDF-1.7\n")
    sign = taken_in(county, "标志.png", a_photograph(100, 80, "PNG"))
    first, second = (taken_in(county, f"{n}.jpg", a_photograph()) for n in range(2))
    for number in range(4):
        _an_article_with(county, document, sign, first, second, title=f"巡查第{number}天")
    _an_article_with(county, document, sign, title="没有照片")
    _an_article_with(county, first, title="还是草稿", state=ArticleState.DRAFT)
    _an_article_with(county, first, title="已经撤回", state=ArticleState.WITHDRAWN)

    block = _block(county.visitor().get("/").text)

    titles = re.findall(r"<span>(.*?)</span>", block)
    assert titles == ["巡查第3天", "巡查第2天", "巡查第1天"]
    assert block.count(f"/files/{first[1]}-480.webp 480w") == 3
    assert second[1] not in block
    assert block.count('alt=""') == 3  # The title beside it says what it is.
    assert block.count('loading="lazy"') == 2
    assert f"/u/slj/files/{first[1]}-480.webp" in _block(county.visitor(PORTAL).get("/u/slj/").text)


def test_in_a_preview_the_console_answers_the_pictures(county: County) -> None:
    arranged(county, BUREAU, PHOTOS)
    picture = taken_in(county, "坝.jpg", a_photograph())
    _an_article_with(county, picture, title="巡查", column="gzdt")
    _an_article_with(county, picture, title="公告")
    for login, slug in ((f"{BUREAU}.editor", BUREAU), (f"{PORTAL}.editor", PORTAL)):
        staff = county.staff(login)
        block = _block(staff.get(f"/{slug}/look/preview").text)
        addresses = re.findall(r'(?:src|srcset)="([^" ]+)', block)
        assert addresses, slug
        for address in addresses:
            assert str(staff.get(address).mimetype).startswith("image/"), address


def test_the_portals_preview_answers_what_visitors_see_of_its_units_and_nothing_else(county: County) -> None:
    shown, draft = (taken_in(county, f"{n}.jpg", a_photograph()) for n in range(2))
    _an_article_with(county, shown, title="公告")
    _an_article_with(county, draft, title="还是草稿", state=ArticleState.DRAFT)
    staff = county.staff(f"{PORTAL}.editor")
    files = f"/{PORTAL}/look/preview/files"

    assert staff.get(f"{files}/{BUREAU}/{shown[1]}.jpg").status_code == 200
    for address in (f"{BUREAU}/{draft[1]}.jpg", f"{TOWN}/{shown[1]}.jpg", f"{PORTAL}/{shown[1]}.jpg"):
        assert staff.get(f"{files}/{address}").status_code == 404, address


def test_a_block_without_pictures_is_not_there(county: County) -> None:
    arranged(county, BUREAU, PHOTOS)
    county.an_article(state=ArticleState.PUBLISHED)

    assert "block-photos" not in county.visitor().get("/").text
    assert "block-photos" not in county.visitor(TOWN).get("/").text


def test_pictures_cost_the_front_page_one_query_however_many_there_are(county: County) -> None:
    publish_articles(county.front, BUREAU, "tzgg", 3)
    pages = Pages(county.front)
    plain = len(pages.queries_of(HOSTS[BUREAU], "/"))
    for number in range(4):
        _an_article_with(county, taken_in(county, "坝.jpg", a_photograph(600, 400)), title=f"第{number}天")
    arranged(county, BUREAU, {"kind": "lead"}, {"kind": "columns"}, PHOTOS)

    asked = pages.queries_of(HOSTS[BUREAU], "/")

    assert sum("attachment" in one for one in asked) == 1
    assert len(asked) <= min(plain + 1, 6)
