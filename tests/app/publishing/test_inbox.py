"""One inbox over all units: what waits for whom, by when, and in which order."""

import re
from datetime import date, timedelta
from http import HTTPStatus

import pytest
from freezegun import freeze_time
from sqlalchemy import event, select

from app.accounts.models import Account, Membership
from app.accounts.permissions import Role
from app.content.genres import Genre
from app.content.models import Article, Revision
from app.content.services import Text, revise
from app.content.states import ArticleState
from app.core.clock import now, today
from app.core.database import db
from app.publishing import emergency
from app.publishing.inbox import Sort, Waiting, inbox_of
from app.publishing.limits import answer_due, disclosure_due
from app.publishing.models import Method, Move, SignOff
from app.tenancy.models import Tenant
from tests.app.publishing.acts import person
from tests.worlds import BUREAU, LIBRARY, TOWN, County

SIGNER, LEADER, EDITOR, SECRECY = (f"{BUREAU}.{role}" for role in ("signer", "leader", "editor", "secrecy"))


def give_role(county: County, login: str, slug: str, role: Role, *, until: date | None = None) -> None:
    with county.everywhere():
        account_id = db.session.scalars(select(Account.id).where(Account.login == login)).one()
        tenant_id = db.session.scalars(select(Tenant.id).where(Tenant.slug == slug)).one()
        since = date(2020, 1, 1)
        db.session.add(
            Membership(account_id=account_id, tenant_id=tenant_id, role=role, since=since, until=until)
        )


def inbox(county: County, login: str) -> list[Waiting]:
    with county.front.console.app_context():
        return inbox_of(db.session.scalars(select(Account).where(Account.login == login)).one())


def titles(county: County, login: str) -> list[str]:
    return [one.title for one in inbox(county, login)]


def sign_at_first_level(county: County, article_id: int, login: str) -> None:
    """Put an article where its leader's approval is waited for, as the second level does it."""
    signer = county.account_id(login)
    with county.inside(BUREAU) as unit:
        article = db.session.scalars(select(Article).where(Article.id == article_id)).one()
        head = db.session.scalars(select(Revision).where(Revision.id == article.head_id)).one()
        of_text = {"tenant_id": unit.id, "article_id": article.id, "revision_id": head.id}
        db.session.add(
            SignOff(
                **of_text, digest=head.digest, account_id=signer, signer_name="甲", method=Method.PASSWORD
            )
        )
        db.session.add(
            Move(**of_text, step="sign", source=article.state, target=ArticleState.SIGNED, account_id=signer)
        )
        article.state = ArticleState.SIGNED


def publish_in_emergency(county: County, article_id: int, login: str) -> None:
    operator = county.account_id(login)
    with county.inside(BUREAU):
        article = db.session.scalars(select(Article).where(Article.id == article_id)).one()
        by = db.session.get_one(Account, operator)
        assert article.head_id is not None
        emergency.publish_at_once(article, by, revision=article.head_id, reason="汛情")


def ask_waiver(county: County, article_id: int, login: str) -> None:
    """Ask that the first stop of an article may pass, as its page offers it."""
    browser, path = county.staff(login), f"/{BUREAU}/articles/{article_id}/checks"
    found = re.search(r'name="fingerprint" value="(\w+)"', browser.get(path).text)
    assert found is not None
    data = {
        "fingerprint": found[1],
        "revision": county.head_of(BUREAU, article_id),
        "reason": "公开的值班手机",
    }
    assert browser.post(f"{path}/ask", data=data).status_code == HTTPStatus.SEE_OTHER


def test_first_level_waits_for_signers_and_leaders_who_did_not_write(county: County) -> None:
    give_role(county, EDITOR, BUREAU, Role.SIGNER)
    county.an_article(title="等着的通知", state=ArticleState.SUBMITTED)

    assert [(one.sort, one.title) for one in inbox(county, SIGNER)] == [(Sort.SIGN, "等着的通知")]
    assert titles(county, LEADER) == ["等着的通知"]
    assert titles(county, EDITOR) == []
    for login in (f"{BUREAU}.manager", f"{BUREAU}.secrecy", f"{TOWN}.signer", "portal.operator"):
        assert titles(county, login) == [], login


def test_second_level_waits_for_leaders_who_did_not_sign(county: County) -> None:
    give_role(county, SIGNER, BUREAU, Role.LEADER)
    article = county.an_article(title="重要的通知", state=ArticleState.SUBMITTED)
    sign_at_first_level(county, article, SIGNER)

    assert [(one.sort, one.title) for one in inbox(county, LEADER)] == [(Sort.LEAD, "重要的通知")]
    assert titles(county, SIGNER) == []


def test_an_emergency_waits_for_a_signature_of_somebody_else(county: County) -> None:
    give_role(county, "portal.operator", BUREAU, Role.SIGNER)
    article = county.an_article(title="紧急的通知", state=ArticleState.SUBMITTED)
    publish_in_emergency(county, article, "portal.operator")

    assert [one.sort for one in inbox(county, SIGNER)] == [Sort.UNSIGNED]
    assert [one.sort for one in inbox(county, LEADER)] == [Sort.UNSIGNED]
    assert titles(county, "portal.operator") == []


def test_a_marked_emergency_then_waits_for_the_leader(county: County) -> None:
    article = county.an_article(title="紧急的决定", state=ArticleState.SUBMITTED, genre=Genre.DECISION)
    publish_in_emergency(county, article, "portal.operator")
    signer = county.account_id(SIGNER)
    with county.inside(BUREAU):
        row = db.session.scalars(select(Article).where(Article.id == article)).one()
        assert row.head_id is not None
        emergency.countersign(row, db.session.get_one(Account, signer), revision=row.head_id)

    assert titles(county, SIGNER) == []
    assert [one.sort for one in inbox(county, LEADER)] == [Sort.UNSIGNED]


def test_what_came_back_waits_for_its_keeper_with_the_reason(county: County) -> None:
    article = county.an_article(title="退回的通知", state=ArticleState.SUBMITTED)
    county.an_article(title="没写完的通知")
    county.staff(SIGNER).post(
        f"/{BUREAU}/articles/{article}/give-back",
        data={"revision": county.head_of(BUREAU, article), "reason": "户数不一致"},
    )

    found = inbox(county, EDITOR)

    assert [(one.sort, one.title, one.reason) for one in found] == [
        (Sort.GIVEN_BACK, "退回的通知", "户数不一致")
    ]
    assert titles(county, SIGNER) == []


@pytest.mark.parametrize(
    ("body", "agrees", "others"),
    [
        ("<p>值班电话 13812341234。</p>", (SIGNER, LEADER), (EDITOR, SECRECY, f"{TOWN}.signer")),
        ("<p>机密★</p><p>关于某事的请示。</p>", (SECRECY,), (EDITOR, SIGNER, f"{TOWN}.secrecy")),
    ],
)
def test_a_stop_waits_for_who_may_let_it_pass(
    county: County, body: str, agrees: tuple[str, ...], others: tuple[str, ...]
) -> None:
    """S-69: by the rule a signer or the secrecy officer agrees, and never who asked."""
    article = county.an_article(title="值班安排", body=body)
    ask_waiver(county, article, EDITOR)
    path = f"/{BUREAU}/articles/{article}/checks"

    for login in agrees:
        (one,) = inbox(county, login)
        assert (one.sort, one.title, one.reason, one.path) == (
            Sort.WAIVER,
            "值班安排",
            "公开的值班手机",
            path,
        )
    for login in others:
        assert titles(county, login) == [], login
    page = county.staff(agrees[0]).get("/inbox").text
    assert path in page
    assert "申请理由：公开的值班手机" in page


def test_a_waiver_waits_until_somebody_agrees_or_the_text_is_another(county: County) -> None:
    give_role(county, SIGNER, BUREAU, Role.EDITOR)
    give_role(county, EDITOR, BUREAU, Role.SIGNER)
    article = county.an_article(title="值班安排", body="<p>值班电话 13812341234。</p>")
    ask_waiver(county, article, SIGNER)

    assert titles(county, SIGNER) == titles(county, EDITOR) == []  # One asked, one wrote the text.
    assert titles(county, LEADER) == ["值班安排"]
    page = county.staff(LEADER).get(f"/{BUREAU}/articles/{article}/checks").text
    (waiver,) = set(re.findall(r"/checks/(\d+)/agree", page))
    county.staff(LEADER).post(f"/{BUREAU}/articles/{article}/checks/{waiver}/agree")
    assert titles(county, LEADER) == []

    other = county.an_article(title="另一份安排", body="<p>值班电话 13812341234。</p>")
    ask_waiver(county, other, EDITOR)
    assert titles(county, LEADER) == ["另一份安排"]
    with county.inside(BUREAU):
        row = db.session.scalars(select(Article).where(Article.id == other)).one()
        assert row.head_id is not None
        revise(row, Text(title="另一份安排", body="<p>另一段。</p>"), person(EDITOR), base=row.head_id)
    assert titles(county, LEADER) == []


def test_units_where_the_role_is_over_are_not_asked(county: County) -> None:
    give_role(county, SIGNER, TOWN, Role.SIGNER)
    give_role(county, SIGNER, LIBRARY, Role.SIGNER, until=today() - timedelta(days=1))
    for slug in (TOWN, LIBRARY):
        county.an_article(slug, title=f"{slug}的通知", state=ArticleState.SUBMITTED)

    assert titles(county, SIGNER) == [f"{TOWN}的通知"]


def test_many_units_cost_the_same_statements(county: County) -> None:
    def statements() -> int:
        seen: list[str] = []

        def note(*said: object) -> None:
            seen.append(str(said[2]))

        with county.front.console.app_context():
            account = db.session.scalars(select(Account).where(Account.login == SIGNER)).one()
            event.listen(db.engine, "before_cursor_execute", note)
            inbox_of(account)
            event.remove(db.engine, "before_cursor_execute", note)
        return len([one for one in seen if "set_config" not in one])

    few = statements()
    for slug in (TOWN, LIBRARY):
        give_role(county, SIGNER, slug, Role.SIGNER)
        county.an_article(slug, state=ArticleState.SUBMITTED)

    assert statements() == few <= 5


def test_answers_are_due_in_working_days_and_publication_after_twenty(county: County) -> None:
    friday = date(2026, 11, 20)
    with county.front.console.app_context(), freeze_time(f"{friday} 04:00:00"):
        assert answer_due("sign", now()) == date(2026, 11, 23)
        assert answer_due("given_back", now()) == date(2026, 11, 24)
        assert disclosure_due(friday) == date(2026, 12, 18)


def test_the_most_urgent_comes_first_and_what_is_late_is_said(county: County) -> None:
    with freeze_time("2026-11-10 04:00:00"):
        county.an_article(title="压了很久的通知", state=ArticleState.SUBMITTED)
    with freeze_time("2026-11-24 04:00:00"):
        formed = date(2026, 10, 9)
        county.an_article(title="今天交的旧文", state=ArticleState.SUBMITTED, formed_on=formed)
        county.an_article(title="今天交的通知", state=ArticleState.SUBMITTED)

        assert titles(county, SIGNER) == ["今天交的旧文", "压了很久的通知", "今天交的通知"]
        browser = county.staff(SIGNER)
        page = " ".join(browser.get("/inbox").text.split())
        desk = browser.get(f"/{BUREAU}/").text
    assert "<title>待办（3） · " in page
    assert "<strong>已超过办理时限</strong>（最迟 2026-11-11）" in page
    assert "<strong>已超过公开期限</strong>" in page
    assert "最迟 2026-11-25 办理" in page
    assert "有 1 件待办已超过办理时限" in desk
    assert '待办 <span class="badge">3<span' in desk


@pytest.mark.parametrize("login", [SIGNER, EDITOR])
def test_without_anything_waiting_there_is_no_count(county: County, login: str) -> None:
    page = county.staff(login).get("/inbox").text

    assert "没有等您办理的信息" in page
    assert "badge" not in page
    assert "<title>待办 · " in " ".join(page.split())
