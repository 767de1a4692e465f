"""The database's own fences, tried by plain SQL: row-level security, and rows that never change.

Without the ORM nothing of ours stands between a statement and the rows but what PostgreSQL enforces (A12).
"""

# ruff: noqa: S608 - the names of tables come from the metadata

import random
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import errors
from sqlalchemy import create_engine, event, func, select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.content.models import Article
from app.content.states import ArticleState
from app.core.database import Base, db, set_up
from app.publishing import emergency, endings
from app.schema import APPEND_ONLY
from app.tenancy.scope import TenantOwned, bound_to, stay_within_tenant, write_within_tenant
from tests.architecture.rows import ROWS
from tests.databases import OWNER, WEB, Postgresql
from tests.engines import postgresql
from tests.worlds import BUREAU, LIBRARY, TOWN, County, found

OWNED = sorted(
    str(one.local_table.description) for one in Base.registry.mappers if issubclass(one.class_, TenantOwned)
)
#: Tables with a tenant_id that all may ask, and why.
DIRECTORY = {
    "host": "which tenant a request is for is found here, before a tenant is known",
    "turn": "when kept pages of a tenant end is asked before a tenant is bound",
    "membership": "what a person is, on all tenants, decides which of them may be entered",
}


class Plain:
    """The database as somebody with the web's password would have it."""

    def __init__(self, database: Postgresql, county: County) -> None:
        self.database = database
        self.county = county
        with county.front.console.app_context(), db.engine.connect() as link:
            rows = link.exec_driver_sql("SELECT slug, id FROM tenant").all()
        self.ids = {str(slug): int(tenant_id) for slug, tenant_id in rows}

    @contextmanager
    def link(
        self, role: str = WEB, *, tenant: object = None, reach: str = ""
    ) -> Iterator[psycopg.Connection[Any]]:
        """Connect and begin a transaction with the two settings; nothing of it is kept."""
        with psycopg.connect(f"host={self.database.server.folder} user={role} dbname=ziwang") as link:
            if tenant is not None or reach:
                link.execute(
                    "SELECT set_config('app.tenant', %s, true), set_config('app.reach', %s, true)",
                    (str(tenant or ""), reach),
                )
            yield link
            link.rollback()

    def count(self, table: str, **settings: Any) -> int:
        with self.link(**settings) as link:
            row = link.execute(f'SELECT count(*) FROM "{table}"').fetchone()
        assert row is not None
        return int(row[0])


@pytest.fixture(scope="module")
def plain(postgresql_server: postgresql.Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Plain]:
    """Return a county on PostgreSQL in which every tenant-owned table has rows of three tenants."""
    with _database(tmp_path_factory.mktemp("fences")) as database:
        found(database.front)
        county = County(database.front)
        for slug in (BUREAU, TOWN, LIBRARY):
            for state in ArticleState:
                county.an_article(
                    slug, state=state, title=f"{slug}的通知", document_number=f"{slug}〔2026〕1号"
                )
            _mark_and_end(county, slug)
        plain = Plain(database, county)
        _attach(plain)
        yield plain


def _mark_and_end(county: County, slug: str) -> None:
    """Give a unit a mark, a publication on the operator's word, and a text taken down for secrecy."""
    article_id = county.an_article(slug, state=ArticleState.SIGNED)
    with county.inside(slug):
        operator = db.session.scalars(select(Account).where(Account.login == "portal.operator")).one()
        article = db.session.scalars(select(Article).where(Article.id == article_id)).one()
        assert article.head_id is not None
        emergency.publish_at_once(article, operator, revision=article.head_id, reason="台风")
        endings.take_down(article, operator, revision=article.head_id, reason="报告")


@contextmanager
def _database(folder: Path) -> Iterator[Postgresql]:
    """Start a server of its own: the shared one's database is put back by other tests."""
    with postgresql.running() as server:
        database = Postgresql(folder, server)
        yield database
        database.let_go()


def _attach(plain: Plain) -> None:
    """Give each unit what the articles of the world have not."""
    with plain.link("postgres") as link:
        for row in ROWS:
            link.execute(row)
        link.commit()


def test_every_table_with_a_tenant_is_owned_or_named() -> None:
    with_tenant = {table.name for table in Base.metadata.sorted_tables if "tenant_id" in table.columns}
    assert with_tenant == {*OWNED, *DIRECTORY}


@pytest.mark.parametrize("table", OWNED)
def test_every_owned_table_has_forced_policies(plain: Plain, table: str) -> None:
    with plain.link("postgres") as link:
        row = link.execute(
            "SELECT relrowsecurity, relforcerowsecurity, pg_get_userbyid(relowner) FROM pg_class"
            " WHERE relname = %s",
            (table,),
        ).fetchone()
        policies = link.execute(
            "SELECT cmd, qual, with_check FROM pg_policies WHERE tablename = %s", (table,)
        ).fetchall()
    assert row == (True, True, OWNER)
    assert any(command == "ALL" and using and check for command, using, check in policies)
    for command, using, check in policies:
        assert using, command
        assert check or command == "SELECT", command
        for condition in filter(None, (using, check)):
            asked_once = re.findall(r"SELECT \(+(?:NULLIF\()?current_setting", condition)
            assert len(asked_once) == condition.count("current_setting"), f"asked for every row: {condition}"


@pytest.mark.parametrize("table", OWNED)
def test_without_context_there_are_no_rows(plain: Plain, table: str) -> None:
    everything = plain.count(table, role="postgres")
    assert everything > 0
    assert plain.count(table) == 0
    assert plain.count(table, tenant="") == 0
    assert plain.count(table, role=OWNER) == 0
    assert plain.count(table, reach="county") == everything


@pytest.mark.parametrize("table", OWNED)
def test_a_tenant_reads_and_writes_its_own_rows_only(plain: Plain, table: str) -> None:
    own, foreign = plain.ids[BUREAU], plain.ids[TOWN]
    if table == "portal_entry":  # These rows are the portal's.
        foreign = plain.ids["portal"]
    with plain.link(tenant=own) as link:
        seen = link.execute(f'SELECT DISTINCT tenant_id FROM "{table}"').fetchall()
        assert set(seen) <= {(own,)}
        if table not in APPEND_ONLY:
            for statement in (
                f'UPDATE "{table}" SET tenant_id = tenant_id WHERE tenant_id = {foreign}',
                f'DELETE FROM "{table}" WHERE tenant_id = {foreign}',
            ):
                assert link.execute(statement).rowcount == 0
    with (
        plain.link(tenant=own) as link,
        pytest.raises(errors.InsufficientPrivilege, match="row-level security"),
    ):
        link.execute(_copy_of(table, foreign))
    if table not in APPEND_ONLY and table != "portal_entry":
        with plain.link(tenant=own) as link, pytest.raises(errors.InsufficientPrivilege):
            link.execute(f'UPDATE "{table}" SET tenant_id = {foreign}')


def _copy_of(table: str, tenant_id: int) -> str:
    """Return an INSERT of a row for a tenant: the policy is asked before the other constraints."""
    columns = [
        column
        for column in Base.metadata.tables[table].columns
        if column.name not in ("id", "tenant_id") and not column.nullable
    ]
    values = {"INTEGER": "1", "BOOLEAN": "true", "DATE": "now()", "DATETIME": "now()", "JSON": "'{}'"}
    given = [values.get(str(column.type.compile()).split("(")[0], "'x'") for column in columns]
    names = ", ".join(["tenant_id", *(f'"{column.name}"' for column in columns)])
    return f'INSERT INTO "{table}" ({names}) VALUES ({", ".join([str(tenant_id), *given])})'


@pytest.mark.parametrize("table", sorted(APPEND_ONLY))
def test_what_was_signed_or_recorded_is_never_changed(plain: Plain, table: str) -> None:
    """D1, D4: the web has no right to; the owner, and even a superuser, meets the trigger."""
    changes = (f'UPDATE "{table}" SET tenant_id = tenant_id', f'DELETE FROM "{table}"')
    for change in changes:
        with (
            plain.link(reach="county") as link,
            pytest.raises(errors.InsufficientPrivilege, match="permission denied"),
        ):
            link.execute(change)
        for role in (OWNER, "postgres"):
            with (
                plain.link(role, reach="county") as link,
                pytest.raises(errors.RaiseException, match="never changed"),
            ):
                link.execute(change)


#: Of which readers of a portal see rows of its units; of all other tables they see none.
READ_BY_PORTALS = {
    *("article", "revision", "site_column", "portal_entry", "portal_tally", "portal_month"),
    "search_entry",
    *("document_link", "library_entry", "collection", "collection_entry"),
    *("profile", "leader", "office"),
    *("catalogue_row", "row_article"),
    *("revision_file", "attachment"),
}


def test_readers_of_the_portal_see_what_is_published(plain: Plain) -> None:
    with plain.link(reach="published") as link:
        states = link.execute("SELECT DISTINCT state, published_id IS NULL FROM article").fetchall()
        hidden = link.execute("SELECT count(*) FROM portal_entry WHERE NOT is_listed").fetchone()
        foreign = link.execute(
            "SELECT count(*) FROM revision r WHERE NOT EXISTS"
            " (SELECT 1 FROM article a WHERE a.published_id = r.id)"
        ).fetchone()
        unread = link.execute(
            "SELECT count(*) FROM revision_file f WHERE NOT EXISTS"
            " (SELECT 1 FROM article a WHERE a.published_id = f.revision_id)"
        ).fetchone()
        assert link.execute("UPDATE site_column SET title = 'x'").rowcount == 0
        assert link.execute("DELETE FROM portal_entry").rowcount == 0
    assert states == [("published", False)]
    assert (hidden, foreign, unread) == ((0,), (0,), (0,))
    with plain.link(reach="published") as link:
        unsigned = link.execute("SELECT count(*) FROM leader WHERE signed_id IS NULL").fetchone()
        assert link.execute("UPDATE leader SET name = 'x'").rowcount == 0
    assert unsigned == (0,)
    for table in set(OWNED) - READ_BY_PORTALS:
        assert plain.count(table, reach="published") == 0, table


def test_a_pooled_connection_keeps_no_tenant(plain: Plain) -> None:
    with psycopg.connect(f"host={plain.database.server.folder} user={WEB} dbname=ziwang") as link:
        for ending in (link.commit, link.rollback):
            link.execute("SELECT set_config('app.tenant', %s, true)", (str(plain.ids[BUREAU]),))
            assert link.execute("SELECT count(*) > 0 FROM article").fetchone() == (True,)
            ending()
            assert link.execute("SELECT count(*) FROM article").fetchone() == (0,)
            link.rollback()


def test_row_level_security_alone_keeps_the_tenants_apart(plain: Plain) -> None:
    """The mutation test: with the ORM's guard away, no foreign row is read or written."""
    own = plain.ids[BUREAU]
    event.remove(Session, "do_orm_execute", stay_within_tenant)
    event.remove(Session, "before_flush", write_within_tenant)
    try:
        with plain.county.front.console.app_context():
            assert db.session.scalar(select(func.count(Article.id))) == 0
            db.session.rollback()
            with bound_to(own):
                assert set(db.session.scalars(select(Article.tenant_id))) == {own}
            db.session.rollback()
    finally:
        event.listen(Session, "do_orm_execute", stay_within_tenant)
        event.listen(Session, "before_flush", write_within_tenant)


@pytest.mark.parametrize("role", ["postgres", "strong"])
def test_the_web_refuses_a_role_that_nothing_binds(plain: Plain, role: str) -> None:
    with plain.link("postgres") as link:
        link.execute("DROP ROLE IF EXISTS strong")
        link.execute("CREATE ROLE strong LOGIN BYPASSRLS")
        link.commit()
    engine = create_engine(plain.database.server.url("ziwang", role))
    set_up(engine)
    with pytest.raises(RuntimeError, match="ZIWANG_DATABASE_URL"):
        engine.connect()
    engine.dispose()


def test_two_connections_shared_by_all_tenants_never_mix_them(plain: Plain) -> None:
    """A12: 1,000 transactions of random tenants over a pool of 2, one in five aborted, from four threads."""
    app = plain.county.front.console
    tenants = [plain.ids[slug] for slug in (BUREAU, TOWN, LIBRARY)]
    with app.app_context():
        engine = create_engine(db.engine.url, pool_size=2, max_overflow=0)
    wrong: list[str] = []

    def work(seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311 - which tenant comes next is no secret
        for _ in range(250):
            tenant = chance.choice(tenants)
            with app.app_context(), bound_to(tenant), Session(engine) as session:
                seen = set(session.scalars(select(Article.tenant_id)))
                if seen != {tenant}:
                    wrong.append(f"{tenant} saw {seen}")
                session.commit() if chance.random() > 0.2 else session.rollback()

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with engine.connect() as link:
        left = link.exec_driver_sql("SELECT count(*) FROM article").scalar_one()
    engine.dispose()
    assert not wrong
    assert left == 0
