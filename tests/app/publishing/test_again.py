"""A text goes out again: after a refusal, a withdrawal or an emergency, and all hands are needed anew."""

from datetime import timedelta

from app.content.genres import Genre
from app.content.services import Text, revise
from app.content.states import ArticleState
from app.core.clock import now
from app.publishing import emergency, endings, services
from app.publishing.steps import is_shown
from tests.app.publishing.acts import article_of, head_of, person
from tests.worlds import BUREAU, PROOF, County


def test_the_same_text_is_signed_again_by_the_same_people(county: County) -> None:
    """A leader refuses, the text is handed in unchanged, published, withdrawn, and published once more."""
    article_id = county.an_article(genre=Genre.DECISION, state=ArticleState.SUBMITTED)
    with county.inside(BUREAU):
        article, editor = article_of(article_id), person("slj.editor")
        signer, leader = person("slj.signer"), person("slj.leader")
        head = head_of(article)
        services.publish(article, signer, revision=head)
        services.refuse(article, leader, revision=head, reason="再看看")
        for _ in range(2):
            services.submit(article, editor, revision=head)
            services.publish(article, signer, revision=head)
            services.approve(article, leader, revision=head)
            endings.withdraw(article, signer, revision=head, reason="有误")
            services.reopen(article, editor, revision=head)


def test_who_signed_first_this_time_does_not_sign_second(county: County) -> None:
    article_id = county.an_article(genre=Genre.DECISION, state=ArticleState.SUBMITTED)
    with county.inside(BUREAU):
        article, leader = article_of(article_id), person("slj.leader")
        head = head_of(article)
        services.publish(article, leader, revision=head)
        services.refuse(article, leader, revision=head, reason="应由分管同志审签")
        services.submit(article, person("slj.editor"), revision=head)
        services.publish(article, person("slj.signer"), revision=head)
        services.approve(article, leader, revision=head)
        assert article.is_public


def test_a_second_emergency_is_signed_anew(county: County) -> None:
    article_id = county.an_article(state=ArticleState.SUBMITTED)
    with county.inside(BUREAU):
        article, operator = article_of(article_id), person("portal.operator")
        signer, head = person("slj.signer"), head_of(article)
        services.publish(article, signer, revision=head)
        for _ in range(2):
            endings.withdraw(article, signer, revision=head, reason="有误")
            services.reopen(article, person("slj.editor"), revision=head)
            emergency.publish_at_once(article, operator, revision=head, reason="台风")
            assert article.unsigned_since is not None
            assert not emergency.waits_for_leader(article)
            emergency.countersign(article, signer, revision=head)
            assert article.unsigned_since is None


def test_an_emergency_does_not_wait_for_the_minute_of_a_schedule(county: County) -> None:
    article_id = county.an_article(genre=Genre.DECISION)
    with county.inside(BUREAU):
        article, editor, head = article_of(article_id), person("slj.editor"), head_of(article_of(article_id))
        services.submit(article, editor, revision=head, at=now() + timedelta(hours=5))
        services.publish(article, person("slj.signer"), revision=head)
        services.approve(article, person("slj.leader"), revision=head)
        assert not is_shown(article)
        text = Text("提前生效的决定", "<p>即日起。</p>", correction="提前")
        newer = revise(article, text, editor, base=head)
        emergency.publish_at_once(article, person("portal.operator"), revision=newer.id, reason="提前")
        assert is_shown(article)


def test_a_right_password_is_not_held_against_whom_the_rules_refuse(county: County) -> None:
    """An old form sent six times is refused for what it is, not as guessing."""
    article_id = county.an_article(state=ArticleState.SUBMITTED)
    signer, head = county.staff("slj.signer"), county.head_of(BUREAU, article_id)
    path, old = f"/slj/articles/{article_id}/publish", {"revision": head - 1, **PROOF}

    assert [signer.post(path, data=old).status_code for _ in range(6)] == [409] * 6
    assert signer.post(path, data={"revision": head, **PROOF}).status_code == 303
