"""The record of acts is whole, or the first row that is not is named (DESIGN 14, D4)."""

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from sqlalchemy import Connection, create_engine, delete, func, insert, select

from app.audit.models import AuditHead, AuditRow
from app.audit.services import BATCH, Flaw, flaws, hash_of, record
from app.content.states import ArticleState
from app.core.clock import now
from app.core.database import db
from app.tenancy.scope import bound_to
from tests.databases import Database, Postgresql
from tests.worlds import BUREAU, TOWN, County

Tampering = Callable[[Connection, int], None]


@pytest.fixture
def acted(county: County) -> County:
    """Return a county in which every sort of act was done in two units."""
    for slug in (BUREAU, TOWN):
        for state in ArticleState:
            county.an_article(slug, state=state)
    return county


def tenant_id(county: County, slug: str = BUREAU) -> int:
    with county.inside(slug) as tenant:
        return tenant.id


def found(county: County, slug: str = BUREAU) -> list[Flaw]:
    with county.inside(slug) as tenant:
        return list(flaws(tenant.id))


def length(county: County) -> int:
    with county.inside(BUREAU):
        return db.session.scalars(select(func.count(AuditRow.id))).one()


@contextmanager
def mighty(database: Database) -> Iterator[Connection]:
    """Reach the rows as somebody who has taken the triggers and the fences away."""
    url = "postgresql+psycopg://"
    if isinstance(database, Postgresql):
        socket = f"host={database.server.folder} user=postgres dbname=ziwang"
        engine = create_engine(url, creator=lambda: psycopg.connect(socket))
    else:
        engine = create_engine(f"sqlite:///{database.folder}/ziwang.db")
    with engine.begin() as connection:
        if isinstance(database, Postgresql):
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        else:
            for act in ("update", "delete"):
                connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS audit_row_{act}_refused")
        yield connection
    engine.dispose()


def change(column: str, to: str) -> Tampering:
    """Return the change of one field of the third row."""

    def tamper(connection: Connection, tenant: int) -> None:
        connection.exec_driver_sql(
            f"UPDATE audit_row SET {column} = {to} WHERE tenant_id = {tenant} AND number = 3"
        )

    return tamper


def run(*statements: str) -> Tampering:
    """Return statements in which {tenant} stands for the tenant."""

    def tamper(connection: Connection, tenant: int) -> None:
        for statement in statements:
            connection.exec_driver_sql(statement.format(tenant=tenant))

    return tamper


TABLES: tuple[type[AuditHead | AuditRow], ...] = (AuditHead, AuditRow)
ROW = "audit_row WHERE tenant_id = {tenant} AND number"
TAMPERINGS: dict[str, tuple[Tampering, int | None]] = {
    "actor": (change("actor", "'someone else'"), 3),
    "act": (change("act", "'article.nothing'"), 3),
    "subject": (change("subject", "'article:99'"), 3),
    "detail": (change("detail", "'{}'"), 3),
    "address": (change("address", "'10.0.0.1'"), 3),
    "account": (change("account_id", "1"), 3),
    "time": (change("at", "'2020-01-01 00:00:00+00'"), 3),
    "hash": (change("hash", "'" + "0" * 64 + "'"), 3),
    "previous hash": (change("previous_hash", "'" + "0" * 64 + "'"), 3),
    "removed": (run(f"DELETE FROM {ROW} = 3"), 3),
    "first removed": (run(f"DELETE FROM {ROW} = 1"), 1),
    "removed and closed up": (
        run(
            f"DELETE FROM {ROW} = 3",
            *(
                f"UPDATE audit_row SET number = {n} WHERE tenant_id = {{tenant}} AND number = {n + 1}"
                for n in (3, 4)
            ),
        ),
        3,
    ),
    "swapped": (
        run(
            "UPDATE audit_row SET number = -1 WHERE tenant_id = {tenant} AND number = 3",
            "UPDATE audit_row SET number = 3 WHERE tenant_id = {tenant} AND number = 4",
            "UPDATE audit_row SET number = 4 WHERE tenant_id = {tenant} AND number = -1",
        ),
        3,
    ),
    "several changed": (
        run("UPDATE audit_row SET actor = 'x' WHERE tenant_id = {tenant} AND number IN (9, 4, 6)"),
        4,
    ),
    "several removed": (
        run("DELETE FROM audit_row WHERE tenant_id = {tenant} AND number BETWEEN 4 AND 7"),
        4,
    ),
    "changed and hashed anew": (
        run(
            f"UPDATE audit_row SET hash = (SELECT hash FROM {ROW} = 5) WHERE tenant_id = {{tenant}} AND number = 4"
        ),
        4,
    ),
    "added in between": (
        run(
            *(
                f"UPDATE audit_row SET number = {n + 1} WHERE tenant_id = {{tenant}} AND number = {n}"
                for n in range(200, 3, -1)
            ),
            "INSERT INTO audit_row (tenant_id, number, at, actor, address, act, subject, detail, previous_hash, hash)"
            f" SELECT tenant_id, 4, at, actor, address, act, subject, detail, hash, hash FROM {ROW} = 3",
        ),
        4,
    ),
    "head moved on": (run("UPDATE audit_head SET number = number + 1 WHERE tenant_id = {tenant}"), None),
    "tail cut": (
        run(f"DELETE FROM {ROW} >= (SELECT number FROM audit_head WHERE tenant_id = {{tenant}})"),
        None,
    ),
    "all removed": (run("DELETE FROM audit_row WHERE tenant_id = {tenant}"), 1),
    "head removed": (run("DELETE FROM audit_head WHERE tenant_id = {tenant}"), None),
    "added at the end": (
        run(
            "INSERT INTO audit_row (tenant_id, number, at, actor, address, act, subject, detail, previous_hash, hash)"
            " SELECT tenant_id, number + 1, at, actor, address, act, subject, detail, hash, hash FROM audit_row"
            " WHERE tenant_id = {tenant} ORDER BY number DESC LIMIT 1"
        ),
        None,
    ),
}


def test_every_tampering_is_found_and_named(acted: County, database: Database) -> None:
    tenant, rows = tenant_id(acted), length(acted)
    with mighty(database) as connection:
        whole = {
            table: connection.execute(select(*table.__table__.columns)).mappings().all() for table in TABLES
        }
    for how, (tamper, number) in TAMPERINGS.items():
        assert found(acted) == [], how
        with mighty(database) as connection:
            tamper(connection, tenant)
        (flaw,) = found(acted)
        expected = number or (rows if how == "tail cut" else rows + 1)
        assert (flaw.tenant_id, flaw.number) == (tenant, expected), how
        assert f"第 {expected} 条" in flaw.says, how
        assert found(acted, TOWN) == [], how
        with mighty(database) as connection:
            for table, kept in whole.items():
                connection.execute(delete(table))
                connection.execute(insert(table), [dict(row) for row in kept])


def test_the_command_names_the_unit_and_ends_with_a_fault(acted: County, database: Database) -> None:
    runner = acted.front.console.test_cli_runner()
    whole = runner.invoke(args=["audit", "verify"])
    assert whole.exit_code == 0, whole.output
    assert "完整" in whole.output
    tenant = tenant_id(acted)
    with mighty(database) as connection:
        change("actor", "'someone else'")(connection, tenant)
    broken = runner.invoke(args=["audit", "verify"])
    assert broken.exit_code == 1
    assert f"{BUREAU}：第 3 条" in broken.output


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_row SET actor = 'x'", "DELETE FROM audit_row", "DELETE FROM sign_off"]
)
def test_the_database_itself_refuses_changes(acted: County, statement: str) -> None:
    with acted.everywhere(), pytest.raises(Exception, match=r"never changed|permission denied"):
        db.session.connection().exec_driver_sql(statement)
    with acted.front.console.app_context():
        db.session.rollback()


def test_appending_at_the_same_time_leaves_one_chain(county: County) -> None:
    tenant, faults = tenant_id(county), []
    before = length(county)

    def append(name: int) -> None:
        try:
            for number in range(15):
                with county.front.console.app_context(), bound_to(tenant):
                    record("test.act", f"test:{name}", tenant_id=tenant, after=number)
                    db.session.commit()
        except Exception as fault:  # noqa: BLE001 - a thread has nobody to tell but the test
            faults.append(fault)

    threads = [threading.Thread(target=append, args=(name,)) for name in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert length(county) == before + 120
    assert found(county) == []


def test_an_act_that_is_rolled_back_leaves_no_gap(county: County) -> None:
    tenant, before = tenant_id(county), length(county)
    for keeps in (True, False, True):
        with county.front.console.app_context(), bound_to(tenant):
            record("test.act", "test:1", tenant_id=tenant)
            db.session.commit() if keeps else db.session.rollback()
    assert length(county) == before + 2
    assert found(county) == []


def test_fields_cannot_be_shifted_into_each_other() -> None:
    one, other = _row(actor="ab", address="c"), _row(actor="a", address="bc")
    assert hash_of(one) != hash_of(other)


def _row(**fields: Any) -> AuditRow:
    given = {"tenant_id": 1, "number": 1, "at": now(), "actor": "", "address": "", "act": "", "subject": ""}
    row = AuditRow(**{**given, "detail": "", "previous_hash": "", **fields})
    row.at = now().replace(year=2026, month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
    return row


def test_thousands_of_rows_are_verified_in_seconds(county: County) -> None:
    """A long chain is read in batches."""
    tenant = tenant_id(county, TOWN)
    chance = random.Random(3)  # noqa: S311 - what the rows say is of no matter
    with county.inside(TOWN):
        head = db.session.scalars(select(AuditHead)).one()
        rows = []
        for _ in range(3 * BATCH):
            row = _row(
                tenant_id=tenant, number=head.number + 1, previous_hash=head.hash, detail=str(chance.random())
            )
            row.hash = hash_of(row)
            head.number, head.hash = row.number, row.hash
            rows.append(row)
        db.session.add_all(rows)
    begun = time.monotonic()
    assert found(county, TOWN) == []
    assert time.monotonic() - begun < 20
