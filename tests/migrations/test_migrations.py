"""The numbered migrations make what the models say, on both engines, and can be undone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import create_engine, inspect, text

from app import create_console_app
from app.config import ROOT
from app.core.database import Base, db, set_up
from app.schema import APPEND_ONLY, downgrade, head, upgrade, version_of
from tests.databases import SETTINGS
from tests.engines import postgresql

REVISIONS = [one.revision for one in ScriptDirectory(str(ROOT / "migrations")).walk_revisions()][::-1]

#: Where FTS5 keeps what its table shows.
SHADOWS = "search_text_"


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """Return the console on a database without a table."""
    if request.param == "sqlite":
        url = owner = f"sqlite:///{tmp_path}/ziwang.db"
    else:
        server: postgresql.Server = request.getfixturevalue("postgresql_server")
        _on(server, "DROP DATABASE IF EXISTS migrated", "CREATE DATABASE migrated")
        _on(server, "DROP ROLE IF EXISTS reader", "CREATE ROLE reader LOGIN")
        url, owner = server.url("migrated", "reader"), server.url("migrated")
    settings = {**SETTINGS, "DATA_DIR": str(tmp_path), "DATABASE_URL": url, "OWNER_DATABASE_URL": owner}
    app = create_console_app(settings)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
    if request.param == "postgresql":
        _on(server, "DROP DATABASE migrated WITH (FORCE)", "DROP ROLE reader")


def _on(server: postgresql.Server, *statements: str) -> None:
    engine = create_engine(server.url(), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def _seen(app: Flask, look: Any) -> Any:
    engine = create_engine(app.config["OWNER_DATABASE_URL"])
    if engine.dialect.name == "sqlite":
        set_up(engine)
    with engine.connect() as connection:
        found = look(connection)
    engine.dispose()
    return found


def _tables(app: Flask) -> set[str]:
    names = set(_seen(app, lambda connection: inspect(connection).get_table_names())) - {"alembic_version"}
    return {name for name in names if not name.startswith(SHADOWS)}


def test_the_head_equals_the_models(empty: Flask) -> None:
    upgrade()

    def differences(connection: Any) -> list[Any]:
        # A table of FTS5 has neither types nor indexes to compare; tests/app/search writes and asks it.
        has_fts5 = connection.dialect.name == "sqlite"

        def compared(name: str | None, *_: Any) -> bool:
            return not (has_fts5 and str(name).startswith("search_text"))

        options = {"include_object": lambda _, name, *rest: compared(name, *rest)}
        return list(compare_metadata(MigrationContext.configure(connection, opts=options), Base.metadata))

    assert _seen(empty, differences) == []
    assert _seen(empty, version_of) == head() == REVISIONS[-1]


def test_every_migration_goes_up_down_and_up_again(empty: Flask) -> None:
    upgrade()
    made = _tables(empty)
    assert made == {table.name for table in Base.metadata.sorted_tables}
    for revision in [*REVISIONS[-2::-1], "base"]:
        downgrade(revision)
        assert _seen(empty, version_of) == (None if revision == "base" else revision)
    assert _tables(empty) == set()

    upgrade()

    assert _tables(empty) == made


def test_running_again_changes_nothing(empty: Flask) -> None:
    upgrade()
    upgrade()

    assert _seen(empty, version_of) == head()


def test_the_web_may_only_add_to_what_is_never_changed(empty: Flask) -> None:
    upgrade()
    if not empty.config["DATABASE_URL"].startswith("postgresql"):
        triggers = _seen(
            empty,
            lambda one: set(
                one.execute(text("SELECT tbl_name FROM sqlite_master WHERE type = 'trigger'")).scalars()
            ),
        )
        assert triggers == {*APPEND_ONLY, "article", "portal_entry", "library_entry"}
        return
    rights = text(
        "SELECT table_name, privilege_type FROM information_schema.role_table_grants WHERE grantee = 'reader'"
    )
    granted = set(_seen(empty, lambda one: {tuple(row) for row in one.execute(rights)}))
    for table in Base.metadata.sorted_tables:
        may = {right for name, right in granted if name == table.name}
        assert may == (
            {"SELECT", "INSERT"} if table.name in APPEND_ONLY else {"SELECT", "INSERT", "UPDATE", "DELETE"}
        )
