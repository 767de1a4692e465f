"""Nothing goes out unsigned, and nobody signs what they wrote (S-64, D1)."""

import threading
from collections.abc import Callable

import pytest
from sqlalchemy import select

from app.accounts.models import Account, Membership
from app.accounts.permissions import Role
from app.content.models import Article, Revision
from app.content.services import StaleRevisionError, Text, revise
from app.content.states import ArticleState
from app.core.clock import today
from app.core.database import db
from app.core.errors import RuleBroken
from app.publishing import emergency, endings, escalation, services
from app.publishing.models import Move, SignOff, Weight
from app.publishing.transitions import TRANSITIONS, Transition
from tests.worlds import BUREAU, PROOF, County


def _person(login: str) -> Account:
    return db.session.scalars(select(Account).where(Account.login == login)).one()


def _article(article_id: int) -> Article:
    return db.session.scalars(select(Article).where(Article.id == article_id)).one()


def test_the_signature_is_of_the_revision_that_is_shown(county: County) -> None:
    article_id = county.an_article(state=ArticleState.PUBLISHED)

    with county.inside(BUREAU):
        article = _article(article_id)
        signed = db.session.scalars(select(SignOff).where(SignOff.article_id == article_id)).one()
        shown = db.session.scalars(select(Revision).where(Revision.id == article.published_id)).one()
        assert (signed.revision_id, signed.digest) == (shown.id, shown.digest)
        assert signed.account_id != shown.author_id


def test_nobody_signs_a_text_they_wrote_any_part_of(county: County) -> None:
    article_id = county.an_article()
    with county.inside(BUREAU):
        article, signer, editor = _article(article_id), _person("slj.signer"), _person("slj.editor")
        assert article.head_id is not None
        touched = revise(article, Text("改过", "<p>审签人改过。</p>"), signer, base=article.head_id)
        latest = revise(article, Text("又改过", "<p>信息员又改过。</p>"), editor, base=touched.id)
        services.submit(article, editor, revision=latest.id)

        with pytest.raises(RuleBroken, match="另一位负责同志"):
            services.publish(article, signer, revision=latest.id)


def test_a_person_with_both_roles_still_needs_another_to_sign(county: County) -> None:
    article_id = county.an_article(state=ArticleState.SUBMITTED)
    with county.inside(BUREAU) as bureau:
        db.session.add(Membership(account_id=_person("slj.editor").id, tenant_id=bureau.id, role=Role.SIGNER))
    head = county.head_of(BUREAU, article_id)

    answer = county.staff("slj.editor").post(
        f"/slj/articles/{article_id}/publish", data={"revision": head, **PROOF}
    )

    assert answer.status_code == 409
    assert "另一位负责同志" in answer.text


def test_what_was_changed_since_the_signer_looked_is_not_published(county: County) -> None:
    article_id = county.an_article(state=ArticleState.SUBMITTED)
    seen = county.head_of(BUREAU, article_id)
    with county.inside(BUREAU):
        article, editor = _article(article_id), _person("slj.editor")
        services.take_back(article, editor, revision=seen)
        newer = revise(article, Text("偷换的文字", "<p>换。</p>"), editor, base=seen)
        services.submit(article, editor, revision=newer.id)

    with county.inside(BUREAU):
        with pytest.raises(StaleRevisionError):
            services.publish(_article(article_id), _person("slj.signer"), revision=seen)
        db.session.rollback()

    assert "偷换的文字" not in county.visitor(BUREAU).get("/").text


def test_a_published_text_stays_while_its_correction_waits(county: County) -> None:
    article_id = county.an_article(title="原来的通知", state=ArticleState.PUBLISHED)
    path = county.path_of(BUREAU, article_id)
    with county.inside(BUREAU):
        article, editor = _article(article_id), _person("slj.editor")
        assert article.head_id is not None
        newer = revise(
            article, Text("更正的通知", "<p>更正。</p>", correction="日期有误"), editor, base=article.head_id
        )
        services.submit(article, editor, revision=newer.id)
        before, newest = article.first_published_at, newer.id
    assert "原来的通知" in county.visitor(BUREAU).get(path).text

    with county.inside(BUREAU):
        services.publish(_article(article_id), _person("slj.signer"), revision=newest)
        assert _article(article_id).first_published_at == before  # F1: set once, by the server.
    assert "更正的通知" in county.visitor(BUREAU).get(path).text


def _marked_and_signed(article: Article, by: Account, revision: int) -> None:
    escalation.tick(article, {Weight.SENSITIVE}, by)
    services.publish(article, by, revision=revision)


def _mistaken(article: Article, by: Account, revision: int) -> None:
    article.expired_since = today()
    endings.revalidate(article, by, revision=revision, reason="标错了")


ACTS: dict[str, Callable[[Article, Account, int], object]] = {
    "submit": lambda a, by, r: services.submit(a, by, revision=r),
    "take_back": lambda a, by, r: services.take_back(a, by, revision=r),
    "give_back": lambda a, by, r: services.give_back(a, by, revision=r, reason="请改"),
    "refuse": lambda a, by, r: services.refuse(a, by, revision=r, reason="请改"),
    "publish": lambda a, by, r: services.publish(a, by, revision=r),
    "sign": _marked_and_signed,
    "approve": lambda a, _, r: services.approve(a, _person("slj.leader"), revision=r),
    "emergency": lambda a, by, r: emergency.publish_at_once(a, by, revision=r, reason="台风"),
    "cancel": lambda a, by, r: endings.cancel(a, by, revision=r, reason="日期有误"),
    "withdraw": lambda a, by, r: endings.withdraw(a, by, revision=r, reason="有误"),
    "take_down": lambda a, by, r: endings.take_down(a, by, revision=r, reason="报告"),
    "invalidate": lambda a, by, r: endings.invalidate(a, by, revision=r, reason="废止"),
    "revalidate": _mistaken,
    "countersign": lambda a, by, r: emergency.countersign(a, by, revision=r),
    "counterapprove": lambda a, by, r: emergency.counterapprove(a, by, revision=r),
    "reopen": lambda a, by, r: services.reopen(a, by, revision=r),
    "discard": lambda a, by, r: services.discard(a, by, revision=r),
    "restore": lambda a, by, r: services.restore(a, by, revision=r),
}
#: Of the table's states, those in which a step also asks for more than the state (steps.py, endings.py).
ASKS_MORE = {
    "cancel": frozenset(ArticleState),
    "withdraw": frozenset({ArticleState.DRAFT, ArticleState.SUBMITTED, ArticleState.SIGNED}),
    "take_down": frozenset({ArticleState.DRAFT, ArticleState.SUBMITTED, ArticleState.SIGNED}),
    "countersign": frozenset(ArticleState),
    "counterapprove": frozenset(ArticleState),
}


def test_every_transition_has_its_act() -> None:
    assert {step.name for step in TRANSITIONS} == set(ACTS)


@pytest.mark.parametrize("step", TRANSITIONS, ids=lambda step: step.name)
def test_a_step_is_taken_from_its_states_only_and_each_is_recorded(county: County, step: Transition) -> None:
    name, sources = step.name, step.sources
    for state in ArticleState:
        article_id = county.an_article(title=f"{name} {state}", state=state)
        head = county.head_of(BUREAU, article_id)
        with county.inside(BUREAU):
            article, signer = _article(article_id), _person("slj.signer")
            moves = db.session.scalars(select(Move).where(Move.article_id == article_id)).all()
            if state in sources - ASKS_MORE.get(name, frozenset()):
                ACTS[name](article, signer, head)
                assert (
                    len(db.session.scalars(select(Move).where(Move.article_id == article_id)).all())
                    == len(moves) + 1
                )
            else:
                with pytest.raises(RuleBroken):
                    ACTS[name](article, signer, head)
                db.session.rollback()


@pytest.mark.parametrize(
    ("act", "state"),
    [
        (services.give_back, ArticleState.SUBMITTED),
        (services.refuse, ArticleState.SIGNED),
        (emergency.publish_at_once, ArticleState.SUBMITTED),
        (endings.withdraw, ArticleState.PUBLISHED),
        (endings.take_down, ArticleState.PUBLISHED),
        (endings.invalidate, ArticleState.PUBLISHED),
    ],
)
def test_a_reason_is_asked_for(county: County, act: Callable[..., object], state: ArticleState) -> None:
    article_id = county.an_article(state=state)
    head = county.head_of(BUREAU, article_id)
    with county.inside(BUREAU):
        with pytest.raises(RuleBroken, match="理由"):
            act(_article(article_id), _person("slj.signer"), revision=head, reason=" \n ")
        db.session.rollback()


@pytest.mark.both_databases
def test_two_signers_at_once_publish_once(county: County) -> None:
    article_id = county.an_article(state=ArticleState.SUBMITTED)
    head = county.head_of(BUREAU, article_id)
    browsers = [county.staff("slj.signer"), county.staff("slj.leader")]
    answers: list[int] = []
    start = threading.Barrier(2)

    def sign(number: int) -> None:
        start.wait()
        answer = browsers[number].post(
            f"/slj/articles/{article_id}/publish", data={"revision": head, **PROOF}
        )
        answers.append(answer.status_code)

    threads = [threading.Thread(target=sign, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == [303, 409]
    with county.inside(BUREAU):
        assert len(db.session.scalars(select(SignOff).where(SignOff.article_id == article_id)).all()) == 1


def test_a_form_sent_twice_acts_once(county: County) -> None:
    article_id = county.an_article(state=ArticleState.SUBMITTED)
    signer = county.staff("slj.signer")
    data = {"revision": county.head_of(BUREAU, article_id), **PROOF}

    first = signer.post(f"/slj/articles/{article_id}/publish", data=data)
    second = signer.post(f"/slj/articles/{article_id}/publish", data=data)

    assert (first.status_code, second.status_code) == (303, 409)
