"""What the county says over its subsites: signed texts alone, from minute to minute (S-60, DESIGN 15)."""

from freezegun import freeze_time

from app.content.states import ArticleState
from app.core.database import db
from app.publishing import endings
from tests.app.operations.test_acts import acts
from tests.app.publishing.acts import article_of, person
from tests.worlds import BUREAU, PORTAL, TOWN, County

TITLE = "台风橙色预警"
PERIOD = {"level": "emergency", "begins": "2026-12-12T10:00", "ends": "2026-12-12T20:00"}
BEFORE, FIRST, LAST, AFTER = (
    "2026-12-12 01:59:59",
    "2026-12-12 02:00:00",
    "2026-12-12 11:59:59",
    "2026-12-12 12:00:00",
)


def _shows(county: County, slug: str, path: str = "/map.html") -> bool:
    page = county.visitor(slug).get(path).text
    return "bulletin-emergency" in page and TITLE in page


def _set(county: County, **typed: object) -> int:
    with freeze_time("2026-12-12 00:00:00"):
        article = county.an_article(PORTAL, title=TITLE, state=ArticleState.PUBLISHED)
        answer = county.staff("portal.operator").post(
            "/office/banners/", data={**PERIOD, "article": article, **typed}
        )
    assert answer.status_code == 303, answer.text
    return article


def test_a_banner_stands_over_the_county_from_minute_to_minute(county: County) -> None:
    _set(county)
    assert acts(county)[0] == "banner.set"
    for slug in (BUREAU, PORTAL):
        for moment, expected in ((BEFORE, False), (FIRST, True), (LAST, True), (AFTER, False)):
            with freeze_time(moment):
                assert _shows(county, slug) is expected, (slug, moment)


def test_only_chosen_subsites_have_it_and_ending_takes_it_away(county: County) -> None:
    _set(county, units=[BUREAU])
    with freeze_time(FIRST):
        assert _shows(county, BUREAU)
        assert _shows(county, PORTAL, "/u/slj/map.html")
        assert not _shows(county, TOWN)
        operator = county.staff("portal.operator")
        assert "正在显示" in operator.get("/office/banners/").text
        assert operator.post("/office/banners/end/", data={"id": "1"}).status_code == 303
        assert not _shows(county, BUREAU)


def test_a_withdrawn_text_stands_nowhere(county: County) -> None:
    article_id = _set(county)
    with freeze_time(FIRST):
        assert _shows(county, BUREAU)
        with county.inside(PORTAL):
            article = article_of(article_id)
            signer = person(f"{PORTAL}.signer")
            endings.withdraw(article, signer, revision=article.head_id or 0, reason="已解除")
            db.session.commit()
        assert not _shows(county, BUREAU)


def test_s_60_what_is_not_signed_is_no_banner(county: County) -> None:
    with freeze_time("2026-12-12 00:00:00"):
        draft = county.an_article(PORTAL, title=TITLE)
        other = county.an_article(BUREAU, title=TITLE, state=ArticleState.PUBLISHED)
        operator = county.staff("portal.operator")
        for article in (draft, other, 10**6):
            page = operator.post("/office/banners/", data={**PERIOD, "article": article})
            assert page.status_code == 409
            assert "已经公开的信息" in page.text
            assert PERIOD["begins"] in page.text  # Nothing typed is lost.
