"""Every form that visitors may send, and every way of getting round what protects it (DESIGN 3)."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from freezegun import freeze_time

from app.core.clock import now
from app.web.challenge import entry
from app.web.challenge.questions import new_question, number_in
from tests.app.participation.consultation import a_hearing
from tests.app.web.visitors_form import A_WHILE, Opened, opened, opens, sends
from tests.architecture.checksums import checksums
from tests.architecture.routes import FORMS
from tests.browser import Browser
from tests.worlds import BUREAU, HOSTS, PORTAL, TOWN, County

ENDPOINTS = sorted(FORMS)


@dataclass
class Form:
    """One of the forms in the county, what it accepts, and a visitor before it."""

    county: County
    path: str
    content: dict[str, str]
    visitor: Browser

    def open(self) -> Opened:
        return opens(self.visitor, self.path)

    def refuses(self, data: dict[str, str], says: str, status: int = 422, address: str = "127.0.0.1") -> str:
        """Send what must not be taken: nothing is written, and all that was typed comes back."""
        before = checksums(self.county)
        from_there = {"REMOTE_ADDR": address}
        answer = sends(self.visitor, self.path, {**self.content, **data}, environ_base=from_there)
        assert answer.status_code == status
        assert says in answer.text
        assert answer.headers["Cache-Control"] == "no-store"
        for typed in self.content.values():
            assert typed == "yes" or typed in answer.text
        assert answer.text.count(" checked") >= list(self.content.values()).count("yes")
        assert checksums(self.county) == before
        return answer.text


@pytest.fixture(params=ENDPOINTS)
def form(request: pytest.FixtureRequest, county: County) -> Form:
    route = FORMS[request.param]
    path = route.path.format(hearing=a_hearing(county))
    return Form(county, path, route.sends, county.visitor())


def test_a_form_is_taken_once_in_either_way(form: Form) -> None:
    for answered in (Opened.by_thinking, Opened.by_working):
        sent = {**form.content, **answered(form.open())}
        answer = sends(form.visitor, form.path, sent)
        assert answer.status_code == 303
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in answer.headers
        thanks = form.visitor.get(answer.location)
        assert thanks.status_code == 200
        assert thanks.headers["Cache-Control"] == "no-store"
        number = re.search(r"<strong>([A-Z0-9-]{16})</strong>", thanks.text)
        assert number
        assert number[1] in answer.location
        assert not any(one in thanks.text for one in form.content.values() if len(one) > 3)
        form.refuses(sent, entry.USED)  # Replayed.


def test_a_form_is_neither_kept_nor_shared(form: Form) -> None:
    first, second = (form.visitor.get(form.path) for _ in range(2))
    assert first.headers["Cache-Control"] == "no-store"
    assert opened(first.text, form.path).token != opened(second.text, form.path).token
    assert len({opened(one.text, form.path).work["salt"] for one in (first, second)}) == 2


WAYS_ROUND: dict[str, tuple[Callable[[Opened], dict[str, str]], str]] = {
    "no token": (lambda one: one.by_thinking() | {"form_token": ""}, entry.UNKNOWN),
    "made up": (lambda one: one.by_thinking() | {"form_token": "x.y"}, entry.UNKNOWN),
    "changed": (lambda one: one.by_thinking() | {"form_token": f"W{one.token[1:]}x"}, entry.UNKNOWN),
    "no answer": (lambda one: {"form_token": one.token}, entry.WRONG_ANSWER),
    "wrong answer": (lambda one: {"form_token": one.token, "answer": "九十九"}, entry.WRONG_ANSWER),
    "no number": (lambda one: {"form_token": one.token, "answer": "八\u0000"}, entry.WRONG_ANSWER),
    "work of another": (
        lambda one: {
            "form_token": one.token,
            "work": replace(one, work={**one.work, "salt": "1&"}).answer(1),
        },
        entry.UNSOLVED,
    ),
    "work not done": (lambda one: {"form_token": one.token, "work": one.answer(-1)}, entry.UNSOLVED),
    "work guessed": (lambda one: {"form_token": one.token, "work": one.answer("1")}, entry.UNSOLVED),
    "weak hash": (
        lambda one: {"form_token": one.token, "work": one.answer(1, algorithm="SHA-1")},
        entry.UNSOLVED,
    ),
    "no work": (lambda one: {"form_token": one.token, "work": "bm90IGpzb24="}, entry.UNSOLVED),
    "list": (lambda one: {"form_token": one.token, "work": "W10="}, entry.UNSOLVED),
    "huge": (lambda one: {"form_token": one.token, "work": "W1tb" * 5_000}, entry.UNSOLVED),
}


@pytest.mark.parametrize("way", WAYS_ROUND)
def test_a_form_is_refused_with_all_that_was_typed(form: Form, way: str) -> None:
    answered, says = WAYS_ROUND[way]
    text = form.refuses(answered(form.open()), says)
    assert "form_token" in text  # A new one, with which the same can be sent.


def test_the_work_of_one_form_is_no_use_in_another(form: Form) -> None:
    first, second = form.open(), form.open()
    form.refuses(first.by_working() | {"form_token": second.token}, entry.UNSOLVED)


def test_a_form_that_was_given_back_can_be_sent(form: Form) -> None:
    text = form.refuses({"form_token": form.open().token}, entry.WRONG_ANSWER)
    again = opened(text, form.path)
    with freeze_time(now() + A_WHILE):
        answer = sends(form.visitor, form.path, {**form.content, **again.by_working()})
    assert answer.status_code == 303


def test_a_form_is_refused_too_late_and_too_soon(form: Form) -> None:
    data = form.open().by_working()
    with freeze_time(now() + timedelta(hours=2)):
        form.refuses(data, entry.EXPIRED)
    answer = form.visitor.post(form.path, data={**form.content, **form.open().by_working()})
    assert answer.status_code == 422
    assert entry.TOO_FAST in answer.text


def test_another_forms_and_another_tenants_token_is_refused(form: Form) -> None:
    """A token is bound to the form's address and to the tenant whose it is."""
    others = [one.path.format(hearing=form.path.split("/")[2]) for one in FORMS.values()]
    elsewhere = a_hearing(form.county, TOWN, subject="镇区规划")
    for host, path in [(BUREAU, one) for one in others if one != form.path] + [
        (TOWN, FORMS["participation.opinion"].path.format(hearing=elsewhere))
    ]:
        data = opens(form.county.visitor(host), path).by_thinking()
        form.refuses(data, entry.UNKNOWN)


def test_what_another_site_sends_is_refused(form: Form) -> None:
    """B6."""
    data = {**form.content, **form.open().by_thinking()}
    for headers in (
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://example.com"},
        {"Origin": "null"},
        {"Origin": f"http://{HOSTS[TOWN]}"},
    ):
        assert sends(form.visitor, form.path, data, headers=headers).status_code == 403, headers
    own = {"Sec-Fetch-Site": "same-origin", "Origin": f"http://{HOSTS[BUREAU]}"}
    assert sends(form.visitor, form.path, data, headers=own).status_code == 303


def test_what_is_too_large_or_no_form_is_refused(form: Form) -> None:
    data = {**form.content, **form.open().by_thinking()}
    large = sends(form.visitor, form.path, data | {"text": "长" * 64 * 1024})
    assert large.status_code == 413
    for media_type in ("multipart/form-data; boundary=x", "application/json", "text/plain"):
        answer = sends(form.visitor, form.path, {}, content_type=media_type)
        assert answer.status_code == 415, media_type


def test_one_address_sends_so_often_and_no_more(form: Form) -> None:
    for _ in range(3):
        form.refuses({"form_token": "x"}, entry.UNKNOWN)
    form.refuses(form.open().by_thinking(), entry.TOO_OFTEN, 429)
    for last in (1, 2, 3):  # One machine has all of a /64.
        form.refuses({"form_token": "x"}, entry.UNKNOWN, address=f"2001:db8:1:2::{last}")
    form.refuses({"form_token": "x"}, entry.TOO_OFTEN, 429, address="2001:db8:1:2::4")
    form.refuses({"form_token": "x"}, entry.UNKNOWN, address="2001:db8:1:3::1")


def test_with_the_script_one_may_send_more_often(form: Form) -> None:
    for _ in range(6):
        assert sends(form.visitor, form.path, {**form.content, **form.open().by_working()}).status_code == 303
    form.refuses(form.open().by_working(), entry.TOO_OFTEN, 429)


def test_under_the_portal_a_form_works_as_well(form: Form) -> None:
    path = f"/u/{BUREAU}{form.path}"
    portal = form.county.visitor(PORTAL)
    data = {**form.content, **opens(portal, path).by_working()}
    answer = sends(portal, path, data)
    assert answer.status_code == 303
    assert answer.location.startswith(f"/u/{BUREAU}/participate/")


def test_opening_a_form_writes_nothing(form: Form) -> None:
    before = checksums(form.county)
    form.open()
    assert checksums(form.county) == before


@pytest.mark.parametrize(
    ("written", "number"),
    [("8", 8), ("８", 8), (" 八 ", 8), ("十二", 12), ("二十", 20), ("等于八。", 8), ("01", 1)],
)
def test_an_answer_is_read_in_digits_and_words(written: str, number: int) -> None:
    assert number_in(written) == number


@pytest.mark.parametrize("written", ["", "十十", "八八", "eight", "-8", "８００", "十二三", "八 八"])
def test_no_answer_is_read_from_anything_else(written: str) -> None:
    assert number_in(written) is None


def test_a_question_can_be_answered() -> None:
    for _ in range(200):
        question, number = new_question()
        assert re.fullmatch(r"[二三四五六七八九][加减][二三四五六七八九]等于几？", question)
        assert 1 <= number <= 18


def test_the_script_is_kept_for_ever_under_todays_address(county: County) -> None:
    old = county.visitor().get("/static/visitors/000000000000/challenge.js")
    assert old.status_code == 308
    answer = county.visitor().get(old.location)
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.mimetype == "text/javascript"
    assert answer.text.count("\n") < 60
