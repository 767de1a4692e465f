"""The ways in and out, by the pages that people use."""

from datetime import timedelta
from statistics import median
from time import perf_counter

import pytest
from freezegun import freeze_time
from sqlalchemy import select

from app.accounts import services
from app.accounts.models import AccountState, StaffSession
from app.accounts.permissions import Role
from app.core.database import db
from tests.app.accounts.conftest import PASSWORD, START, Offices, account_of


@pytest.fixture
def wanghai(staffed: Offices) -> Offices:
    staffed.person("wanghai", ("slj", Role.EDITOR))
    return staffed


def test_a_person_signs_in_and_goes_where_they_wanted(wanghai: Offices) -> None:
    browser = wanghai.browser()

    assert browser.get("/account").location == "/login?next=/account"
    assert 'name="next" value="/account"' in browser.get("/login?next=/account").text
    answer = browser.sign_in(" WangHai ", next="/account")

    assert (answer.status_code, answer.location) == (303, "/account")
    assert "水利局</a>：信息员" in browser.get("/account").text
    assert browser.get("/login?next=/inbox").location == "/inbox"
    assert wanghai.acts() == ["account.sign_in"]


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "\\\\evil.example",
        "/\t/evil.example/",
        "/\n/evil.example",
        "javascript:alert(1)",
        "inbox",
        "",
    ],
)
def test_nobody_is_sent_to_another_host(wanghai: Offices, elsewhere: str) -> None:
    assert wanghai.browser().sign_in("wanghai", next=elsewhere).location == "/"


def test_all_who_are_refused_read_the_same(wanghai: Offices) -> None:
    wanghai.person("invited", state=AccountState.INVITED, password_hash="")
    wanghai.person("ended", state=AccountState.ENDED)

    answers = [
        wanghai.browser().sign_in("nobody"),
        wanghai.browser().sign_in("wanghai", "wrong-Password-1"),
        wanghai.browser().sign_in("invited", "any-Password-1"),
        wanghai.browser().sign_in("ended"),
    ]

    assert {answer.status_code for answer in answers} == {422}
    texts = {
        answer.text.replace(f'value="{login}"', "")
        .partition("登录名或密码不正确")[2]
        .partition("csrf_token")[0]
        for login, answer in zip(("nobody", "wanghai", "invited", "ended"), answers, strict=True)
    }
    assert len(texts) == 1


@pytest.mark.usefixtures("dear_passwords")
def test_unknown_and_known_take_the_same_time(wanghai: Offices) -> None:
    def time_of(login: str, address: int) -> float:
        browser = wanghai.browser(f"10.2.0.{address}")
        began = perf_counter()
        browser.sign_in(login, "wrong-Password-1")
        return perf_counter() - began

    time_of("warm-up", 250)
    pairs = [(time_of("wanghai", at), time_of("stranger", at)) for at in range(7)]

    known, unknown = median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)
    assert 0.2 < known / unknown < 5


def test_the_sixth_try_is_not_judged_whatever_headers_say(wanghai: Offices) -> None:
    browser = wanghai.browser()
    for _ in range(5):
        assert browser.sign_in("wanghai", "wrong-Password-1").status_code == 422

    for at in range(20):
        told = {"X-Forwarded-For": f"10.5.0.{at}", "Forwarded": f"for=10.5.0.{at}"}
        answer = browser.post_telling(told, "/login", login="wanghai", password=PASSWORD)
        assert answer.status_code == 429
        assert "分钟后" in answer.text
    assert wanghai.acts() == ["account.wait"]
    assert wanghai.browser("10.7.7.7").sign_in("wanghai").location == "/"


def test_attacked_from_everywhere_a_person_still_gets_in_from_where_they_are_known(wanghai: Offices) -> None:
    office, elsewhere = wanghai.browser("10.1.1.1"), wanghai.browser("10.6.6.6")
    office.sign_in("wanghai")
    for at in range(21):
        wanghai.browser(f"10.3.0.{at}").sign_in("wanghai", "wrong-Password-1")

    assert elsewhere.sign_in("wanghai").status_code == 429
    assert wanghai.browser("10.1.1.1").sign_in("wanghai").location == "/"


def test_what_is_left_empty_is_asked_for(staffed: Offices) -> None:
    answer = staffed.browser().sign_in("", "")

    assert answer.status_code == 422
    assert "请输入登录名" in answer.text
    assert "请输入密码" in answer.text


def test_signing_in_without_a_token_of_the_form_is_refused(wanghai: Offices) -> None:
    answer = wanghai.browser().post_bare("/login", login="wanghai", password=PASSWORD)

    assert answer.status_code == 400


def test_the_token_changes_at_sign_in_and_the_old_cookie_is_dead_after_sign_out(wanghai: Offices) -> None:
    browser = wanghai.browser()
    browser.session = {"_user_id": "planted"}
    browser.sign_in("wanghai")
    token = browser.session["_user_id"]
    assert token != "planted"  # noqa: S105 - what a stranger would plant

    assert browser.post("/logout").location == "/login"

    browser.session = {"_user_id": token}
    assert not browser.is_signed_in()
    assert wanghai.acts() == ["account.sign_in", "account.sign_out"]


def test_a_session_ends_when_idle_and_at_the_end_of_the_day(wanghai: Offices) -> None:
    with freeze_time(START) as clock:
        idle, busy = wanghai.browser(), wanghai.browser()
        idle.sign_in("wanghai")
        busy.sign_in("wanghai")
        for _ in range(29):
            clock.tick(timedelta(minutes=20))
            assert busy.is_signed_in()
        assert not idle.is_signed_in()
        assert "请重新登录" in idle.get("/login").text

        clock.tick(timedelta(minutes=20))
        assert not busy.is_signed_in()


def test_a_request_notes_the_session_at_most_once_a_minute(wanghai: Offices) -> None:
    def seen_at() -> float:
        with wanghai.app.app_context():
            return db.session.scalars(select(StaffSession.seen_at)).one().timestamp()

    with freeze_time(START) as clock:
        browser = wanghai.browser()
        browser.sign_in("wanghai")
        began = seen_at()
        clock.tick(59)
        browser.get("/account")
        assert seen_at() == began
        clock.tick(2)
        browser.get("/account")
        assert seen_at() == began + 61


def test_an_ended_account_is_out_at_once(wanghai: Offices) -> None:
    browser = wanghai.browser()
    browser.sign_in("wanghai")

    with wanghai.app.app_context():
        services.end_account(account_of("wanghai"))
        db.session.commit()

    assert not browser.is_signed_in()
    assert browser.sign_in("wanghai").status_code == 422


def test_the_last_visit_is_told(wanghai: Offices) -> None:
    with freeze_time(START) as clock:
        wanghai.browser().sign_in("wanghai")
        clock.tick(timedelta(days=1))
        browser = wanghai.browser()
        browser.sign_in("wanghai")

        assert "上次登录：2026年03月02日 17:00" in browser.get("/account").text


def test_whoever_cannot_get_in_reads_whom_to_ask(staffed: Offices) -> None:
    page = staffed.browser().get("/forgot")

    assert "子站管理员" in page.text
    assert "67236286" in page.text


def test_the_session_cookie_holds_no_account(wanghai: Offices) -> None:
    browser = wanghai.browser()
    browser.sign_in("wanghai")

    token = browser.session["_user_id"]
    assert len(token) >= 43
    with wanghai.app.app_context():
        row = db.session.scalars(select(StaffSession)).one()
        assert token not in (row.token_hash, str(row.account_id))
