"""Every route x everybody x own, foreign and missing things: nothing leaks, nobody oversteps (M1, A11).

A route that is not in routes.py fails the build.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from werkzeug.routing import Rule
from werkzeug.test import Client, TestResponse

from app.accounts.permissions import Permission
from app.accounts.session import Who
from app.content.states import ArticleState
from app.operations.guard import OfficeView
from tests.architecture.checksums import checksums, of_tenant
from tests.architecture.conftest import ELSEWHERE, MISSING_THINGS, World, login_of
from tests.architecture.offices import OFFICE, OFFICE_VIEWS
from tests.architecture.routes import (
    DESK,
    EVERYBODY,
    FORMS,
    OPEN,
    PERSON,
    PUBLIC,
    DeskRoute,
    PersonRoute,
)
from tests.browser import Browser
from tests.worlds import BUREAU, HOSTS, PORTAL, TOWN

#: What differs from one answer to the next without telling anything.
TOKEN = re.compile(rb'name="csrf_token" value="[^"]*"')
LISTED: dict[str, DeskRoute | PersonRoute] = {**DESK, **PERSON}
#: What signing in and being signed in writes by itself.
OF_SESSIONS = ("staff_session", "failed_sign_in")
#: Who is refused is refused before the database is asked for the thing, or by the ORM's fence, which stands
#: alone on SQLite: PostgreSQL's policies would hide a gap in it. They are asked in test_fences.py.
ON_ONE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def is_office(rule: Rule) -> bool:
    return f"{rule.rule}/".startswith(f"{OFFICE}/")


def test_every_route_stands_in_the_table(county_front: Any) -> None:
    public = {rule.endpoint for rule in county_front.public.url_map.iter_rules()}
    console = {rule.endpoint for rule in county_front.console.url_map.iter_rules() if not is_office(rule)}
    assert public == PUBLIC.keys() | FORMS.keys() | (OPEN.keys() - {"static"})
    assert console == DESK.keys() | PERSON.keys() | (
        OPEN.keys() - {"challenge.script", "visitors_scripts.script"}
    )


def test_the_public_application_only_reads_but_for_visitors_forms(county_front: Any) -> None:
    for rule in county_front.public.url_map.iter_rules():
        writes = rule.methods - {"GET", "HEAD", "OPTIONS"}
        assert writes == ({"POST"} if rule.endpoint in FORMS else set()), rule.endpoint


def test_every_route_of_the_console_says_who_may(county_front: Any) -> None:
    console: Any = county_front.console
    offices = {view.endpoint: view for view in console.extensions["admin"][0]._views}  # noqa: SLF001 - it tells nobody
    for rule in console.url_map.iter_rules():
        if is_office(rule):
            view = offices[rule.endpoint.partition(".")[0]]
            assert isinstance(view, OfficeView), rule.endpoint
            assert view.may in Permission, rule.endpoint
        elif rule.endpoint not in OPEN:
            assert console.view_functions[rule.endpoint].may in {*Permission, *Who}, rule.endpoint
    assert offices.keys() == OFFICE_VIEWS.keys()


def test_a_route_has_one_method_and_get_routes_no_other(county_front: Any) -> None:
    for rule in county_front.console.url_map.iter_rules():
        if rule.endpoint in LISTED:
            expected = LISTED[rule.endpoint].method
            assert rule.methods - {"HEAD", "OPTIONS"} == {expected}, rule.endpoint


@pytest.fixture(scope="module")
def county_front(world: World) -> Any:
    return world.county.front


def ask(browser: Browser, route: DeskRoute, slug: str, things: dict[str, object]) -> TestResponse:
    path = f"/{slug}{route.path.format(**things)}"
    if route.method == "GET":
        return browser.get(path)
    return browser.post(path, data={"revision": str(things["revision"]), **route.sends})


def said(answer: TestResponse) -> tuple[int, bytes]:
    return answer.status_code, TOKEN.sub(b"", answer.data)


@ON_ONE
@pytest.mark.parametrize("endpoint", DESK)
def test_who_may_not_is_refused_and_changes_nothing(world: World, endpoint: str) -> None:
    route = DESK[endpoint]
    own, foreign = world.kept_things(BUREAU, route.state), world.kept_things(TOWN, route.state)
    before = checksums(world.county, but=OF_SESSIONS)
    is_get = route.method == "GET"
    assert ask(world.browser(""), route, BUREAU, own).status_code == (302 if is_get else 401)
    for login in ELSEWHERE:
        browser = world.browser(login)
        refused = said(ask(browser, route, BUREAU, own))
        assert refused == said(ask(browser, route, "no-such-unit", own)), login
        assert refused[0] == 404, login
    for letter in EVERYBODY:
        browser = world.browser(login_of(letter))
        if letter not in route.who:
            assert ask(browser, route, BUREAU, own).status_code == 403, letter
        if letter not in "OA":  # The county's people reach all units.
            assert ask(browser, route, TOWN, foreign).status_code == 404, letter
    assert checksums(world.county, but=OF_SESSIONS) == before


@ON_ONE
@pytest.mark.parametrize("endpoint", [name for name, route in DESK.items() if "{" in route.path])
def test_a_foreign_id_answers_exactly_as_a_missing_one(world: World, endpoint: str) -> None:
    route = DESK[endpoint]
    own, foreign = world.kept_things(BUREAU, route.state), world.kept_things(TOWN, route.state)
    before = checksums(world.county, but=OF_SESSIONS)
    for letter in EVERYBODY:
        browser = world.browser(login_of(letter))
        answers = [said(ask(browser, route, BUREAU, things)) for things in (foreign, MISSING_THINGS)]
        assert answers[0] == answers[1], letter
        assert answers[0][0] == (404 if letter in route.who else 403), letter
        if "{revision}" in route.path:
            for mixed in _mixed(own, foreign):
                assert said(ask(browser, route, BUREAU, mixed)) == answers[0], mixed
    assert checksums(world.county, but=OF_SESSIONS) == before


def _mixed(own: dict[str, object], foreign: dict[str, object]) -> Iterator[dict[str, object]]:
    """Yield the pairs of article and revision that do not belong together (A2)."""
    yield {**own, "revision": foreign["revision"]}
    yield {**foreign, "revision": own["revision"]}


@pytest.mark.parametrize("endpoint", DESK)
def test_who_may_is_let_in_and_touches_no_other_tenant(world: World, endpoint: str) -> None:
    route = DESK[endpoint]
    town = world.tenant_id(TOWN)
    is_idle = route.method == "GET" or route.answer in (409, 422) or not route.changes
    make = world.kept_things if is_idle else world.things
    wanted = [(letter, make(BUREAU, route.state)) for letter in route.who]
    before = checksums(world.county, but=OF_SESSIONS)
    for letter, things in wanted:
        answer = ask(world.browser(login_of(letter)), route, BUREAU, things)
        after = checksums(world.county, but=OF_SESSIONS)
        assert answer.status_code == route.answer, f"{letter}: {answer.text}"
        assert of_tenant(after, town) == of_tenant(before, town), letter
        assert (after == before) == is_idle, letter
        before = after


@ON_ONE
@pytest.mark.parametrize("endpoint", [name for name, route in LISTED.items() if route.method == "POST"])
def test_a_form_without_its_token_is_refused(world: World, endpoint: str) -> None:
    """B6: by default, before the view and before asking who sends it."""
    route = LISTED[endpoint]
    things = world.kept_things(BUREAU, ArticleState.DRAFT)
    path = route.path.format(**things)
    if isinstance(route, DeskRoute):
        path = f"/{BUREAU}{path}"
    before = checksums(world.county, but=OF_SESSIONS)
    for login in ("", "slj.manager", "slj.editor"):
        browser = world.browser(login)
        token, browser.token = browser.token, ""
        for forged in ({}, {"csrf_token": world.browser("slj.leader").token}):
            assert browser.post(path, data={**forged, "revision": "1"}).status_code == 400, login
        browser.token = token
    assert checksums(world.county, but=OF_SESSIONS) == before


@ON_ONE
@pytest.mark.parametrize("endpoint", PERSON)
def test_pages_of_the_person_open_step_by_step(world: World, endpoint: str) -> None:
    """D9: with the password alone one reaches what leads to the second factor, and the way out."""
    route = PERSON[endpoint]
    before = checksums(world.county, but=OF_SESSIONS)
    comers = {
        "nobody": (world.browser(""), route.nobody),
        "due": (world.halfway("portal.operator"), route.due),
        "enrolling": (world.halfway(world.newcomer()), route.enrolling),
        "signed in": (world.county.staff("tsg.editor"), route.signed_in),
    }
    for who, (browser, expected) in comers.items():
        answer = browser.open(route.path, method=route.method, data={"csrf_token": browser.token})
        assert answer.status_code == expected, who
        if expected == 302 and who != "signed in":
            assert answer.location.startswith("/login"), who
    assert before.keys() <= checksums(world.county, but=OF_SESSIONS).keys()


@pytest.mark.parametrize("login", ["portal.operator", "portal.newcomer"])
def test_half_a_sign_in_reaches_no_desk(world: World, login: str) -> None:
    world.newcomer()
    things = world.kept_things(BUREAU, ArticleState.SUBMITTED)
    before = checksums(world.county, but=OF_SESSIONS)
    browser = world.halfway(login)
    for endpoint, route in DESK.items():
        for slug in (BUREAU, "no-such-unit"):
            answer = ask(browser, route, slug, things)
            assert answer.status_code == (302 if route.method == "GET" else 403), endpoint
    assert checksums(world.county, but=OF_SESSIONS) == before


@pytest.mark.parametrize("endpoint", PUBLIC)
def test_visitors_read_and_nothing_else(world: World, endpoint: str) -> None:
    route = PUBLIC[endpoint]
    things = world.public_things(BUREAU)
    path = route.path.format(**things)
    before = checksums(world.county, but=OF_SESSIONS)
    for slug, expected in ((BUREAU, route.unit), (PORTAL, route.portal)):
        visitor = world.county.visitor(slug)
        answer = visitor.get(path)
        assert answer.status_code == expected, slug
        assert "Set-Cookie" not in answer.headers
        # A page depends on the display mode, and on no other cookie (tests/app/display).
        assert ("cookie" in answer.headers.get("Vary", "").lower()) == (answer.mimetype == "text/html")
        answer.close()  # A streamed file ends with its reader.
        head = Client(world.county.front).head(path, base_url=f"http://{HOSTS[slug]}")
        assert (head.status_code, head.data) == (expected, b"")
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            assert visitor.open(path, method=method).status_code == 405, method
    mounted = world.county.visitor(PORTAL).get(f"/u/{BUREAU}{path}")
    assert mounted.status_code == route.unit
    mounted.close()
    assert checksums(world.county, but=OF_SESSIONS) == before


@pytest.mark.parametrize("endpoint", ["article.article", "content.file"])
def test_a_things_address_works_on_its_own_host_only(world: World, endpoint: str) -> None:
    """A8: a file of one tenant is missing on the host of another."""
    path = PUBLIC[endpoint].path
    own, foreign = world.public_things(BUREAU), world.public_things(TOWN)
    missing = {**own, "token": "0" * 32, "path": "/tzgg/2026/01/2000000000.html"}
    visitor = world.county.visitor(BUREAU)
    assert visitor.get(path.format(**own)).status_code == 200
    answers = {
        visitor.get(found).text.replace(found, "")
        for found in (path.format(**foreign), path.format(**missing))
    }
    assert len(answers) == 1
    assert visitor.get(path.format(**foreign)).status_code == 404
    for prefix in ("", f"/u/{BUREAU}"):
        answer = world.county.visitor(PORTAL).get(prefix + path.format(**foreign))
        assert answer.status_code == 404


def test_what_is_not_published_has_no_public_address(world: World) -> None:
    """A7: one predicate for page, file, list, feed and site map."""
    for state in ArticleState:
        things = world.things(BUREAU, state)
        article = things["article"]
        visitor = world.county.visitor(BUREAU)
        expected = 200 if state is ArticleState.PUBLISHED else 404
        assert visitor.get(f"/files/{things['token']}.txt").status_code == expected, state
        for path in ("/", "/tzgg/", "/feed.atom", "/sitemap.xml", "/tzgg/feed.atom"):
            is_listed = f"/{article}.html" in visitor.get(path).text
            assert is_listed == (state is ArticleState.PUBLISHED), (state, path)


def test_a_private_files_etag_opens_nothing(world: World) -> None:
    """A8: permission first, conditional answer second."""
    things = world.kept_things(BUREAU, ArticleState.DRAFT)
    digest = world.digest_of(BUREAU, things["token"])
    visitor = world.county.visitor(BUREAU)
    for tag in (digest, "0" * 64, "*"):
        etag = tag if tag == "*" else f'"{tag}"'
        answer = visitor.get(f"/files/{things['token']}.txt", headers={"If-None-Match": etag})
        assert answer.status_code == 404


@pytest.mark.parametrize("slug", [BUREAU, TOWN, PORTAL])
def test_manage_leads_to_the_own_desk(world: World, slug: str) -> None:
    expected = f"http://console.yj.localhost/{slug}/"
    for path in ("/manage", "/login"):
        assert world.county.visitor(slug).get(path).location == expected
    if slug != PORTAL:
        assert world.county.visitor(PORTAL).get(f"/u/{slug}/manage").location == expected


def test_neither_application_answers_for_the_other(world: World) -> None:
    things = world.kept_things(BUREAU, ArticleState.DRAFT)
    for endpoint, route in DESK.items():
        answer = Browser(world.county.front, host=HOSTS[BUREAU]).open(
            f"/{BUREAU}{route.path.format(**things)}", method=route.method
        )
        # /slj/people and the like look like a column's address without its slash.
        assert answer.status_code in (404, 405, 308), endpoint
    stranger = world.county.stranger()
    for path in ("/tzgg/", "/xxgk/", f"/u/{BUREAU}/", "/feed.atom", "/sitemap.xml", "/files/0.txt"):
        assert stranger.get(path).status_code in (302, 308, 404), path


@pytest.mark.parametrize("endpoint", OPEN)
def test_what_is_open_names_nobody(world: World, endpoint: str) -> None:
    for browser in (world.county.stranger(), world.county.visitor(BUREAU)):
        answer = browser.get(OPEN[endpoint])
        assert answer.status_code in (200, 308, 404)  # 308: to the address with today's hash.
        assert "Set-Cookie" not in answer.headers
        answer.close()


def _office_paths(world: World) -> Iterator[tuple[str, str, str]]:
    for rule in world.county.front.console.url_map.iter_rules():
        if is_office(rule) and not rule.endpoint.endswith(".static"):
            path = re.sub(r"<[^>]+>", "1", rule.rule)
            for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                yield rule.endpoint.partition(".")[0], method, path


def test_the_office_is_for_the_county_only(world: World) -> None:
    """A11: a unit's people and the portal's own reach nothing of the county's."""
    before = checksums(world.county, but=OF_SESSIONS)
    logins = [
        "qiaotou.manager",
        *(f"portal.{role}" for role in ("editor", "signer", "leader", "manager")),
        *(login_of(letter) for letter in "ESLMYA"),
    ]
    halfway = [world.browser(""), world.halfway("portal.operator"), world.halfway(world.newcomer())]
    for view, method, path in _office_paths(world):
        for login in logins:
            if login == login_of("A") and "A" in OFFICE_VIEWS[view]:
                continue
            browser = world.browser(login)
            answer = browser.open(path, method=method, data={"csrf_token": browser.token})
            assert answer.status_code == 403, (login, method, path)
        for browser in halfway:
            answer = browser.open(path, method=method, data={"csrf_token": browser.token})
            assert answer.status_code in ((302,) if method == "GET" else (401, 403)), (method, path)
    after = checksums(world.county, but=(*OF_SESSIONS, "account", "membership"))
    assert after.items() <= before.items()


def test_the_offices_pages_change_nothing_when_read_and_take_no_form_without_token(world: World) -> None:
    before = checksums(world.county, but=OF_SESSIONS)
    for view, method, path in _office_paths(world):
        for letter in OFFICE_VIEWS[view]:
            browser = world.browser(login_of(letter))
            if method == "GET":
                answer = browser.get(path)
                assert answer.status_code in (200, 302, 303, 404, 409), (letter, path)
                assert answer.status_code == 200 or path.count("/") > 3, (letter, path)
            else:
                token, browser.token = browser.token, ""
                assert browser.post(path, data={"id": "1"}).status_code == 400, (letter, path)
                browser.token = token
    assert checksums(world.county, but=OF_SESSIONS) == before
