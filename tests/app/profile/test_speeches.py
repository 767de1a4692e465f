"""A leader's speeches on the leader's card (ZY-16)."""

from sqlalchemy import select

from app.content.states import ArticleState
from app.core.database import db
from app.profile.findings import findings
from app.profile.models import CardKind, Leader
from app.profile.speeches import choose
from app.publishing import endings
from tests.app.profile.acts import LEADER, signed
from tests.app.publishing.acts import article_of, person
from tests.worlds import BUREAU, TOWN, County


def test_zy_16_a_leader_s_speeches_are_chosen_among_what_names_the_leader(county: County) -> None:
    signed(county, CardKind.LEADER)
    with county.inside(BUREAU):
        leader_id = db.session.scalars(select(Leader.id).where(Leader.name == LEADER["name"])).one()
    first = county.an_article(state=ArticleState.PUBLISHED, title="在防汛会议上的讲话", body="<p>张三演</p>")
    county.an_article(state=ArticleState.PUBLISHED, title="别人的讲话", body="<p>李四演</p>")
    county.an_article(state=ArticleState.DRAFT, title="张三演还没发布的讲话")
    other = county.an_article(TOWN, state=ArticleState.PUBLISHED, title="张三演在乡镇的讲话")
    clerk, page = county.staff(f"{BUREAU}.editor"), f"/{BUREAU}/profile/leaders/{leader_id}/speeches"

    offered = clerk.get(page).text
    answer = clerk.post(page, data={"article": [first, other]})

    assert answer.status_code == 303
    assert "在防汛会议上的讲话" in offered
    for name in ("别人的讲话", "还没发布的讲话", "在乡镇的讲话"):
        assert name not in offered
    card = county.visitor().get("/ldbz/").text
    assert "重要讲话" in card
    assert "在防汛会议上的讲话" in card
    assert "在乡镇的讲话" not in card
    clerk.post(page, data={})
    assert "重要讲话" not in county.visitor().get("/ldbz/").text


def test_zy_16_a_withdrawn_speech_leaves_the_card(county: County) -> None:
    signed(county, CardKind.LEADER)
    speech = county.an_article(state=ArticleState.PUBLISHED, title="在防汛会议上的讲话", body="<p>张三演</p>")
    with county.inside(BUREAU):
        leader = db.session.scalars(select(Leader).where(Leader.name == LEADER["name"])).one()
        choose(leader, [speech], [speech])
        db.session.commit()
        assert not [one for one in findings() if "重要讲话" in one.what]
    assert "在防汛会议上的讲话" in county.visitor().get("/ldbz/").text

    with county.inside(BUREAU):
        article = article_of(speech)
        endings.withdraw(
            article, person(f"{BUREAU}.signer"), revision=article.head_id or 0, reason="内容有误"
        )
        db.session.commit()

    assert "在防汛会议上的讲话" not in county.visitor().get("/ldbz/").text
