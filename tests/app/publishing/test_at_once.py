"""Two people at the same moment, one person twice, and a clock that was wrong (S-60, S-64, D1, D2)."""

import threading
from datetime import timedelta

import pytest
from freezegun import freeze_time
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app.accounts.credentials.sealing import seal
from app.accounts.models import Account, Membership
from app.accounts.permissions import Role
from app.audit.services import flaws
from app.content.models import Article, Column, Revision
from app.content.services import Text, revise
from app.content.states import ArticleState
from app.core.clock import now
from app.core.database import db
from app.publishing import emergency, endings, escalation, services
from app.publishing.models import Emergency, Move, SignOff, Weight
from app.tenancy.models import Tenant
from tests.app.publishing.acts import article_of, head_of, person
from tests.browser import Browser
from tests.worlds import BUREAU, PORTAL, PROOF, SECOND_FACTOR, County

pytestmark = pytest.mark.both_databases
#: How often two threads meet; which of them is first is not ours to say.
MEETINGS = 3
#: Who sends what about an article.
Form = tuple[Browser, str, dict[str, object]]


def at_once(article_id: int, *forms: Form) -> list[TestResponse]:
    """Send forms in as many threads, all from the same moment on; return the answers in order."""
    start, answers = threading.Barrier(len(forms)), {}

    def send(number: int) -> None:
        browser, step, data = forms[number]
        start.wait(timeout=30)
        answers[number] = browser.post(path_of(article_id, step), data=data)

    threads = [threading.Thread(target=send, args=(number,)) for number in range(len(forms))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [answers[number] for number in range(len(forms))]


def path_of(article_id: int, step: str) -> str:
    return f"/{BUREAU}/articles/{article_id}/{step}"


def count(county: County, table: type[SignOff | Move | Emergency | Revision], article_id: int) -> int:
    with county.inside(BUREAU):
        return db.session.scalar(select(func.count(table.id)).where(table.article_id == article_id)) or 0


def a_form(county: County, article_id: int, **changes: object) -> dict[str, object]:
    """Return what the writer's form about an article sends."""
    with county.inside(BUREAU):
        column = db.session.scalars(select(Column.id).where(Column.slug == "tzgg")).one()
    words = {"title": "写了一半的话", "body": "<p>写了一半的正文</p>", "genre": "notice", "correction": "改"}
    return {"column_id": column, "base": county.head_of(BUREAU, article_id), **words, **changes}


@pytest.mark.parametrize("second", ["slj.leader", "slj.signer"])
def test_of_two_who_sign_at_once_one_signs(county: County, second: str) -> None:
    """The second is another person, or the same one who clicked twice."""
    browsers = [county.staff("slj.signer"), county.staff(second)]
    for _ in range(MEETINGS):
        article_id = county.an_article(state=ArticleState.SUBMITTED)
        data = {"revision": county.head_of(BUREAU, article_id), **PROOF}

        answers = at_once(article_id, *((one, "publish", data) for one in browsers))

        assert sorted(one.status_code for one in answers) == [303, 409]
        assert count(county, SignOff, article_id) == 1
        assert count(county, Move, article_id) == 2  # Handed in, and published.


def test_of_two_operators_at_once_one_presses(county: County) -> None:
    with county.everywhere():
        other = db.session.scalars(select(Account).where(Account.login == "portal.auditor")).one()
        portal = db.session.scalars(select(Tenant.id).where(Tenant.slug == PORTAL)).one()
        other.second_factor = seal(SECOND_FACTOR)
        db.session.add(Membership(account_id=other.id, tenant_id=portal, role=Role.OPERATOR))
    browsers = [county.staff("portal.operator"), county.staff("portal.auditor")]
    article_id = county.an_article(state=ArticleState.SUBMITTED)
    data = {"revision": county.head_of(BUREAU, article_id), **PROOF, "reason": "台风"}

    answers = at_once(article_id, *((one, "emergency", data) for one in browsers))

    assert sorted(one.status_code for one in answers) == [303, 409]
    assert count(county, Emergency, article_id) == 1


def test_signing_while_the_writer_saves_loses_nothing(county: County) -> None:
    """Whoever is first: readers see what was signed, and the writer's words are stored or in the form."""
    editor, signer = county.staff("slj.editor"), county.staff("slj.signer")
    for _ in range(MEETINGS):
        article_id = county.an_article(title="审签人看到的话", state=ArticleState.SUBMITTED)
        data = {"revision": county.head_of(BUREAU, article_id), **PROOF}
        form = a_form(county, article_id)

        saved, signed = at_once(
            article_id,
            (editor, "edit", form),
            (signer, "publish", data),
        )

        assert signed.status_code == 303
        assert "审签人看到的话" in county.visitor().get(county.path_of(BUREAU, article_id)).text
        if saved.status_code == 303:
            assert count(county, Revision, article_id) == 2
        else:
            assert saved.status_code == 409
            assert all(words in saved.text for words in ("写了一半的话", "写了一半的正文", "待审签"))


def test_a_correction_that_was_handed_in_meanwhile_stays_in_the_form(county: County) -> None:
    article_id = county.an_article(state=ArticleState.PUBLISHED)
    with county.inside(BUREAU):
        article, editor = article_of(article_id), person("slj.editor")
        text = Text("更正", "<p>新。</p>", correction="改")
        services.submit(article, editor, revision=revise(article, text, editor, base=head_of(article)).id)

    saved = county.staff("slj.editor").post(path_of(article_id, "edit"), data=a_form(county, article_id))

    assert saved.status_code == 409
    assert "写了一半的正文" in saved.text


def test_two_writers_at_once_see_both_texts(county: County) -> None:
    browsers = [county.staff("slj.editor") for _ in range(2)]
    article_id = county.an_article()
    forms = [a_form(county, article_id, title=f"第{number}人的标题") for number in range(2)]

    answers = at_once(article_id, *((one, "edit", form) for one, form in zip(browsers, forms, strict=True)))

    assert sorted(one.status_code for one in answers) == [303, 409]
    (merge,) = [one.text for one in answers if one.status_code == 409]
    assert "第0人的标题" in merge
    assert "第1人的标题" in merge


def test_a_mark_is_lifted_before_the_signature_or_not_at_all(county: County) -> None:
    lifter, signer = county.staff("slj.leader"), county.staff("slj.signer")
    for _ in range(MEETINGS):
        article_id = county.an_article(state=ArticleState.SUBMITTED)
        with county.inside(BUREAU):
            article = article_of(article_id)
            escalation.tick(article, {Weight.POLICY}, person("slj.editor"))
            flag_id, head = escalation.open_flags(article)[0].id, head_of(article)

        lifted, signed = at_once(
            article_id,
            (lifter, f"flags/{flag_id}/lift", {"reason": "转述"}),
            (signer, "publish", {"revision": head, **PROOF}),
        )

        assert signed.status_code == 303
        is_lifted = lifted.status_code == 303
        with county.inside(BUREAU):
            article = article_of(article_id)
            assert article.state is (ArticleState.PUBLISHED if is_lifted else ArticleState.SIGNED)
            assert bool(escalation.open_flags(article)) is not is_lifted


def test_old_forms_sent_again_change_nothing(county: County) -> None:
    article_id = county.an_article(state=ArticleState.PUBLISHED)
    old = county.head_of(BUREAU, article_id)
    with county.inside(BUREAU):
        article, editor = article_of(article_id), person("slj.editor")
        newer = revise(article, Text("更正", "<p>新。</p>", correction="改"), editor, base=old)
        services.submit(article, editor, revision=newer.id)
    steps, browsers = (
        count(county, Move, article_id),
        [county.staff("slj.editor"), county.staff("slj.leader")],
    )
    data = {"revision": old, **PROOF, "reason": "有误"}

    for step in (
        "submit",
        "take-back",
        "discard",
        "publish",
        "give-back",
        "approve",
        "withdraw",
        "take-down",
    ):
        for browser in browsers:
            assert browser.post(path_of(article_id, step), data=data).status_code in {403, 409}, step

    assert count(county, Move, article_id) == steps
    with county.inside(BUREAU):
        assert article_of(article_id).state is ArticleState.SUBMITTED


def test_a_signature_given_by_a_clock_set_back_holds(county: County) -> None:
    with freeze_time(now() + timedelta(hours=2)):
        article_id = county.an_article(genre="decision", state=ArticleState.SUBMITTED)
        with county.inside(BUREAU):
            services.publish(article_of(article_id), person("slj.signer"), revision=_head(article_id))
    with county.inside(BUREAU) as bureau:
        article = article_of(article_id)
        services.approve(article, person("slj.leader"), revision=head_of(article))
        assert article.first_published_at is not None
        assert article.first_published_at <= now()
        assert list(flaws(bureau.id)) == []
    assert county.visitor().get(county.path_of(BUREAU, article_id)).status_code == 200


def test_what_was_published_by_a_clock_too_fast_keeps_its_time(county: County) -> None:
    """It is unseen until the time has come again, nothing unsigned is seen instead, and it can be stopped."""
    later = now() + timedelta(hours=2)
    with freeze_time(later):
        article_id, stopped = (
            county.an_article(title="快钟", state=ArticleState.PUBLISHED) for _ in range(2)
        )
    path = county.path_of(BUREAU, article_id)
    with county.inside(BUREAU):
        article = article_of(article_id)
        text = Text("还没签", "<p>新。</p>", correction="改")
        newer, since = (
            revise(article, text, person("slj.editor"), base=head_of(article)).id,
            article.first_published_at,
        )
        endings.cancel(article_of(stopped), person("slj.signer"), revision=_head(stopped), reason="有误")
    assert county.visitor().get(path).status_code == 404
    with county.inside(BUREAU):
        article = article_of(article_id)
        services.submit(article, person("slj.editor"), revision=newer)
        services.publish(article, person("slj.signer"), revision=newer)
        assert article.first_published_at == since
    with freeze_time(later + timedelta(seconds=1)):
        assert "还没签" in county.visitor().get(path).text
        assert f"/{stopped}.html" not in county.visitor().get("/tzgg/").text


def test_an_emergency_is_countersigned_by_a_clock_set_back(county: County) -> None:
    with freeze_time(now() + timedelta(hours=2)):
        article_id = county.an_article(genre="decision")
        with county.inside(BUREAU):
            article = article_of(article_id)
            emergency.publish_at_once(
                article, person("portal.operator"), revision=head_of(article), reason="台风"
            )
    with county.inside(BUREAU):
        article = article_of(article_id)
        emergency.countersign(article, person("slj.signer"), revision=head_of(article))
        emergency.counterapprove(article, person("slj.leader"), revision=head_of(article))
        assert article.unsigned_since is None


def _head(article_id: int) -> int:
    found = db.session.scalars(select(Article.head_id).where(Article.id == article_id)).one()
    assert found is not None
    return found
