"""What a subsite's pages share is read once, and never outlives their validity (DESIGN 8, A12)."""

from flask import g
from sqlalchemy import inspect, update

from app.core.database import db
from app.pagecache.generations import raise_generation
from app.tenancy.current import current_tenant
from app.tenancy.models import Tenant
from app.tenancy.places import place
from app.tenancy.resolver import bind_tenant
from app.tenancy.shared import MOST_SUBSITES, Shared, shared
from bench.statements import Pages
from tests.worlds import BUREAU, HOSTS, PORTAL, TOWN, County


def test_only_the_first_page_asks_for_the_menu(county: County) -> None:
    pages = Pages(county.front)

    first = pages.queries_of(HOSTS[BUREAU], "/notices/", is_first=True)
    further = pages.queries_of(HOSTS[BUREAU], "/notices/")

    assert {one for one in first if "site_column" in one} - set(further)
    assert set(further) < set(first)


def test_what_is_shared_is_read_anew_after_a_change(county: County) -> None:
    assert "水利局" in county.visitor(BUREAU).get("/tzgg/").text

    _rename(county, "水务局", is_told=False)
    untold = county.visitor(BUREAU).get("/notices/").text
    _rename(county, "水务局", is_told=True)
    told = county.visitor(BUREAU).get("/documents/").text

    assert "水务局" not in untold, "nothing is shared, so this test shows nothing"
    assert "水务局" in told


def test_a_subsite_has_its_own_links_under_each_root(county: County) -> None:
    for _ in range(2):
        own = county.visitor(BUREAU).get("/map.html?a").text
        mounted = county.visitor(PORTAL).get("/u/slj/map.html?a").text
        assert 'href="/xxgk/"' in own
        assert 'href="/u/slj/' not in own
        assert 'href="/u/slj/xxgk/"' in mounted


def test_what_writes_neither_finds_nor_leaves_anything(county: County) -> None:
    app = county.front.public
    with app.test_request_context("/", base_url=f"http://{HOSTS[BUREAU]}"):
        bind_tenant()
        shared("said", lambda: "by who reads")
    with app.test_request_context("/", base_url=f"http://{HOSTS[BUREAU]}", method="POST"):
        bind_tenant()
        assert shared("said", lambda: "by who writes") == "by who writes"
    with app.test_request_context("/", base_url=f"http://{HOSTS[BUREAU]}"):
        bind_tenant()
        assert shared("said", lambda: "anew") == "by who reads"
    with app.test_request_context("/", base_url=f"http://{HOSTS[TOWN]}"):
        bind_tenant()
        assert shared("said", lambda: "by another subsite") == "by another subsite"


def test_shared_rows_are_of_no_session(county: County) -> None:
    with county.front.public.test_request_context("/", base_url=f"http://{HOSTS[BUREAU]}"):
        bind_tenant()
        assert current_tenant.slug == BUREAU
        assert inspect(place().tenant).detached
        assert inspect(place().portal).detached
        db.session.rollback()
        assert place().tenant.name
        assert "shared" in g


def test_few_subsites_are_remembered() -> None:
    memory = Shared()
    for number in range(MOST_SUBSITES + 5):
        memory.of((number, ""), "valid")["said"] = number
        assert memory.of((0, ""), "valid")  # The one asked for again and again stays.

    assert memory.of((1, ""), "valid") == {}
    assert memory.of((MOST_SUBSITES + 4, ""), "valid") == {"said": MOST_SUBSITES + 4}
    assert memory.of((0, ""), "changed") == {}


def _rename(county: County, name: str, *, is_told: bool) -> None:
    with county.everywhere():
        tenant = db.session.query(Tenant.id).filter_by(slug=BUREAU).scalar()
        db.session.execute(update(Tenant).where(Tenant.id == tenant).values(name=name))
        if is_told:
            raise_generation(tenant)
