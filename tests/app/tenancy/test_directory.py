"""Hosts that nobody has cost nothing, and a host that is new answers at once in every process."""

import gc
import random
import tracemalloc

import pytest
from sqlalchemy import event, select

from app.core.database import db
from app.front import Front
from app.tenancy import directory as directories
from app.tenancy.models import Host, Tenant
from tests.app.tenancy.test_resolver import ask
from tests.databases import SETTINGS, Database
from tests.worlds import BUREAU, HOSTS, TOWN, County


def test_ten_thousand_unknown_hosts_cost_neither_queries_nor_memory(
    county: County, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    public = county.front.public
    monkeypatch.setattr(directories, "LOOK_AGAIN_AFTER", 3600.0)
    chance = random.Random(7)  # noqa: S311 - names, not secrets
    statements: list[str] = []

    def count(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    def try_names(amount: int) -> None:
        for _ in range(amount):
            assert ask(county.front, f"{chance.randbytes(8).hex()}.yj.localhost")[0] == 404

    try_names(200)
    with public.app_context():
        event.listen(db.engine, "before_cursor_execute", count)
        gc.collect()
        tracemalloc.start()
        before = tracemalloc.get_traced_memory()[0]
        try_names(1_000)
        gc.collect()
        grown = tracemalloc.get_traced_memory()[0] - before
        tracemalloc.stop()
        try_names(9_000 if database.name == "sqlite" else 1_000)
        event.remove(db.engine, "before_cursor_execute", count)
    assert len(statements) <= 5
    assert grown < 100_000  # bytes
    assert len(public.extensions["directory"]._entries) == 4  # noqa: SLF001 - what it keeps is the point


@pytest.fixture
def other_process(county: County, database: Database) -> Front:
    """Return what another process would have: nothing in common but the data folder and the database."""
    return Front({**SETTINGS, "DATA_DIR": str(database.folder), **database.address()})


def test_a_new_host_answers_at_once_in_another_process(county: County, other_process: Front) -> None:
    fronts = (county.front, other_process)
    for front in fronts:
        assert ask(front, HOSTS[BUREAU])[0] == 200
        assert ask(front, "new.yj.localhost")[0] == 404
    with county.everywhere():
        bureau = db.session.scalars(select(Tenant).where(Tenant.slug == BUREAU)).one()
        db.session.add(Host(name="new.yj.localhost", tenant_id=bureau.id))
    assert [ask(front, "new.yj.localhost")[0] for front in fronts] == [308, 308]

    with county.everywhere():  # And it goes to another unit, as fast (A14).
        town = db.session.scalars(select(Tenant).where(Tenant.slug == TOWN)).one()
        host = db.session.scalars(select(Host).where(Host.name == "new.yj.localhost")).one()
        host.tenant_id = town.id
    locations = [ask(front, "new.yj.localhost")[1]["Location"] for front in fronts]
    assert locations == [f"http://{HOSTS[TOWN]}/"] * 2

    with county.everywhere():
        db.session.delete(db.session.scalars(select(Host).where(Host.name == "new.yj.localhost")).one())
    assert [ask(front, "new.yj.localhost")[0] for front in fronts] == [404, 404]
    _let_go(other_process)


def test_another_machine_sees_a_change_within_a_second(
    county: County, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has no share in the counter's file and must look at the table."""
    elsewhere = Front({**SETTINGS, "DATA_DIR": str(database.folder / "elsewhere"), **database.address()})
    assert ask(elsewhere, "far.yj.localhost")[0] == 404
    with county.everywhere():
        bureau = db.session.scalars(select(Tenant).where(Tenant.slug == BUREAU)).one()
        db.session.add(Host(name="far.yj.localhost", tenant_id=bureau.id))
    monkeypatch.setattr(directories, "LOOK_AGAIN_AFTER", 0.0)
    assert ask(elsewhere, "far.yj.localhost")[0] == 308
    _let_go(elsewhere)


def test_a_change_that_is_rolled_back_is_told_to_nobody(county: County) -> None:
    with county.front.console.app_context():
        bureau = db.session.scalars(select(Tenant).where(Tenant.slug == BUREAU)).one()
        db.session.add(Host(name="never.yj.localhost", tenant_id=bureau.id))
        db.session.flush()
        db.session.rollback()
    assert ask(county.front, "never.yj.localhost")[0] == 404


def test_a_request_that_reads_an_older_state_leaves_nothing_of_it_behind(
    county: County, other_process: Front
) -> None:
    """A finished page's links are looked up in the middle of a request, whose transaction began before."""
    with other_process.public.test_request_context("/"):
        db.session.execute(select(Tenant.id)).all()
        with county.everywhere():
            host = db.session.scalars(select(Host).where(Host.name == HOSTS[BUREAU])).one()
            host.name = "moved.yj.localhost"
        found = other_process.public.extensions["directory"].find("moved.yj.localhost")
    assert found is not None
    assert ask(other_process, HOSTS[BUREAU])[0] == 404
    _let_go(other_process)


def test_a_form_that_holds_the_database_may_ask_whose_a_host_is(county: County) -> None:
    public = county.front.public
    with public.test_request_context("/", method="POST"):
        db.session.execute(select(Tenant.id)).all()
        public.extensions["directory"].forget()
        assert public.extensions["directory"].find(HOSTS[BUREAU]) is not None
        db.session.rollback()


def test_the_end_of_a_savepoint_tells_nobody_yet(county: County) -> None:
    counter = county.front.console.extensions["host_changes"]
    with county.everywhere():
        before = counter.value()
        with db.session.begin_nested():
            host = db.session.scalars(select(Host).where(Host.name == HOSTS[BUREAU])).one()
            host.name = "moved.yj.localhost"
        assert counter.value() == before
    assert counter.value() > before


def _let_go(front: Front) -> None:
    for app in (front.public, front.console):
        with app.app_context():
            db.engine.dispose()
