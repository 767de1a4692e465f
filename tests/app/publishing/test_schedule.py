"""A scheduled text is seen from its minute on, without a job, and never a moment before (DESIGN 15, A7)."""

from datetime import datetime, timedelta

import pytest
from freezegun import freeze_time
from sqlalchemy import select

from app.content.services import Text, revise
from app.content.states import ArticleState
from app.core.clock import COUNTY_ZONE, now
from app.core.database import db
from app.core.errors import RuleBroken
from app.publishing import endings, services
from app.tenancy.models import Turn
from tests.app.publishing.acts import article_of, head_of, person
from tests.worlds import BUREAU, PORTAL, PROOF, County

LISTS = ("/", "/tzgg/", "/feed.atom", "/tzgg/feed.atom", "/sitemap.xml")


def _scheduled(county: County, title: str = "定时的通知", **fields: object) -> tuple[int, datetime]:
    article_id = county.an_article(title=title, **fields)  # type: ignore[arg-type]
    with county.inside(BUREAU):
        article = article_of(article_id)
        at = (now() + timedelta(hours=2)).replace(second=0, microsecond=0)
        services.submit(article, person("slj.editor"), revision=head_of(article), at=at)
        services.publish(article, person("slj.signer"), revision=head_of(article))
        assert article.first_published_at == at
    return article_id, at


def test_it_is_nowhere_before_its_minute_and_everywhere_from_it_on(county: County) -> None:
    article_id, at = _scheduled(county)
    path, mark = county.path_of(BUREAU, article_id), f"/{article_id}.html"
    pages = [
        (slug, one) for slug in (BUREAU, PORTAL) for one in LISTS if (slug, one) != (PORTAL, "/sitemap.xml")
    ]

    def seen() -> list[bool]:
        return [mark in county.visitor(slug).get(one).text for slug, one in pages]

    assert not any(seen())
    assert not any(seen())  # From the kept pages now.
    assert county.visitor().get(path).status_code == 404
    with freeze_time(at - timedelta(seconds=1)):
        assert not any(seen())
        assert county.visitor().get(path).status_code == 404
    with freeze_time(at):  # Nothing has run, nobody has asked for anything.
        assert all(seen())
        assert county.visitor().get(path).status_code == 200
        assert f"{at.astimezone(COUNTY_ZONE):%Y-%m-%d %H:%M}" in county.visitor().get(path).text


def test_kept_pages_hold_from_one_turn_to_the_next(county: County) -> None:
    _, at = _scheduled(county)
    pages = county.front.public.extensions["pages"]
    with freeze_time(at):
        county.visitor().get("/tzgg/")
        kept = len(pages._pages)  # noqa: SLF001 - it is looked at, not used
        for _ in range(3):
            county.visitor().get("/tzgg/")
        assert len(pages._pages) == kept  # noqa: SLF001 - as above


def test_two_texts_for_the_same_minute_are_both_noted_once(county: County) -> None:
    _scheduled(county, "第一篇")
    _, at = _scheduled(county, "第二篇")
    with county.inside(BUREAU) as bureau:
        turns = db.session.scalars(select(Turn.at).where(Turn.tenant_id == bureau.id)).all()
        assert turns.count(at) == 1


def test_a_minute_that_passed_before_the_signature_means_at_once(county: County) -> None:
    article_id = county.an_article()
    with county.inside(BUREAU):
        article = article_of(article_id)
        services.submit(
            article, person("slj.editor"), revision=head_of(article), at=now() - timedelta(minutes=5)
        )
        services.publish(article, person("slj.signer"), revision=head_of(article))
        assert article.first_published_at is not None
        assert now() - timedelta(minutes=1) < article.first_published_at <= now()


def test_it_can_be_stopped_and_was_never_public(county: County) -> None:
    article_id, at = _scheduled(county)
    signer = county.staff("slj.signer")
    path = f"/slj/articles/{article_id}"
    head = county.head_of(BUREAU, article_id)
    public = county.path_of(BUREAU, article_id)

    assert "取消定时发布" in signer.get(path).text
    wrong = signer.post(f"{path}/withdraw", data={"revision": head, "reason": "改主意"})
    stopped = signer.post(
        f"{path}/cancel", data={"revision": head, "reason": "改主意"}, follow_redirects=True
    )

    assert wrong.status_code == 409
    assert "已取消定时发布" in stopped.text
    with county.inside(BUREAU):
        article = article_of(article_id)
        assert (article.state, article.first_published_at) == (ArticleState.DRAFT, None)
    with freeze_time(at + timedelta(hours=1)):
        assert county.visitor().get(public).status_code == 404
        assert "定时的通知" not in county.visitor(PORTAL).get("/tzgg/").text


def test_the_signed_text_goes_out_while_the_next_one_is_written(county: County) -> None:
    article_id, at = _scheduled(county)
    path = county.path_of(BUREAU, article_id)
    with county.inside(BUREAU):
        article = article_of(article_id)
        text = Text("还没有签的下一版", "<p>新。</p>", correction="改")
        revise(article, text, person("slj.editor"), base=head_of(article))
    with freeze_time(at):
        assert "定时的通知" in county.visitor().get(path).text
        assert "还没有签" not in county.visitor().get(path).text


def test_a_correction_does_not_wait(county: County) -> None:
    article_id = county.an_article(state=ArticleState.PUBLISHED)
    with county.inside(BUREAU):
        article, editor = article_of(article_id), person("slj.editor")
        newer = revise(article, Text("更正", "<p>新。</p>", correction="改"), editor, base=head_of(article))
        with pytest.raises(RuleBroken, match="更正不能定时"):
            services.submit(article, editor, revision=newer.id, at=now() + timedelta(days=1))
        db.session.rollback()


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("昨天", "请按日期和时间填写"),
        ("2020-01-01T09:00", "已经过去"),
        ("2026-13-01T09:00", "请按日期和时间填写"),
    ],
)
def test_a_minute_that_cannot_be_is_told(county: County, asked: str, says: str) -> None:
    article_id = county.an_article()
    head = county.head_of(BUREAU, article_id)

    answer = county.staff("slj.editor").post(
        f"/slj/articles/{article_id}/submit", data={"revision": head, "at": asked}
    )

    assert answer.status_code == 422
    assert says in answer.text
    assert asked in answer.text


def test_the_writers_minute_is_the_countys(county: County) -> None:
    article_id = county.an_article()
    head = county.head_of(BUREAU, article_id)
    wanted = (now() + timedelta(days=2)).astimezone(COUNTY_ZONE).replace(hour=9, minute=30)

    county.staff("slj.editor").post(
        f"/slj/articles/{article_id}/submit", data={"revision": head, "at": f"{wanted:%Y-%m-%dT%H:%M}"}
    )
    signer = county.staff("slj.signer")
    assert f"到 {wanted:%Y-%m-%d} 09:30 起" in signer.get(f"/slj/articles/{article_id}").text
    signer.post(f"/slj/articles/{article_id}/publish", data={"revision": head, **PROOF})

    with county.inside(BUREAU):
        moment = article_of(article_id).first_published_at
        assert moment is not None
        assert f"{moment.astimezone(COUNTY_ZONE):%H:%M}" == "09:30"


def test_nothing_in_the_future_is_taken_down_as_if_it_had_been_seen(county: County) -> None:
    article_id, _ = _scheduled(county)
    with county.inside(BUREAU):
        article = article_of(article_id)
        with pytest.raises(RuleBroken, match="取消定时发布"):
            endings.take_down(article, person("slj.signer"), revision=head_of(article), reason="报告")
        db.session.rollback()
