"""Links by which a password is chosen: once, in time, and no way around the second factor (D8, S-45)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from freezegun import freeze_time
from sqlalchemy import select

from app.accounts import services
from app.accounts.credentials import links
from app.accounts.credentials.sealing import token_hash
from app.accounts.models import AccountLink, AccountState, LinkPurpose
from app.accounts.permissions import Role
from app.core.database import db
from tests.app.accounts.conftest import START, Offices, account_of

NEW = "Other-river-88y"
CHOICE = {"password": NEW, "again": NEW}


def used(county: Offices, path: str) -> str:
    assert county.browser().post(path, **CHOICE).status_code == 303
    return path


def superseded(county: Offices, path: str) -> str:
    county.link("wanghai")
    return path


def of_an_ended_account(county: Offices, path: str) -> str:
    with county.app.app_context():
        account_of("wanghai").state = AccountState.ENDED
        db.session.commit()
    return path


def voided_by_a_new_password(county: Offices, path: str) -> str:
    with county.app.app_context():
        services.set_password(account_of("wanghai"), NEW)
        db.session.commit()
    return path


def truncated(_county: Offices, path: str) -> str:
    return path[:-1]


def in_another_case(_county: Offices, path: str) -> str:
    return "/activate/" + path.removeprefix("/activate/").swapcase()


def lengthened(_county: Offices, path: str) -> str:
    return path + "A"


@pytest.fixture
def invited(staffed: Offices) -> Offices:
    staffed.person("wanghai", ("slj", Role.EDITOR), state=AccountState.INVITED, password_hash="")
    return staffed


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    "spoil",
    [used, superseded, of_an_ended_account, voided_by_a_new_password, truncated, in_another_case, lengthened],
)
def test_a_link_that_is_not_the_living_one_opens_nothing(
    invited: Offices, spoil: Callable[[Offices, str], str], method: str
) -> None:
    path = spoil(invited, invited.link("wanghai"))
    browser = invited.browser()

    answer = browser.get(path) if method == "GET" else browser.post(path, **CHOICE)

    assert answer.status_code == 404
    assert "链接不能使用" in answer.text
    assert "67236286" in answer.text


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    ("purpose", "lasts"),
    [(LinkPurpose.ACTIVATE, timedelta(hours=72)), (LinkPurpose.RESET, timedelta(minutes=60))],
)
def test_a_link_ends_with_its_time(
    staffed: Offices, purpose: LinkPurpose, lasts: timedelta, method: str
) -> None:
    is_new = purpose is LinkPurpose.ACTIVATE
    staffed.person("wanghai", state=AccountState.INVITED if is_new else AccountState.ACTIVE)
    with freeze_time(START) as clock:
        path, browser = staffed.link("wanghai", purpose), staffed.browser()
        clock.tick(lasts - timedelta(seconds=1))
        assert browser.get(path).status_code == 200
        clock.tick(timedelta(seconds=1))

        answer = browser.get(path) if method == "GET" else browser.post(path, **CHOICE)

    assert answer.status_code == 404


def test_a_person_activates_and_signs_in(invited: Offices) -> None:
    path, browser = invited.link("wanghai"), invited.browser()

    page = browser.get(path)
    assert "wanghai" in page.text
    assert "no-store" in page.headers["Cache-Control"]
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert browser.post(path, **CHOICE).location == "/login"
    assert not browser.is_signed_in()
    assert browser.sign_in("wanghai", NEW).location == "/"
    assert invited.acts() == ["account.link_activate", "account.password", "account.sign_in"]


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"password": "short", "again": "short"}, "至少 10 个字符"),
        ({"password": NEW, "again": NEW + "x"}, "两次输入的新密码不一致"),
        ({}, "请输入新密码"),
    ],
)
def test_a_refused_choice_leaves_the_link_alive(invited: Offices, fields: dict[str, str], says: str) -> None:
    path, browser = invited.link("wanghai"), invited.browser()

    answer = browser.post(path, **fields)

    assert answer.status_code == 422
    assert says in answer.text
    assert browser.post(path, **CHOICE).status_code == 303


def test_of_two_uses_one_succeeds(invited: Offices) -> None:
    token = invited.link("wanghai").removeprefix("/activate/")

    with invited.app.app_context():
        assert [links.use(token), links.use(token)] == [True, False]


def test_a_reset_ends_all_sessions_and_does_not_skip_the_second_factor(staffed: Offices) -> None:
    login = staffed.operator()
    path, browser = staffed.link(login, LinkPurpose.RESET), staffed.browser()

    assert browser.post(path, **CHOICE).status_code == 303
    browser.sign_in(login, NEW)

    assert browser.get("/account").location == "/login/second-factor?next=/account"


def test_only_the_hash_of_a_token_is_kept(invited: Offices) -> None:
    token = invited.link("wanghai").removeprefix("/activate/")

    with invited.app.app_context():
        kept = db.session.scalars(select(AccountLink.token_hash)).one()
    assert len(token) >= 43
    assert kept == token_hash(token)
