"""Signing in with a second factor: nothing is reached without it, and no code helps twice (D9)."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pyotp
import pytest
from freezegun import freeze_time
from freezegun.api import FrozenDateTimeFactory

from app.accounts.credentials import authenticator
from app.accounts.permissions import Role
from app.core.clock import now
from app.core.database import db
from tests.app.accounts.conftest import PASSWORD, START, Desk, Offices, account_of, code_at


@pytest.fixture
def clock() -> Iterator[FrozenDateTimeFactory]:
    with freeze_time(START) as frozen:
        assert isinstance(frozen, FrozenDateTimeFactory)
        yield frozen


@pytest.fixture
def half(clock: FrozenDateTimeFactory, staffed: Offices) -> Desk:
    """Return the browser of an operator who has shown the password."""
    browser = staffed.browser()
    assert browser.sign_in(staffed.operator(), next="/inbox").location == "/login/second-factor?next=/inbox"
    return browser


def secret_on(page: str) -> str:
    found = re.search(r'class="secret">([A-Z2-7 ]+)<', page)
    assert found
    return found[1].replace(" ", "")


def codes_on(page: str) -> list[str]:
    return re.findall(r'class="secret">([a-z2-7-]+)<', page)


def test_the_code_lets_in_and_the_token_changes(half: Desk, staffed: Offices) -> None:
    before = half.session["_user_id"]

    answer = half.post("/login/second-factor", code=code_at(now()), next="/inbox")

    assert (answer.status_code, answer.location) == (303, "/inbox")
    assert half.session["_user_id"] != before
    assert half.is_signed_in()
    assert staffed.acts() == ["account.sign_in"]


def test_half_signed_in_reaches_nothing_else(half: Desk, staffed: Offices) -> None:
    for path in ("/account", "/inbox", "/", "/slj/people", "/login/set-up"):
        location = half.get(path).location or ""
        assert location.startswith("/login/second-factor"), path
    assert half.get("/login/set-up/qr.svg").status_code == 404
    for path in ("/account/password", "/account/second-factor/off", "/account/recovery-codes"):
        assert half.post(path, current=PASSWORD).status_code == 403, path
    assert half.post("/login/set-up", code=code_at(now())).location == "/login/second-factor"
    with staffed.app.app_context():
        assert account_of("liming").second_factor


def test_a_code_used_once_is_refused_elsewhere(half: Desk, staffed: Offices) -> None:
    code = code_at(now())
    half.show(code)
    other = staffed.browser()
    other.sign_in("liming")

    assert other.show(code).status_code == 422
    assert not other.is_signed_in()


def test_after_five_wrong_codes_the_session_ends_and_the_person_waits(
    half: Desk, staffed: Offices, clock: FrozenDateTimeFactory
) -> None:
    assert [half.show("000000").status_code for _ in range(5)] == [422] * 4 + [303]
    assert half.get("/account").location == "/login?next=/account"

    half.sign_in("liming")
    assert half.show(code_at(now())).location == "/login"
    assert not half.is_signed_in()
    assert staffed.acts() == ["account.wait"]

    clock.tick(timedelta(minutes=16))
    half.sign_in("liming")
    assert half.show(code_at(now())).location == "/"


def test_a_recovery_code_lets_in_once(half: Desk, staffed: Offices) -> None:
    with staffed.app.app_context():
        code = authenticator.renew_recovery_codes(account_of("liming"))[0]
        db.session.commit()

    assert half.show(code).location == "/"
    other = staffed.browser()
    other.sign_in("liming")
    assert other.show(code).status_code == 422


def test_an_operator_sets_the_second_factor_up_before_anything_else(
    clock: FrozenDateTimeFactory, staffed: Offices
) -> None:
    staffed.person("zhaoliu", ("portal", Role.OPERATOR))
    browser = staffed.browser()

    assert browser.sign_in("zhaoliu").location == "/login/set-up"
    assert browser.get("/account").location == "/login/set-up?next=/account"
    page = browser.get("/login/set-up").text
    assert browser.get("/login/set-up/qr.svg").mimetype == "image/svg+xml"
    assert browser.post("/login/set-up", code="000000").status_code == 422
    secret = secret_on(page)
    done = browser.post("/login/set-up", code=pyotp.TOTP(secret).generate_otp(int(now().timestamp()) // 30))

    assert len(codes_on(done.text)) == 10
    assert browser.is_signed_in()
    assert staffed.acts() == ["account.sign_in", "account.second_factor_on"]
    assert browser.post("/account/second-factor/off", **{"off-current": PASSWORD}).status_code == 403


def test_others_may_turn_it_on_and_off_with_their_password(
    clock: FrozenDateTimeFactory, staffed: Offices
) -> None:
    browser = staffed.browser()
    browser.sign_in(staffed.person("wanghai", ("slj", Role.EDITOR)))
    code = pyotp.TOTP(secret_on(browser.get("/login/set-up").text)).generate_otp(int(now().timestamp()) // 30)

    assert browser.post("/login/set-up", code=code, current="wrong-Password-1").status_code == 422
    old = codes_on(browser.post("/login/set-up", code=code, current=PASSWORD).text)
    assert "还有 10 个恢复码" in browser.get("/account").text
    assert browser.post("/account/recovery-codes", **{"codes-current": "wrong"}).status_code == 422
    new = codes_on(browser.post("/account/recovery-codes", **{"codes-current": PASSWORD}).text)
    assert len(new) == 10
    assert not set(new) & set(old)
    assert browser.post("/account/second-factor/off", **{"off-current": PASSWORD}).location == "/login"
    assert not browser.is_signed_in()
    assert browser.sign_in("wanghai").location == "/"
