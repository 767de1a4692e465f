"""A unit's own announcement: signed texts alone, from minute to minute, below what the county says (S-60)."""

import pytest
from freezegun import freeze_time
from sqlalchemy.exc import OperationalError

from app.content.states import ArticleState
from app.core.database import db
from app.publishing import endings
from app.tenancy import resolver
from bench.statements import Pages
from tests.app.operations.test_acts import acts
from tests.app.publishing.acts import article_of, person
from tests.app.site.test_queries import MOST
from tests.worlds import BUREAU, HOSTS, PORTAL, TOWN, County

TITLE = "本周六暂停窗口服务"
PERIOD = {"begins": "2026-12-12T10:00", "ends": "2026-12-12T20:00"}
EARLIER = "2026-12-12 00:00:00"
BEFORE, FIRST, LAST, AFTER = (
    "2026-12-12 01:59:59",
    "2026-12-12 02:00:00",
    "2026-12-12 11:59:59",
    "2026-12-12 12:00:00",
)


def path(slug: str = BUREAU) -> str:
    return f"/{slug}/look/announcements/"


def announce(county: County, slug: str = BUREAU, login: str = "", title: str = TITLE) -> int:
    """Publish a text and announce it, as who answers for the unit."""
    with freeze_time(EARLIER):
        article = county.an_article(slug, title=title, state=ArticleState.PUBLISHED)
        staff = county.staff(login or f"{slug}.manager")
        answer = staff.post(path(slug), data={**PERIOD, "article": article})
    assert answer.status_code == 303, answer.text
    return article


def shows(county: County, slug: str = BUREAU, page: str = "/map.html") -> bool:
    text = county.visitor(slug).get(page).text
    return "bulletin-own" in text and TITLE in text


@pytest.mark.parametrize("login", ["slj.manager", "slj.signer", "slj.leader"])
def test_it_stands_on_the_units_pages_alone_from_minute_to_minute(county: County, login: str) -> None:
    announce(county, login=login)
    assert acts(county)[0] == "announcement.set"
    for moment, expected in ((BEFORE, False), (FIRST, True), (LAST, True), (AFTER, False)):
        with freeze_time(moment):
            for page in ("/", "/map.html", "/xxgk/"):
                assert shows(county, BUREAU, page) is expected, (page, moment)
            assert shows(county, PORTAL, f"/u/{BUREAU}/map.html") is expected
            assert not shows(county, TOWN)
            assert not shows(county, PORTAL)


def test_it_is_not_said_where_nobody_knows_whether_it_still_stands(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page of patience is in the frame that was last seen, without what stood over it then."""
    announce(county)
    with freeze_time(FIRST):
        assert shows(county)

        def away(*_: object) -> None:
            raise OperationalError("SELECT 1", {}, OSError("gone"))

        monkeypatch.setattr(resolver, "_settle", away)
        answer = county.visitor(BUREAU).get("/gzdt/")
    assert (answer.status_code, "永嘉县水利局" in answer.text, TITLE in answer.text) == (503, True, False)


def test_its_link_leads_to_the_text_also_under_the_portal(county: County) -> None:
    article = announce(county)
    with freeze_time(FIRST):
        own = county.path_of(BUREAU, article)
        assert f'href="{own}">{TITLE}' in county.visitor().get("/map.html").text
        assert f'href="/u/{BUREAU}{own}">{TITLE}' in county.visitor(PORTAL).get(f"/u/{BUREAU}/map.html").text


def test_it_hides_no_banner_of_the_county(county: County) -> None:
    announce(county)
    with freeze_time(EARLIER):
        warning = county.an_article(PORTAL, title="台风橙色预警", state=ArticleState.PUBLISHED)
        sent = {**PERIOD, "article": warning, "level": "emergency"}
        assert county.staff("portal.operator").post("/office/banners/", data=sent).status_code == 303
    with freeze_time(FIRST):
        page = county.visitor().get("/map.html").text
    assert 0 < page.index("bulletin-emergency") < page.index("bulletin-own")


def test_a_county_that_sets_banners_anew_takes_no_announcement_away(county: County) -> None:
    announce(county)
    with freeze_time(FIRST):
        warning = county.an_article(PORTAL, title="台风橙色预警", state=ArticleState.PUBLISHED)
        operator = county.staff("portal.operator")
        operator.post("/office/banners/", data={**PERIOD, "article": warning, "level": "notice"})
        operator.post("/office/banners/end/", data={"id": "1"})
        assert shows(county)


def test_a_withdrawn_text_is_announced_no_more_and_the_desk_says_so(county: County) -> None:
    article_id = announce(county)
    with freeze_time(FIRST):
        assert shows(county)
        with county.inside(BUREAU):
            article = article_of(article_id)
            endings.withdraw(
                article, person("slj.signer"), revision=article.head_id or 0, reason="已经恢复服务"
            )
            db.session.commit()
        assert not shows(county)
        assert "bulletin-own" not in county.visitor().get("/").text
        assert "信息已撤回" in county.staff("slj.editor").get(path()).text


def test_it_is_ended_and_called_off(county: County) -> None:
    for moment in (EARLIER, FIRST):
        article = announce(county)
        with freeze_time(moment):
            manager = county.staff("slj.manager")
            ended = manager.post(f"{path()}end", data={"article": article})
            assert ended.status_code == 303
            assert acts(county)[0] == "announcement.end"
            again = manager.post(f"{path()}end", data={"article": article})
            assert (again.status_code, "已经结束" in again.text) == (422, True)
        with freeze_time(FIRST):
            assert not shows(county)


def test_s_60_what_is_not_signed_or_not_the_units_is_not_announced(county: County) -> None:
    with freeze_time(EARLIER):
        draft = county.an_article(BUREAU, title=TITLE)
        other = county.an_article(TOWN, title=TITLE, state=ArticleState.PUBLISHED)
        own = county.an_article(BUREAU, title=TITLE, state=ArticleState.PUBLISHED)
        manager = county.staff("slj.manager")
        for article in (draft, other, 0, -1, 10**9, 10**30, "x"):
            page = manager.post(path(), data={**PERIOD, "article": article})
            assert (page.status_code, "已经公开的信息" in page.text) == (422, True), article
            assert PERIOD["begins"] in page.text  # Nothing typed is lost.
        for wrong in (
            {"begins": "", "ends": ""},
            {"begins": PERIOD["ends"], "ends": PERIOD["begins"]},
            {"begins": "2020-01-01T00:00", "ends": "2020-01-02T00:00"},
            {"begins": "0001-01-01T00:00", "ends": "9999-12-31T23:59"},
        ):
            assert manager.post(path(), data={"article": own, **wrong}).status_code == 422
        assert county.staff("slj.editor").post(path(), data={**PERIOD, "article": own}).status_code == 403
    with freeze_time(FIRST):
        assert not shows(county)


def test_there_are_three_at_most_and_no_text_twice(county: County) -> None:
    articles = [announce(county, title=f"第{number}条公告") for number in range(3)]
    with freeze_time(EARLIER):
        manager = county.staff("slj.manager")
        twice = manager.post(path(), data={**PERIOD, "article": articles[0]})
        assert (twice.status_code, "已经是站点公告" in twice.text) == (422, True)
        fourth = county.an_article(BUREAU, title="第四条公告", state=ArticleState.PUBLISHED)
        page = manager.post(path(), data={**PERIOD, "article": fourth})
        assert (page.status_code, "最多同时设 3 条" in page.text) == (422, True)
    with freeze_time(FIRST):
        assert county.visitor().get("/map.html").text.count("bulletin-own") == 3
        pages = Pages(county.front)
        assert len(pages.queries_of(HOSTS[BUREAU], "/tzgg/")) <= MOST
    with freeze_time(AFTER):  # What is over makes room.
        manager = county.staff("slj.manager")
        assert "现在没有。最多同时设" in manager.get(path()).text
        again = {"begins": "2026-12-13T10:00", "ends": "2026-12-14T10:00", "article": articles[0]}
        assert manager.post(path(), data=again).status_code == 303


def test_the_portal_is_led_to_the_countys_banners(county: County) -> None:
    with freeze_time(EARLIER):
        article = county.an_article(PORTAL, title=TITLE, state=ArticleState.PUBLISHED)
        manager = county.staff(f"{PORTAL}.manager")
        page = manager.post(path(PORTAL), data={**PERIOD, "article": article})
        assert (page.status_code, "全县横幅" in page.text) == (422, True)
