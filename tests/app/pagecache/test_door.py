"""A finished page is answered before Flask, and never after what it shows has changed (DESIGN 8, ZY-11)."""

import gzip
import re
import secrets
import shutil
import threading
import time
from collections.abc import Iterator
from typing import Any

import brotli
import pytest
import zstandard
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from werkzeug.test import Client, TestResponse

from app.accounts.models import Account
from app.content.models import Article
from app.content.states import ArticleState
from app.core.database import db
from app.front import Front
from app.pagecache import board as boards
from app.pagecache import hooks, sites
from app.pagecache.board import HOSTS as HOSTS_PLACE
from app.pagecache.board import place_of
from app.pagecache.changes import CHANGING
from app.pagecache.generations import raise_generation
from app.publishing import endings
from app.tenancy import resolver
from app.tenancy.models import Host, Tenant
from tests.databases import FIXED, SETTINGS, Database
from tests.worlds import BUREAU, HOSTS, PORTAL, TOWN, County

PATH = "/tzgg/"
UNPACKED = {
    "br": brotli.decompress,
    "zstd": zstandard.ZstdDecompressor().decompress,
    "gzip": gzip.decompress,
}


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no slow machine outlive what is held for a second."""
    monkeypatch.setattr(sites, "HOLDS_FOR", 3600)
    monkeypatch.setattr(hooks, "BRIEFLY", 3600)


@pytest.fixture
def statements(county: County) -> Iterator[list[str]]:
    """Return the statements that the public application sends, as they come."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    with county.front.public.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


@pytest.fixture
def colleague(county: County, database: Database) -> Iterator[Front]:
    """Return another worker of the same machine."""
    assert county.front is database.front
    front = Front({**SETTINGS, **FIXED, "DATA_DIR": str(database.folder), **database.address()})
    yield front
    for app in (front.public, front.console):
        with app.app_context():
            db.engine.dispose()


def ask(
    front: Front, path: str = PATH, slug: str = BUREAU, method: str = "GET", **headers: str
) -> TestResponse:
    """Ask as a program does, so that everything said is seen."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Client(front).open(path, method=method, base_url=f"http://{HOSTS[slug]}", headers=named)


def said(answer: TestResponse) -> dict[str, str]:
    """Return the headers but for the time, which the server adds to every answer."""
    return {name: value for name, value in answer.headers.items() if name != "Date"}


def test_a_page_asked_for_again_costs_no_statement_and_says_the_same(
    county: County, statements: list[str]
) -> None:
    for path in (PATH, "/", "/feed.atom", "/hant/tzgg/"):
        first = ask(county.front, path)
        del statements[:]
        again = ask(county.front, path)
        assert statements == []
        assert again.data == first.data
        assert said(again) == said(first)


def test_a_unit_under_its_portal_is_answered_too(county: County, statements: list[str]) -> None:
    first = ask(county.front, f"/u/{BUREAU}/tzgg/", PORTAL)
    del statements[:]
    assert ask(county.front, f"/u/{BUREAU}/tzgg/", PORTAL).data == first.data
    assert statements == []
    assert ask(county.front, f"/u/{TOWN}/tzgg/", PORTAL).data != first.data


@pytest.mark.parametrize("added", ["?from=timeline", "?utm_source=a&x=1&x=2", "?x", "?%78=1&"])
def test_what_no_page_is_asked_makes_no_other_page(county: County, statements: list[str], added: str) -> None:
    """Else whoever adds something new each time has every page made for them alone."""
    for path, separator in ((PATH, ""), ("/", ""), ("/tzgg/?page=1", "&")):
        first = ask(county.front, path)
        del statements[:]
        again = ask(county.front, path + (f"{separator}{added[1:]}" if separator else added))
        assert statements == []
        assert (again.data, said(again)) == (first.data, said(first))
    led = ask(county.front, f"/search{added}&q=%E6%B0%B4&mode=e")
    assert (led.status_code, led.location) == (303, "/search?q=%E6%B0%B4")


@pytest.mark.parametrize("before", ["", "/hant", f"/u/{BUREAU}", f"/hant/u/{BUREAU}"])
def test_the_interface_for_programs_is_asked_all_that_was_sent(county: County, before: str) -> None:
    for query, expected in (("", 200), ("?limit=none", 422)):
        assert ask(county.front, f"{before}/api/v1/articles{query}", PORTAL).status_code == expected


def test_no_worker_shows_a_text_after_its_withdrawal(county: County, colleague: Front) -> None:
    article = county.an_article(title="将要撤回的通知", state=ArticleState.PUBLISHED)
    path = county.path_of(BUREAU, article)
    for front in (county.front, colleague):
        for _ in range(2):
            assert "将要撤回的通知" in ask(front).text
            assert ask(front, path).status_code == 200
    with county.inside(BUREAU):
        found = db.session.get_one(Article, article)
        assert found.head_id is not None
        endings.withdraw(found, _signer(), revision=found.head_id, reason="内容有误")
    for front in (colleague, county.front):
        assert "将要撤回的通知" not in ask(front).text
        assert ask(front, path).status_code == 410
        assert "将要撤回的通知" not in ask(front, "/", PORTAL).text


def test_a_published_text_is_seen_by_the_next_request_of_every_worker(
    county: County, colleague: Front
) -> None:
    for number in range(5):
        for front in (colleague, county.front):
            assert f"第{number}号通知" not in ask(front).text
        county.an_article(title=f"第{number}号通知", state=ArticleState.PUBLISHED)
        for front in (colleague, county.front):
            assert f"第{number}号通知" in ask(front).text


def test_between_mark_and_commit_readers_ask_the_database(county: County, statements: list[str]) -> None:
    ask(county.front)
    with county.everywhere():
        tenant = _tenant(BUREAU)
        board = boards.board()
        marked = board.mark([place_of(tenant)])
        for _ in range(2):
            del statements[:]
            ask(county.front)
            assert statements != []
        board.settle(marked)
    for _ in range(2):
        del statements[:]
        ask(county.front)
    assert statements == []


def test_the_mark_of_who_was_killed_ends(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    with county.everywhere():
        board, place = boards.board(), place_of(_tenant(BUREAU))
        monkeypatch.setattr(boards, "MARKED_FOR", 500_000_000)
        board.mark([place])
        assert board.is_moving(place)
        time.sleep(0.51)
        assert not board.is_moving(place)


@pytest.mark.parametrize("low_bits", [0, 0xFFFF])
def test_a_mark_is_believed_from_its_first_moment_on(
    county: County, monkeypatch: pytest.MonkeyPatch, low_bits: int
) -> None:
    monkeypatch.setattr(secrets, "randbits", lambda _bits: low_bits)
    for now in (10**15, 10**15 | 0xFFFF, 10**15 & ~0xFFFF):
        monkeypatch.setattr(time, "monotonic_ns", lambda now=now: now)
        with county.everywhere():
            board, place = boards.board(), place_of(_tenant(BUREAU))
            marked = board.mark([place])
            assert board.is_moving(place)
            board.settle(marked)
            assert not board.is_moving(place)


def test_an_abandoned_change_leaves_no_mark(county: County) -> None:
    with county.everywhere():
        tenant = _tenant(BUREAU)
        raise_generation(tenant)
        db.session.rollback()
        assert not boards.board().is_moving(place_of(tenant))
        raise_generation(tenant)
        with db.session.begin_nested():
            raise_generation(tenant)
        db.session.commit()
        assert not boards.board().is_moving(place_of(tenant))


def test_a_host_given_away_answers_no_more(county: County, colleague: Front) -> None:
    for front in (county.front, colleague):
        assert [ask(front).status_code for _ in range(2)] == [200, 200]
    with county.everywhere():
        host = db.session.scalars(db.select(Host).where(Host.name == HOSTS[BUREAU])).one()
        host.name = "elsewhere.yj.localhost"
        db.session.flush()
        assert HOSTS_PLACE in db.session().info[CHANGING]
    for front in (county.front, colleague):
        assert ask(front).status_code == 404


def test_a_page_is_packed_once_and_answered_whole_in_part_or_in_short(county: County) -> None:
    plain = ask(county.front)
    for name, unpacked in UNPACKED.items():
        packed = ask(county.front, Accept_Encoding=f"{name};q=1.0, x;q=0.8")
        assert packed.headers["Content-Encoding"] == name
        assert unpacked(packed.data) == plain.data
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert ask(county.front, Accept_Encoding="br;q=0, gzip;q=0").data == plain.data
    for tag in (plain.headers["ETag"], packed.headers["ETag"], f'"x", W/{packed.headers["ETag"]}', "*"):
        short = ask(county.front, If_None_Match=tag)
        assert (short.status_code, short.data) == (304, b"")
        assert short.headers["Content-Security-Policy"] == plain.headers["Content-Security-Policy"]
    head = ask(county.front, method="HEAD")
    assert (head.data, head.headers["Content-Length"]) == (b"", str(len(plain.data)))
    part = ask(county.front, Range="bytes=10-19")
    assert (part.status_code, part.data) == (206, plain.data[10:20])
    assert part.headers["Content-Range"] == f"bytes 10-19/{len(plain.data)}"
    assert ask(county.front, Range="bytes=10-19", If_Range='"old"').status_code == 200
    assert ask(county.front, Range="bytes=99999999-").status_code == 416
    assert ask(county.front, Range="bytes=0-1,5-6").data == plain.data


def test_many_who_ask_for_a_missing_page_get_one_rendering(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, kept = county.front.public.extensions["pages"], []
    put = store.put

    def slowly(key: Any, page: Any) -> None:
        kept.append(key)
        time.sleep(0.05)
        put(key, page)

    monkeypatch.setattr(store, "put", slowly)
    answers: list[TestResponse] = []
    threads = [threading.Thread(target=lambda: answers.append(ask(county.front))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {answer.status_code for answer in answers} == {200}
    assert len(answers) == 8
    assert len(kept) == 1


def test_another_worker_takes_a_page_from_the_folder(
    county: County, colleague: Front, statements: list[str]
) -> None:
    first = ask(colleague)
    del statements[:]
    again = ask(county.front)
    assert again.data == first.data
    assert said(again) == said(first)
    assert not [one for one in statements if "article" in one]


def test_a_folder_that_was_deleted_under_a_worker_is_filled_anew(
    county: County, colleague: Front, database: Database, statements: list[str]
) -> None:
    shutil.rmtree(database.folder / "pages" / "kept")
    first = ask(colleague)
    del statements[:]
    assert ask(county.front).data == first.data
    assert not [one for one in statements if "article" in one]


def test_a_web_server_finds_valid_pages_alone(county: County, database: Database) -> None:
    hosts = database.folder / "pages" / "hosts"
    page = hosts / HOSTS[BUREAU] / "tzgg" / "index.html"
    time.sleep(1.01)  # A web server finds nothing in the second of a change (test_moments.py).
    answer = ask(county.front)
    assert page.read_bytes() == answer.data
    assert gzip.decompress(page.with_name("index.html.gz").read_bytes()) == answer.data
    with county.inside(BUREAU) as tenant:
        raise_generation(tenant.id)
        db.session.flush()
        assert page.exists()  # Nothing has been decided yet.
    assert not page.exists()
    time.sleep(1.01)
    assert ask(county.front).data == answer.data
    assert page.exists()


def test_answers_that_there_is_nothing_are_kept_apart_and_briefly(
    county: County, statements: list[str]
) -> None:
    first = ask(county.front, "/nowhere/")
    del statements[:]
    again = ask(county.front, "/nowhere/")
    assert (again.status_code, again.data, statements) == (404, first.data, [])
    assert said(again) == said(first)
    absences = county.front.public.extensions["absences"]
    for kept in absences._pages.values():  # noqa: SLF001 - time passes
        kept.until = time.monotonic()
    ask(county.front, "/nowhere/")
    assert statements != []


def test_while_the_database_is_away_kept_pages_are_answered_and_say_so(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = ask(county.front)
    known = county.front.public.extensions["sites"]

    def away(*_: object) -> None:
        raise OperationalError("SELECT 1", {}, OSError("gone"))

    with monkeypatch.context() as patch:
        patch.setattr(resolver, "_settle", away)
        for site in known._found.values():  # noqa: SLF001 - a second passes
            site.learnt_at -= 4000
        for _ in range(2):
            kept = ask(county.front)
            assert (kept.status_code, kept.data) == (200, whole.data)
            assert kept.headers["X-Ziwang-Kept"] == "database-away"
        missing = ask(county.front, "/gzdt/")
        assert missing.status_code == 503
        assert missing.headers["Retry-After"]
        assert "永嘉县水利局" in missing.text, "the subsite says it, not some server"
        assert "请过几分钟再试" in missing.text
        sheet = re.search(r'<link rel="stylesheet" href="(/[^"]+)"', missing.text)
        assert sheet
        assert ask(county.front, sheet[1]).status_code == 200
        unknown = Client(county.front).get("/", base_url="http://nobody.example")
        assert (unknown.status_code, "永嘉" in unknown.text) == (404, False)
    known.away_until = 0.0
    assert ask(county.front, "/gzdt/").status_code == 200
    assert "X-Ziwang-Kept" not in ask(county.front).headers


def test_what_changed_before_the_database_went_away_is_not_shown(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(county.front)
    with county.inside(BUREAU) as tenant:
        raise_generation(tenant.id)

    def away(*_: object) -> None:
        raise OperationalError("SELECT 1", {}, OSError("gone"))

    monkeypatch.setattr(resolver, "_settle", away)
    assert ask(county.front).status_code == 503


def _tenant(slug: str) -> int:
    found: int = db.session.scalars(db.select(Tenant.id).where(Tenant.slug == slug)).one()
    return found


def _signer() -> Any:
    return db.session.scalars(db.select(Account).where(Account.login == f"{BUREAU}.signer")).one()
