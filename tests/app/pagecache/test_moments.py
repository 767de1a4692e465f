"""When a page was last changed is told truly, and no copy of before is taken for the page of now (ZY-11)."""

import json
import os
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from freezegun import freeze_time
from sqlalchemy import select
from werkzeug.http import http_date, parse_date

from app.content.states import ArticleState
from app.core.database import db
from app.pagecache import moments
from app.pagecache.board import HOSTS as ALL
from app.pagecache.generations import raise_generation, turn_pages_at
from app.pagecache.moments import SETTLES_IN, holds, last_change, told
from app.tenancy.models import Tenant
from deploy.gunicorn import ALL_PLACES
from tests.app.pagecache.asking import ask
from tests.databases import Database
from tests.worlds import BUREAU, CONSOLE, HOSTS, PORTAL, TOWN, County

PATHS = ("/", "/tzgg/", "/feed.atom", "/sitemap.xml", "/hant/tzgg/", "/tzgg/?page=1")
K = 1_700_000_000


@pytest.fixture(autouse=True)
def _started_long_ago(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moments, "STARTED", K)


def changed_at(county: County, slug: str, second: int) -> None:
    """Let a subsite have been changed in a second, under a generation of its own."""
    with county.everywhere():
        raise_generation(tenant_of(slug).id)
        db.session.flush()
        db.session.execute(db.update(Tenant).where(Tenant.slug == slug).values(changed_second=second))


def tenant_of(slug: str) -> Tenant:
    return db.session.scalars(select(Tenant).where(Tenant.slug == slug)).one()


def second_of(answer: Any) -> int:
    """Return what is told of a page, which is never later than the time of the answer."""
    found = parse_date(answer.headers["Last-Modified"])
    assert found is not None
    assert found <= datetime.now(UTC)
    return int(found.timestamp())


@pytest.mark.parametrize("path", PATHS)
def test_who_has_the_page_by_its_date_is_answered_in_short(county: County, path: str) -> None:
    long_ago = int(time.time()) - 1000
    for slug in (BUREAU, PORTAL):
        changed_at(county, slug, long_ago)
    for _ in range(2):  # rendered, then kept
        page = ask(county.front, path, HOSTS[BUREAU])
        assert (page.status_code, second_of(page)) == (200, long_ago + SETTLES_IN)
        date = page.headers["Last-Modified"]
        short = ask(county.front, path, HOSTS[BUREAU], If_Modified_Since=date)
        assert (short.status_code, short.data) == (304, b"")
        assert "Last-Modified" not in short.headers  # The tag says it (RFC 9110, 15.4.5).
        assert short.headers["ETag"].strip('"').partition("-")[0] in page.headers["ETag"]
        assert ask(county.front, path, HOSTS[BUREAU], "HEAD", If_Modified_Since=date).status_code == 304


def test_a_page_that_nobody_keeps_is_answered_in_short_too(county: County, database: Database) -> None:
    changed_at(county, BUREAU, K)
    date = http_date(K + SETTLES_IN)
    stores = county.front.public.extensions
    for _ in range(2):
        stores["pages"].clear()
        stores["page_folder"].clear()
        assert ask(county.front, "/tzgg/", HOSTS[BUREAU], If_Modified_Since=date).status_code == 304
    changed_at(county, BUREAU, K + 100)
    assert ask(county.front, "/tzgg/", HOSTS[BUREAU], If_Modified_Since=date).status_code == 200


def test_a_tag_wins_over_a_date(county: County) -> None:
    changed_at(county, BUREAU, K)
    for _ in range(2):
        tag = ask(county.front, "/tzgg/", HOSTS[BUREAU]).headers["ETag"]
        for named, date, status in (
            ('"other"', http_date(time.time()), 200),
            ("nonsense", http_date(time.time()), 200),
            ("", http_date(time.time()), 200),
            (tag, http_date(0), 304),
        ):
            asked = {"If_None_Match": named, "If_Modified_Since": date}
            assert ask(county.front, "/tzgg/", HOSTS[BUREAU], **asked).status_code == status, named
        county.front.public.extensions["pages"].clear()


@pytest.mark.parametrize(
    "date",
    [
        "",
        "yesterday",
        "0",
        "-1",
        "Thu, 32 Nov 2026 25:61:61 GMT",
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "Sat, 01 Jan 0000 00:00:00 GMT",
        "Mon, 01 Jan 0001 00:00:00 +1400",
        "Thu, 26 Nov 99999999999 00:00:00 GMT",
        "Thu, 26 Nov 2026 00:00:00 GMT, Thu, 26 Nov 2026 00:00:00 GMT",
        "Thu, 26 Nov 2026 00:00:00 GMT" * 400,
        "二〇二六年十一月二十六日",
        "Wed, 15 Nov 2023 00:00:00 -99999999",
        http_date(K + SETTLES_IN - 1),
    ],
)
def test_what_is_no_date_or_none_that_was_told_gets_the_page(county: County, date: str) -> None:
    changed_at(county, BUREAU, K)
    asked = date.encode().decode("latin-1")
    for _ in range(2):
        page = ask(county.front, "/tzgg/", HOSTS[BUREAU], If_Modified_Since=asked)
        assert page.status_code == 200
        assert "<html" in page.text


def test_a_date_still_to_come_was_told_by_nobody(county: County) -> None:
    changed_at(county, BUREAU, K)
    for _ in range(2):
        for ahead in (100, 10**6, 10**9):
            date = http_date(time.time() + ahead)
            assert ask(county.front, "/tzgg/", HOSTS[BUREAU], If_Modified_Since=date).status_code == 200


def test_twice_in_a_second_is_never_answered_with_the_older_page(county: County) -> None:
    """All that was told of an older page is asked for again, at once and when the changes have settled."""
    dates: set[str] = set()
    for number in range(4):
        county.an_article(BUREAU, title=f"第{number}号通知", state=ArticleState.PUBLISHED)
        for date in dates:
            again = ask(county.front, "/tzgg/", HOSTS[BUREAU], If_Modified_Since=date)
            assert again.status_code == 200
            assert f"第{number}号通知" in again.text
        dates.add(ask(county.front, "/tzgg/", HOSTS[BUREAU]).headers["Last-Modified"])
    with county.everywhere():
        second = tenant_of(BUREAU).changed_second
    for later in (0, SETTLES_IN - 1, SETTLES_IN, 10_000):
        assert not any(holds(date, second, second + later) for date in dates)


def test_no_change_is_dated_before_another_nor_ahead_of_the_clock(county: County) -> None:
    for moment in ("2030-01-01 00:00:05", "2030-01-01 00:00:00", "2030-01-01 00:00:09"):
        for _ in range(20):  # many at once, as when a county takes its old texts over
            with freeze_time(moment), county.everywhere():
                raise_generation(tenant_of(TOWN).id)
        with county.everywhere():
            found = datetime.fromtimestamp(tenant_of(TOWN).changed_second, UTC)
        assert f"{found:%F %T}" == max(moment, "2030-01-01 00:00:05")


def test_what_is_told_holds_only_when_the_change_has_settled() -> None:
    for late in range(3 * SETTLES_IN):
        second = told(K, K + late)
        assert K <= second <= K + late
        assert holds(http_date(second), K, K + late) == (late >= SETTLES_IN)
        assert not holds(http_date(second), K + late - SETTLES_IN + 1, K + 10_000)


def test_a_look_a_banners_minute_and_the_countys_news_are_changes(county: County) -> None:
    turned_at = datetime.now(UTC) - timedelta(minutes=5)
    for slug in (BUREAU, PORTAL):
        changed_at(county, slug, K)
    assert second_of(ask(county.front, "/tzgg/", HOSTS[BUREAU])) == K + SETTLES_IN
    changed_at(county, PORTAL, K + 500)  # It is shown on the unit's home alone.
    assert second_of(ask(county.front, "/", HOSTS[BUREAU])) == K + 500 + SETTLES_IN
    assert second_of(ask(county.front, f"/u/{BUREAU}/", HOSTS[PORTAL])) == K + 500 + SETTLES_IN
    assert second_of(ask(county.front, "/tzgg/", HOSTS[BUREAU])) == K + SETTLES_IN
    assert last_change((K, turned_at), (K + 1, None)) == int(turned_at.timestamp())
    with county.everywhere():
        unit = tenant_of(BUREAU).id
        turn_pages_at([datetime.now(UTC) + timedelta(seconds=1)], unit)
    time.sleep(1.1)
    assert second_of(ask(county.front, "/tzgg/", HOSTS[BUREAU])) >= int(time.time()) - 3


def test_files_and_papers_are_dated(county: County) -> None:
    article = county.an_article(title="带公文的通知", state=ArticleState.PUBLISHED)
    changed_at(county, BUREAU, K)
    path = county.path_of(BUREAU, article).replace(".html", ".docx")
    paper = ask(county.front, path, HOSTS[BUREAU])
    assert second_of(paper) == K + SETTLES_IN
    short = ask(county.front, path, HOSTS[BUREAU], If_Modified_Since=paper.headers["Last-Modified"])
    assert (short.status_code, short.data) == (304, b"")


def test_a_web_server_never_dates_two_pages_of_one_address_alike(county: County, database: Database) -> None:
    """It compares seconds and lengths: what is kept next is dated later, and found when that has come."""
    pages = database.folder / "pages"
    page = pages / "hosts" / HOSTS[BUREAU] / "tzgg" / "index.html"
    dates = []
    for _ in range(2):
        begun = int(time.time())
        with county.inside(BUREAU) as tenant:
            raise_generation(tenant.id)
        ask(county.front, "/tzgg/", HOSTS[BUREAU])
        if page.exists():  # The second of the change had ended meanwhile.
            assert int(time.time()) > begun
        time.sleep(1.1)
        county.front.public.extensions["sites"].forget()
        ask(county.front, "/tzgg/", HOSTS[BUREAU])
        assert page.exists()
        dates.append(int(page.stat().st_mtime))
        assert dates[-1] == int(page.with_name("index.html.gz").stat().st_mtime) <= time.time()
    assert dates[0] < dates[1]
    assert str(ALL) == ALL_PLACES
    os.utime(pages / "withdrawn" / ALL_PLACES, (time.time() + 100,) * 2)
    with county.inside(BUREAU) as tenant:
        raise_generation(tenant.id)
    ask(county.front, "/tzgg/", HOSTS[BUREAU])
    assert not page.exists()


def test_a_false_date_breaks_no_other_answer_either(county: County) -> None:
    for host, path in ((HOSTS[BUREAU], "/api/v1/units"), (HOSTS[BUREAU], "/nowhere/"), (CONSOLE, "/login")):
        plain = ask(county.front, path, host).status_code
        for name in ("If_Modified_Since", "If_Unmodified_Since", "If_Range"):
            asked = {name: "Thu, 26 Nov 99999999999 00:00:00 GMT", "Range": "bytes=0-1"}
            assert ask(county.front, path, host, **asked).status_code == plain


def test_a_page_that_an_earlier_release_kept_is_made_anew(county: County, database: Database) -> None:
    """It was kept with fewer words about it, under a validity that goes on after the release."""
    whole = ask(county.front, "/tzgg/", HOSTS[BUREAU])
    (head,) = (database.folder / "pages" / "kept").glob("*/*/tzgg/index.html.head")
    said = json.loads(head.read_text(encoding="utf-8"))
    for name in ("changed", "headers"):
        head.write_text(json.dumps({key: value for key, value in said.items() if key != name}))
        county.front.public.extensions["pages"].clear()
        county.front.public.extensions["sites"].forget()
        again = ask(county.front, "/tzgg/", HOSTS[BUREAU])
        assert (again.status_code, again.data) == (200, whole.data)
