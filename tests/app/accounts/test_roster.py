"""The roster: office and dates of each role, history, and who is missing (S-52, S-54)."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from freezegun import freeze_time

from app.accounts import queries, roster, services
from app.accounts.models import Account, AccountState, Membership
from app.accounts.permissions import Permission, Role
from app.accounts.roster import Term
from app.core.clock import today
from app.core.database import db
from app.core.errors import RuleBroken
from app.tenancy.models import Tenant
from app.web.workplace import units_of
from tests.app.accounts.conftest import Desk, Offices, account_of
from tests.app.accounts.test_cli import run
from tests.app.accounts.test_people import PEOPLE, manager, membership_of

__all__ = ["manager"]


@pytest.fixture
def office(staffed: Offices) -> Iterator[Offices]:
    staffed.person("wanghai", ("qiaotou", Role.EDITOR))
    with staffed.app.app_context():
        yield staffed


def tenant(slug: str) -> Tenant:
    return db.session.get_one(Tenant, Offices.id_of(slug))


def signs(account: Account) -> bool:
    unit = tenant("slj")
    return account.may(Permission.SIGN_ARTICLE, unit.id, unit.portal_id or 0)


def test_a_role_begins_and_ends_by_itself(office: Offices) -> None:
    account = account_of("wanghai")
    first, last = today() + timedelta(days=2), today() + timedelta(days=9)

    roster.grant(account, tenant("slj"), Role.SIGNER, Term("副局长", first, last))

    days = {-1: False, 0: True, 7: True, 8: False}
    for after, expected in days.items():
        with freeze_time(f"{first + timedelta(days=after)} 04:00:00"):
            assert signs(account) is expected, after
            is_listed = account in queries.signers_of(tenant("slj").id)
            in_menu = "slj" in {unit.slug for unit in units_of(account)}
            assert (is_listed, in_menu) == (expected, expected), after


def test_what_is_over_is_history_and_the_person_may_come_back(office: Offices) -> None:
    account, unit = account_of("wanghai"), tenant("slj")
    first = roster.grant(account, unit, Role.SIGNER, Term("科长", date(2020, 1, 1)))

    roster.revoke(first)

    assert not signs(account)
    assert (first.office, first.since, first.until) == ("科长", date(2020, 1, 1), today())
    with pytest.raises(RuleBroken, match="历史"):
        roster.change_term(first, Term("局长"))
    with pytest.raises(RuleBroken, match="已经结束"):
        roster.revoke(first)
    again = roster.grant(account, unit, Role.SIGNER)
    assert signs(account)
    assert [one.id for one in queries.past_of(unit.id)] == [first.id]
    assert again.id != first.id


@pytest.mark.parametrize(
    ("term", "says"),
    [
        (Term("局" * 41), "最多 40 个字"),
        (Term("", date(2020, 2, 1), date(2020, 1, 1)), "不能早于"),
        (Term("", date(2020, 2, 1), date(2020, 3, 1)), "已经过去"),
    ],
)
def test_impossible_terms_are_refused(office: Offices, term: Term, says: str) -> None:
    with pytest.raises(RuleBroken, match=says):
        roster.grant(account_of("wanghai"), tenant("slj"), Role.SIGNER, term)


def test_the_last_operator_gets_no_end(office: Offices) -> None:
    last = account_of("portal.operator").memberships[0]

    with pytest.raises(RuleBroken, match="最后一位"):
        roster.change_term(last, Term("", None, today()))


def test_a_unit_without_signer_or_leader_is_told(staffed: Offices, manager: Desk) -> None:
    with staffed.app.app_context():
        unit = staffed.id_of("slj")
        assert queries.missing_roles(unit) == ()
        account_of("slj.signer").state = AccountState.INVITED
        account_of("slj.leader").memberships[0].until = today() - timedelta(days=1)
        db.session.commit()
        assert queries.missing_roles(unit) == (Role.SIGNER, Role.LEADER)
        assert queries.leaders_of(unit) == []

    for page in (manager.get(PEOPLE).text, manager.get("/slj/").text):
        assert "没有负责同志（审签），也没有主要领导" in " ".join(page.split())
        assert "发布不出去" in page


def test_the_manager_keeps_the_roster(manager: Desk, staffed: Offices) -> None:
    staffed.person("wanghai", ("slj", Role.EDITOR))
    account_id, held = staffed.account_id("wanghai"), membership_of(staffed, "wanghai")

    manager.post(f"{PEOPLE}/roles/{held}/change", office="办公室主任", since="2026-01-05", until="")
    manager.post(f"{PEOPLE}/{account_id}/grant", role="secrecy", office="", since="", until="2099-12-31")
    manager.post(f"{PEOPLE}/{account_id}/email", email="wang@example.com")

    page = " ".join(manager.get(PEOPLE).text.split())
    for words in ("信息员</strong>，办公室主任", "2026-01-05 起", "到 2099-12-31 止", "wang@example.com"):
        assert words in page, words
    manager.post(f"{PEOPLE}/roles/{held}/revoke")
    past = manager.get(PEOPLE).text.partition("过往任职")[2]
    assert "王小海：信息员，办公室主任" in past


@pytest.mark.parametrize(
    "fields",
    [{"since": "昨天"}, {"until": "2020-01-01"}, {"office": "x" * 41}, {"since": "2026-02-30"}],
)
def test_what_cannot_be_is_said(manager: Desk, staffed: Offices, fields: dict[str, str]) -> None:
    staffed.person("wanghai", ("slj", Role.EDITOR))
    held = membership_of(staffed, "wanghai")

    assert manager.post(f"{PEOPLE}/roles/{held}/change", **fields).status_code == 409
    with staffed.app.app_context():
        assert db.session.get_one(Membership, held).office == ""


@pytest.mark.parametrize(
    "email", ["wang", "wang@", "王@例.中国", "a@b.c\r\nBcc: x@y.z", "a b@c.cn", "a@b" * 40]
)
def test_an_address_is_one_address(office: Offices, email: str) -> None:
    with pytest.raises(RuleBroken, match="邮箱地址不正确"):
        services.set_email(account_of("wanghai"), email)


def test_people_set_their_own_address(staffed: Offices) -> None:
    browser = staffed.browser()
    browser.sign_in(staffed.person("wanghai", ("slj", Role.EDITOR)))

    assert browser.post("/account/email", email="不是邮箱").status_code == 422
    assert browser.post("/account/email", email=" wang@example.com ").status_code == 303

    assert "wang@example.com" in browser.get("/account").text
    with staffed.app.app_context():
        assert account_of("wanghai").email == "wang@example.com"


def test_the_office_and_commands_keep_it_too(staffed: Offices) -> None:
    staffed.person("wanghai", ("slj", Role.EDITOR))
    words = ("grant", "wanghai", "--role", "leader", "--unit", "slj", "--office", "局长")

    result = run(staffed, *words, "--since", "2020-03-01", "--until", "2099-01-01")

    assert result.exit_code == 0, result.output
    assert "wanghai" in run(staffed, "email", "wanghai", "wang@example.com").output
    with staffed.app.app_context():
        held = next(one for one in account_of("wanghai").memberships if one.role is Role.LEADER)
        assert (held.office, held.since, held.until) == ("局长", date(2020, 3, 1), date(2099, 1, 1))
