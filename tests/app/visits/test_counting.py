"""Pages that people read are counted, kept ones too; robots are not, and nothing says who read them."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.content.states import ArticleState
from app.core.clock import today
from app.core.database import db
from app.visits import counting
from app.visits.models import VisitCount
from tests.worlds import BUREAU, PORTAL, County

PERSON = {"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Chrome/140.0"}


@pytest.fixture(autouse=True)
def _nothing_waits(county: County) -> Iterator[None]:
    counting.forget()
    yield
    counting.forget()


def _counts(county: County, slug: str) -> dict[str, int]:
    counting.write_down(county.front.public)
    with county.inside(slug):
        return {row.path: row.count for row in db.session.scalars(select(VisitCount))}


def test_visits_are_counted_by_page_and_subsite_also_where_pages_are_kept(county: County) -> None:
    path = county.path_of(BUREAU, county.an_article(state=ArticleState.PUBLISHED))
    visitor = county.visitor(BUREAU)
    for asked in ("/", "/", "/tzgg/", path):
        first = visitor.get(asked, headers=PERSON)
    assert visitor.get(path, headers={**PERSON, "If-None-Match": first.headers["ETag"]}).status_code == 304
    county.visitor(PORTAL).get("/u/slj/", headers=PERSON)

    assert _counts(county, BUREAU) == {"/": 3, "/tzgg/": 1, path: 2}
    visitor.get("/", headers=PERSON)
    assert _counts(county, BUREAU)["/"] == 4
    assert _counts(county, PORTAL) == {}


def test_a_browser_that_is_seen_for_the_first_time_may_ask_for_a_kept_page_first(county: County) -> None:
    visitor = county.visitor(BUREAU)
    visitor.get("/tzgg/", headers=PERSON)
    counting.forget()
    counting.is_robot.cache_clear()  # As in a worker that nobody with this browser has asked yet.
    for agent in ("Mozilla/5.0 (X11; Linux) Firefox/151.0", "curl/8.1"):
        assert visitor.get("/tzgg/", headers={"User-Agent": agent}).status_code == 200
    assert _counts(county, BUREAU) == {"/tzgg/": 1}


@pytest.mark.parametrize(
    "headers",
    [
        {"User-Agent": "Mozilla/5.0 (compatible; Baiduspider/2.0)"},
        {"User-Agent": ""},
        {**PERSON, "Sec-Purpose": "prefetch"},
    ],
)
def test_programs_are_no_visitors(county: County, headers: dict[str, str]) -> None:
    county.visitor(BUREAU).get("/", headers=headers)

    assert counting.forget() == {}


def test_what_is_no_page_is_no_visit(county: County) -> None:
    visitor = county.visitor(BUREAU)
    for path in ("/nothing/", "/feed.atom", "/robots.txt", "/manage"):
        visitor.get(path, headers=PERSON)

    assert counting.forget() == {}


def test_more_pages_than_memory_holds_count_together(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "MOST_WAITING", 1)
    for path in ("/", "/tzgg/", "/map.html", "/"):
        county.visitor(BUREAU).get(path, headers=PERSON)

    assert _counts(county, BUREAU) == {"/": 2, "": 2}


def test_unit_and_county_see_the_numbers(county: County) -> None:
    for path in ("/tzgg/", "/tzgg/", "/map.html"):
        county.visitor(BUREAU).get(path, headers=PERSON)
    counting.write_down(county.front.public)

    page = county.staff("slj.editor").get("/slj/visits/").text
    assert "共 <strong>3</strong> 次" in page
    assert '<th scope="row">/tzgg/</th><td>2</td>' in page
    assert '<th scope="row">/tzgg/</th>' not in county.staff("qiaotou.editor").get("/qiaotou/visits/").text
    office = county.staff("portal.operator").get("/office/visits/").text
    assert '<th scope="row">永嘉县水利局</th><td>3</td>' in office


def test_counts_are_kept_as_long_as_the_rule_says(county: County) -> None:
    with county.inside(BUREAU) as bureau:
        db.session.add_all(
            VisitCount(tenant_id=bureau.id, day=today() - timedelta(days=age), path="/", section="", count=1)
            for age in (1, 800, 801, 900)
        )
    with county.inside(BUREAU):
        assert counting.expire(today()) == 2
