"""The person's own account page."""

import pytest

from app.accounts.permissions import Role
from tests.app.accounts.conftest import PASSWORD, Desk, Offices

NEW = "Other-river-88y"


@pytest.fixture
def desk(staffed: Offices) -> Desk:
    staffed.person("wanghai", ("slj", Role.EDITOR), ("qiaotou", Role.SIGNER))
    desk = staffed.browser()
    desk.sign_in("wanghai")
    return desk


def test_people_see_what_they_are(desk: Desk) -> None:
    page = desk.get("/account").text

    assert "王小海" in page
    assert '<a href="/slj/">永嘉县水利局</a>：信息员' in page
    assert '<a href="/qiaotou/">桥头镇人民政府</a>：负责同志（审签）' in page
    assert "未启用" in page


def test_a_new_password_ends_every_session(desk: Desk, staffed: Offices) -> None:
    other = staffed.browser("10.1.1.2")
    other.sign_in("wanghai")

    answer = desk.post("/account/password", current=PASSWORD, password=NEW, again=NEW)

    assert answer.location == "/login"
    assert "密码已修改" in desk.get("/login").text
    assert not desk.is_signed_in()
    assert not other.is_signed_in()
    assert desk.sign_in("wanghai", PASSWORD).status_code == 422
    assert desk.sign_in("wanghai", NEW).location == "/"
    assert staffed.acts()[-2:] == ["account.password", "account.sign_in"]


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"current": "wrong-Password-1", "password": NEW, "again": NEW}, "当前密码不正确"),
        ({"current": PASSWORD, "password": "short", "again": "short"}, "至少 10 个字符"),
        ({"current": PASSWORD, "password": NEW, "again": ""}, "请再输入一次新密码"),
        ({"password": NEW, "again": NEW}, "请输入当前密码"),
    ],
)
def test_what_is_wrong_stands_on_the_page(desk: Desk, fields: dict[str, str], says: str) -> None:
    answer = desk.post("/account/password", **fields)

    assert answer.status_code == 422
    assert says in answer.text
    assert desk.is_signed_in()


def test_a_found_browser_cannot_be_used_to_guess_the_password(desk: Desk) -> None:
    tries = [
        desk.post("/account/password", current=f"wrong-{at}", password=NEW, again=NEW).status_code
        for at in range(6)
    ]

    assert tries == [422] * 5 + [429]


def test_other_sessions_are_told_of_and_ended(desk: Desk, staffed: Offices) -> None:
    other = staffed.browser("10.1.1.2")
    other.sign_in("wanghai")
    assert "还有 1 处登录" in desk.get("/account").text

    assert desk.post("/account/sessions/end-others").location == "/account"

    assert desk.is_signed_in()
    assert not other.is_signed_in()
    assert staffed.acts()[-1] == "account.end_sessions"


def test_there_is_no_recovery_code_without_a_second_factor(desk: Desk) -> None:
    assert desk.post("/account/recovery-codes", **{"codes-current": PASSWORD}).status_code == 404
