"""Public on the operator's word: with a reason, marked, and signed by others afterwards."""

import pytest

from app.content.genres import Genre, Secrecy
from app.content.states import ArticleState
from app.core.database import db
from app.core.errors import RuleBroken
from app.publishing import emergency, services
from tests.app.publishing.acts import article_of, head_of, person
from tests.worlds import BUREAU, PROOF, County


def _published(county: County, **fields: object) -> int:
    article_id = county.an_article(title="台风红色预警", **fields)  # type: ignore[arg-type]
    with county.inside(BUREAU):
        article = article_of(article_id)
        operator = person("portal.operator")
        emergency.publish_at_once(article, operator, revision=head_of(article), reason="台风两小时后登陆")
    return article_id


def test_it_is_public_at_once_and_waits_for_its_signature(county: County) -> None:
    article_id = _published(county)
    path = county.path_of(BUREAU, article_id)
    assert county.visitor().get(path).status_code == 200
    signer = county.staff("slj.signer")
    assert "还没有补签" in signer.get(f"/slj/articles/{article_id}").text

    answer = signer.post(
        f"/slj/articles/{article_id}/countersign",
        data={"revision": county.head_of(BUREAU, article_id), **PROOF},
        follow_redirects=True,
    )

    assert "还没有补签" not in answer.text
    with county.inside(BUREAU):
        assert article_of(article_id).unsigned_since is None


def test_a_marked_one_needs_both_afterwards(county: County) -> None:
    article_id = _published(county, genre=Genre.DECISION)
    with county.inside(BUREAU):
        article, signer, leader = article_of(article_id), person("slj.signer"), person("slj.leader")
        head = head_of(article)
        with pytest.raises(RuleBroken, match="先由负责同志补签"):
            emergency.counterapprove(article, leader, revision=head)
        db.session.rollback()
    with county.inside(BUREAU):
        article, signer, leader = article_of(article_id), person("slj.signer"), person("slj.leader")
        emergency.countersign(article, signer, revision=head)
        assert emergency.waits_for_leader(article)
        emergency.counterapprove(article, leader, revision=head)
        assert article.unsigned_since is None
        with pytest.raises(RuleBroken, match="已经补签"):
            emergency.countersign(article, leader, revision=head)
        db.session.rollback()


def test_neither_the_writer_nor_the_operator_signs_it(county: County) -> None:
    article_id = _published(county)
    with county.inside(BUREAU):
        for login, says in (("slj.editor", "另一位负责同志"), ("portal.operator", "同一个人")):
            article = article_of(article_id)
            with pytest.raises(RuleBroken, match=says):
                emergency.countersign(article, person(login), revision=head_of(article))
            db.session.rollback()


def test_the_operator_does_not_publish_an_own_or_a_secret_text(county: County) -> None:
    secret = county.an_article(secrecy=Secrecy.CLASSIFIED)
    with county.inside(BUREAU):
        article = article_of(secret)
        with pytest.raises(RuleBroken, match="涉密"):
            emergency.publish_at_once(
                article, person("portal.operator"), revision=head_of(article), reason="急"
            )
        db.session.rollback()
        own = article_of(county.an_article())
        with pytest.raises(RuleBroken, match="自己写的"):
            emergency.publish_at_once(own, person("slj.editor"), revision=head_of(own), reason="急")
        db.session.rollback()


def test_the_operators_form_asks_for_reason_and_proof(county: County) -> None:
    article_id = county.an_article(state=ArticleState.SUBMITTED)
    data = {"revision": county.head_of(BUREAU, article_id)}
    operator, path = county.staff("portal.operator"), f"/slj/articles/{article_id}/emergency"

    assert operator.post(path, data={**data, **PROOF}).status_code == 422
    assert operator.post(path, data={**data, "reason": "急", "proof": "wrong"}).status_code == 422
    assert operator.post(path, data={**data, "reason": "急", **PROOF}).status_code == 303
    assert "台风" not in county.visitor().get("/").text
    with county.inside(BUREAU):
        assert article_of(article_id).is_public


def test_a_signed_text_that_replaces_it_ends_the_waiting(county: County) -> None:
    article_id = _published(county)
    editor = county.staff("slj.editor")
    with county.inside(BUREAU):
        article = article_of(article_id)
        column, head = article.column_id, head_of(article)
    editor.post(
        f"/slj/articles/{article_id}/edit",
        data={
            "base": head,
            "column_id": column,
            "title": "台风解除",
            "body": "<p>解除。</p>",
            "genre": "notice",
            "correction": "预警已解除",
        },
    )
    with county.inside(BUREAU):
        article = article_of(article_id)
        services.submit(article, person("slj.editor"), revision=head_of(article))
        services.publish(article, person("slj.signer"), revision=head_of(article))
        assert article.unsigned_since is None
