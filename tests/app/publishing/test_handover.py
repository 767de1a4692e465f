"""One person's work goes to another: roles, drafts, what waits and the account, all or nothing (S-54)."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.accounts import roster
from app.accounts.models import Account, AccountState, HandOver, Membership, StaffSession
from app.accounts.permissions import Role
from app.accounts.roster import Term
from app.audit.models import AuditRow
from app.audit.services import act_as
from app.content.models import Article
from app.content.states import ArticleState
from app.core.clock import today
from app.core.database import db
from app.core.errors import RuleBroken
from app.publishing import handover
from app.publishing.handover import Succession
from app.tenancy.models import Tenant
from app.tenancy.scope import bound_to
from tests.worlds import BUREAU, TOWN, County

GIVE = f"/{BUREAU}/people/hand-over"
LEAVER, SUCCESSOR = f"{BUREAU}.editor", f"{BUREAU}.successor"


@pytest.fixture(autouse=True)
def successor(county: County) -> int:
    """Put somebody into the unit who can follow."""
    with county.inside(BUREAU) as unit:
        role = Membership(tenant_id=unit.id, role=Role.SECRECY)
        account = Account(login=SUCCESSOR, name="继任者", state=AccountState.ACTIVE, memberships=[role])
        db.session.add(account)
        db.session.flush()
        return account.id


@pytest.fixture
def article(county: County) -> int:
    return county.an_article()


@pytest.fixture
def unit(county: County) -> Iterator[Tenant]:
    with county.front.console.app_context():
        yield db.session.scalars(select(Tenant).where(Tenant.slug == BUREAU)).one()


def person(login: str) -> Account:
    return db.session.scalars(select(Account).where(Account.login == login)).one()


def plan(**said: str) -> Succession:
    return Succession(person(LEAVER), person(SUCCESSOR), **said)


def roles_of(account: Account, unit: Tenant) -> set[Role]:
    return {one.role for one in account.memberships if one.tenant_id == unit.id and one.is_held}


def test_roles_drafts_and_what_waits_go_over_and_the_account_ends(county: County) -> None:
    states = (ArticleState.DRAFT, ArticleState.SUBMITTED, ArticleState.WITHDRAWN, ArticleState.PUBLISHED)
    articles = {state: county.an_article(state=state, title=f"{state.label}的通知") for state in states}
    theirs = county.staff(LEAVER)
    assert theirs.get(f"/{BUREAU}/").status_code == 200
    manager = county.staff(f"{BUREAU}.manager")
    people = {"leaver_id": county.account_id(LEAVER), "successor_id": county.account_id(SUCCESSOR)}

    answer = manager.post(GIVE, data={**people, "office": "办公室主任", "note": "调任县府办"})

    assert answer.status_code == 303
    note = manager.get(answer.location).text
    for words in ("继任者", "办公室主任", "信息员", "未办完的 3 篇", "账号已停用", "调任县府办"):
        assert words in note, words
    assert theirs.get(f"/{BUREAU}/").status_code == 302
    desk = county.staff(SUCCESSOR).get(f"/{BUREAU}/").text
    assert "草稿的通知" in desk
    assert "待审签的通知" in desk
    with county.inside(BUREAU) as unit:
        kept = {row.id: row.keeper_id for row in db.session.execute(select(Article.id, Article.keeper_id))}
        assert {state for state in states if kept[articles[state]] == people["successor_id"]} == {*states[:3]}
        leaver = person(LEAVER)
        assert (leaver.state, roles_of(leaver, unit)) == (AccountState.ENDED, set())
        assert leaver.memberships[0].until == today()
        assert roles_of(person(SUCCESSOR), unit) == {Role.SECRECY, Role.EDITOR}
        acts = set(db.session.scalars(select(AuditRow.act)))
        assert {"account.hand_over", "account.grant"} <= acts


def test_who_is_something_elsewhere_stays_there(county: County, unit: Tenant) -> None:
    town = db.session.scalars(select(Tenant).where(Tenant.slug == TOWN)).one()
    roster.grant(person(LEAVER), town, Role.SIGNER, Term("副镇长", today() + timedelta(days=30)))

    row = handover.hand_over(unit, plan(), by=None)

    assert not row.has_ended_account
    assert person(LEAVER).state is AccountState.ACTIVE
    with bound_to(unit.id):
        assert [one.id for one in handover.hand_overs_here()] == [row.id]
    with bound_to(town.id):
        assert handover.hand_overs_here() == []


def test_what_was_given_back_is_the_successors_to_mend(county: County) -> None:
    article = county.an_article(title="退回的通知", state=ArticleState.SUBMITTED)
    county.staff(f"{BUREAU}.signer").post(
        f"/{BUREAU}/articles/{article}/give-back",
        data={"revision": county.head_of(BUREAU, article), "reason": "户数不一致"},
    )
    with county.front.console.app_context():
        unit = db.session.scalars(select(Tenant).where(Tenant.slug == BUREAU)).one()
        handover.hand_over(unit, plan(), by=None)
        db.session.commit()

    browser = county.staff(SUCCESSOR)

    for path in ("/inbox", f"/{BUREAU}/"):
        assert "户数不一致" in browser.get(path).text
    assert browser.get(f"/{BUREAU}/articles/{article}/edit").status_code == 200


def test_it_is_refused_and_nothing_is_done(county: County, unit: Tenant) -> None:
    leaver, successor = person(LEAVER), person(SUCCESSOR)
    foreign, ended = person(f"{TOWN}.editor"), person(f"{BUREAU}.leader")
    ended.state = AccountState.ENDED
    db.session.commit()
    refused = {
        "同一个人": Succession(leaver, leaver),
        "没有角色": Succession(foreign, successor),
        "还不是": Succession(leaver, foreign),
        "已停用": Succession(ended, successor),
        "不能办理交接": Succession(leaver, ended),
        "交接说明最多": Succession(leaver, successor, note="长" * 301),
        "职务最多": Succession(leaver, successor, office="长" * 41),
    }
    for says, one in refused.items():
        with pytest.raises(RuleBroken, match=says):
            handover.hand_over(unit, one, by=None)
        db.session.rollback()
    for actor in (leaver, successor):
        act_as(actor.id, actor.login)
        with pytest.raises(RuleBroken, match="自己的角色"):
            handover.hand_over(unit, plan(), by=actor)
        db.session.rollback()
    with bound_to(unit.id):
        assert db.session.scalars(select(HandOver)).all() == []
    assert roles_of(person(LEAVER), unit) == {Role.EDITOR}


def test_a_second_time_there_is_nothing_left(county: County, unit: Tenant) -> None:
    handover.hand_over(unit, plan(), by=None)
    db.session.commit()

    with pytest.raises(RuleBroken, match="已停用"):
        handover.hand_over(unit, plan(), by=None)


def test_when_something_fails_at_the_end_nothing_is_left(
    county: County, article: int, unit: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise RuleBroken("最后一步没有成功")

    monkeypatch.setattr(handover, "record_on", fails)
    with pytest.raises(RuleBroken):
        handover.hand_over(unit, plan(), by=None)
    db.session.rollback()

    leaver = person(LEAVER)
    assert roles_of(leaver, unit) == {Role.EDITOR}
    assert leaver.state is AccountState.ACTIVE
    with bound_to(unit.id):
        assert db.session.scalar(select(Article.keeper_id).where(Article.id == article)) == leaver.id
        assert db.session.scalars(select(HandOver)).all() == []


def test_the_form_says_what_is_missing(county: County) -> None:
    manager, own = county.staff(f"{BUREAU}.manager"), county.account_id(f"{BUREAU}.manager")
    foreign = county.account_id(f"{TOWN}.editor")
    leaver, successor = county.account_id(LEAVER), county.account_id(SUCCESSOR)

    assert "请选择交出工作的同志" in manager.post(GIVE, data={}).text
    same = manager.post(GIVE, data={"leaver_id": leaver, "successor_id": leaver})
    assert (same.status_code, "另选一位" in same.text) == (422, True)
    assert manager.post(GIVE, data={"leaver_id": leaver, "successor_id": foreign}).status_code == 422
    assert manager.post(GIVE, data={"leaver_id": own, "successor_id": successor}).status_code == 409
    assert county.staff(LEAVER).get(GIVE).status_code == 403


def test_the_county_hands_over_by_command(county: County) -> None:
    runner = county.front.console.test_cli_runner()
    words = ["account", "hand-over", LEAVER, SUCCESSOR, "--unit", BUREAU, "--office", "主任"]

    done, again = runner.invoke(args=words), runner.invoke(args=words)

    assert done.exit_code == 0, done.output
    assert "账号已停用" in done.output
    assert (again.exit_code, again.output.count("\n")) == (1, 1)
    with county.front.console.app_context():
        living = select(StaffSession.id).where(StaffSession.ended_at.is_(None))
        assert db.session.scalars(living.where(StaffSession.account_id == person(LEAVER).id)).all() == []
