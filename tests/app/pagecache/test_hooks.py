"""What is kept is one tenant's, of one generation, and the same for everybody (B3, B4, DESIGN 8)."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask, g
from sqlalchemy import event, select
from werkzeug.test import Client, TestResponse

from app.content.states import ArticleState
from app.core.database import db
from app.pagecache.answers import missing
from app.pagecache.encodings import ENCODERS
from app.pagecache.generations import raise_generation
from app.pagecache.store import Kept, PageStore
from app.pagecache.waiting import Renderings
from app.tenancy.models import Tenant
from tests.worlds import BUREAU, HOSTS, LIBRARY, PORTAL, TOWN, County

PATHS = ("/", "/tzgg/", "/feed.atom", "/sitemap.xml", "/map.html", "/xxgk/")


@pytest.fixture
def kept(county: County) -> dict[Any, Kept]:
    """Return what the store holds, as it is."""
    found: dict[Any, Kept] = county.front.public.extensions["pages"]._pages  # noqa: SLF001 - it is looked at, not used
    return found


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


def test_each_tenant_gets_its_own_page_however_they_take_turns(county: County) -> None:
    """A13: the same paths, columns and titles everywhere, and a mark in each."""
    for slug in (BUREAU, TOWN, LIBRARY):
        county.an_article(slug, title=f"标记{slug}", state=ArticleState.PUBLISHED)
    for _ in range(2):
        for path in ("/tzgg/", "/feed.atom", "/tzgg/feed.atom"):  # The home shows the county's news besides.
            for slug in (BUREAU, TOWN, LIBRARY):
                page = county.visitor(slug).get(path).text
                for mark in (BUREAU, TOWN, LIBRARY):
                    assert (f"标记{mark}" in page) == (mark == slug), (path, slug)


def test_a_kept_page_costs_what_finding_the_tenant_costs(county: County, statements: list[str]) -> None:
    visitor = county.visitor()
    first = visitor.get("/tzgg/").text
    del statements[:]
    assert visitor.get("/tzgg/").text == first
    assert not [one for one in statements if "article" in one or "site_column" in one]


def test_a_raised_generation_is_seen_by_the_next_request_and_by_one_tenant(
    county: County, kept: dict[Any, Kept]
) -> None:
    for slug in (BUREAU, TOWN):
        county.visitor(slug).get("/tzgg/")
    with county.everywhere():
        bureau = db.session.scalars(select(Tenant.id).where(Tenant.slug == BUREAU)).one()
        raise_generation(bureau)
    before = set(kept)
    county.visitor(TOWN).get("/tzgg/")
    assert set(kept) == before
    county.visitor(BUREAU).get("/tzgg/")
    (added,) = set(kept) - before
    assert added[0] == bureau


def test_a_page_begun_before_a_publication_is_not_served_after_it(
    county: County, kept: dict[Any, Kept]
) -> None:
    """A slow request renders the old page while somebody publishes: it is kept where nobody looks."""
    public: Flask = county.front.public
    with public.test_request_context("/tzgg/", base_url=f"http://{HOSTS[BUREAU]}"):
        public.preprocess_request()
        old = public.make_response("<!DOCTYPE html><title>old</title>")
        county.an_article(BUREAU, title="刚刚发布", state=ArticleState.PUBLISHED)
        g.pop("_sqlalchemy", None)
        public.process_response(old)
    assert any(page.body == old.get_data() for page in kept.values())
    assert "刚刚发布" in county.visitor().get("/tzgg/").text


@pytest.mark.parametrize("query", ["?page=1&page=2", "?PAGE=1", "?sort=date", "?q="])
def test_what_the_page_is_not_asked_makes_no_entry(county: County, kept: dict[Any, Kept], query: str) -> None:
    plain = county.visitor().get("/tzgg/").text
    before = set(kept)
    assert county.visitor().get(f"/tzgg/{query}").text == plain
    assert set(kept) == before


def test_a_page_number_is_part_of_the_key_and_a_false_one_is_not_kept(
    county: County, kept: dict[Any, Kept]
) -> None:
    for number in range(22):
        county.an_article(title=f"第{number}号通知", state=ArticleState.PUBLISHED)
    pages = [county.visitor().get(f"/tzgg/{query}").text for query in ("", "?page=2", "", "?page=2")]
    assert pages[0] == pages[2] != pages[1] == pages[3]
    before = set(kept)
    for wrong in ("0", "3", "-1", "a", "01", "99999999", "２", "2 "):
        assert county.visitor().get(f"/tzgg/?page={wrong}").status_code in (200, 404)
    assert len(set(kept) - before) <= 1  # 01 is the first page under another spelling.


def test_head_and_conditional_requests_get_the_same_page_in_short(county: County) -> None:
    client = Client(county.front)

    def ask(method: str, **headers: str) -> TestResponse:
        return client.open("/tzgg/", method=method, base_url=f"http://{HOSTS[BUREAU]}", headers=headers)

    head = ask("HEAD")  # First: a head must not be kept as an empty page.
    page = ask("GET")
    again = ask("GET")
    assert head.data == b""
    assert page.data == again.data != b""
    tag = page.headers["ETag"]
    assert {answer.headers["ETag"] for answer in (head, page, again)} == {tag}
    assert ask("GET", **{"If-None-Match": tag}).status_code == 304
    assert ask("GET", **{"If-None-Match": '"other"'}).data == page.data
    county.an_article(state=ArticleState.PUBLISHED)
    assert ask("GET", **{"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("slug", [BUREAU, PORTAL])
def test_public_answers_set_nothing_and_depend_on_nobody(county: County, slug: str) -> None:
    client = Client(county.front)
    for path in (*PATHS, "/robots.txt", "/manage", "/nowhere/", "/healthz"):
        for headers in ({}, {"Cookie": "ziwang=x; __Host-ziwang=y"}):
            for _ in range(2):
                answer = client.get(path, base_url=f"http://{HOSTS[slug]}", headers=headers)
                assert "Set-Cookie" not in answer.headers, path
                # The display mode is the only cookie a page may depend on (tests/app/display).
                is_page = answer.mimetype == "text/html"
                assert ("cookie" in answer.headers.get("Vary", "").lower()) == is_page, path
                assert answer.headers["X-Content-Type-Options"] == "nosniff", path


def test_what_is_no_page_is_not_kept(county: County, kept: dict[Any, Kept]) -> None:
    before = set(kept)
    for path in (
        "/nowhere/",
        "/tzgg/2026/01/1.html",
        "/manage",
        "/files/0.txt",
        "/admin/x.css",
        "/tzgg/x.css",
    ):
        county.visitor().get(path)
    assert set(kept) == before


def test_the_store_holds_what_it_may_and_drops_the_longest_unused() -> None:
    page = Kept(b"x" * 1_500, "text/html", "tag")
    store = PageStore(5 * page.weight)
    for number in range(5):
        store.put((1, 1, 0, f"/{number}", ""), page)
    assert store.get((1, 1, 0, "/0", "")) is page
    store.put((1, 1, 0, "/5", ""), page)
    assert store.get((1, 1, 0, "/0", "")) is page
    assert store.get((1, 1, 0, "/1", "")) is None
    store.put((1, 1, 0, "/huge", ""), Kept(b"x" * 40_000, "text/html", "tag"))
    assert store.get((1, 1, 0, "/huge", "")) is None
    for number in range(1_000):
        store.put((1, 1, 0, f"/{number % 7}", ""), page)
    assert store._size <= 5 * page.weight  # noqa: SLF001 - the bound is what it is for


def test_headers_that_say_the_same_are_held_once() -> None:
    """Nine of ten are those of every page, and they weigh more than its key and its place."""
    first, second = (Kept(b"", "", "", (("X-POLICY".lower(), "NONE".lower()),)) for _ in range(2))
    for one, other in zip(first.headers[0], second.headers[0], strict=True):
        assert one is other


def test_a_page_is_packed_as_it_is_asked_for_and_weighs_what_it_takes() -> None:
    store, key = PageStore(100_000), (1, 1, 0, "/", "")
    store.put(key, Kept(b"ziwang" * 1_000, "text/html", "tag"))
    plain = store._size  # noqa: SLF001 - the bound is what it is for
    kept = store.get(key)
    assert kept is not None
    assert not kept.packed
    for name in ("br", "gzip", "br"):
        kept = store.pack(key, kept, name)
        assert store.get(key) is kept
    assert set(kept.packed) == {"br", "gzip"}
    assert store._size == plain + sum(map(len, kept.packed.values()))  # noqa: SLF001


def test_packing_makes_no_more_room_than_there_is() -> None:
    store = PageStore(40_000)
    for number in range(30):
        key, body = (1, 1, 0, f"/{number}", ""), os.urandom(3_000).hex().encode()
        kept = Kept(body, "text/html", "tag")
        store.put(key, kept)
        for name in ENCODERS:  # Whichever page had to go for it, this one too.
            kept = store.pack(key, kept, name)
        assert store._size <= 40_000  # noqa: SLF001 - the bound is what it is for


def test_what_gains_nothing_is_not_packed_and_not_tried_again() -> None:
    store, key = PageStore(100_000), (1, 1, 0, "/", "")
    kept = store.pack(key, Kept(os.urandom(1_000), "text/html", "tag"), "br")
    assert kept.packed == {"br": b""}
    assert not missing(kept, "br")
    assert missing(kept, "gzip") == "gzip"
    assert not missing(
        Kept(b"x" * 1_000, "text/html", ""), "br"
    )  # No page, but the answer that there is none.


def test_whoever_keeps_most_makes_room_first() -> None:
    page = Kept(b"x" * 1_500, "text/html", "tag")
    store = PageStore(10 * page.weight)
    store.put((2, 1, 0, "/quiet", ""), page)
    for number in range(1_000):
        store.put((1, 1, 0, f"/{number}", ""), page)
    assert store.get((2, 1, 0, "/quiet", "")) is page
    for number in range(4):
        store.put((2, 1, 0, f"/{number}", ""), page)
    assert [key[0] for key in store._pages].count(2) == 5  # noqa: SLF001 - the shares are what it is for


def test_a_units_home_shows_the_countys_news_of_this_moment(county: County) -> None:
    """What another unit publishes stands on this unit's home too, in the county's block."""
    assert "邻居的消息" not in county.visitor(BUREAU).get("/").text
    county.an_article(TOWN, title="邻居的消息", state=ArticleState.PUBLISHED)
    assert "邻居的消息" in county.visitor(PORTAL).get("/").text
    assert "邻居的消息" in county.visitor(BUREAU).get("/").text


def test_nobody_waits_for_a_page_that_was_not_kept() -> None:
    renderings = Renderings()
    assert renderings.begin("a form of today", "a form")
    renderings.end("a form of today", "a form", was_kept=False)
    assert renderings.begin("a form of today", "a form")
    assert renderings.begin("a form of today", "a form")
    renderings.end("a form of today", "a form", was_kept=True)
    assert not renderings.is_in_vain("a form")
