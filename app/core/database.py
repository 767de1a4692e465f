"""The database handle, the base class of every table, and how each engine is set up."""

import sqlite3
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import psycopg
from flask import Flask, has_request_context, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, DateTime, Dialect, Engine, Enum, ExceptionContext, MetaData, event
from sqlalchemy.orm import DeclarativeBase, registry
from sqlalchemy.types import TypeDecorator

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
#: The option of a connection that writes nothing, whatever request it is used in.
ONLY_READS = "only_reads"
SQLITE_SETTINGS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=NORMAL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=10000",
)
ROLE_QUERY = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"


class Moment(TypeDecorator[datetime]):
    """A point in time: UTC in the database, aware in Python, on both engines.

    SQLite gives back naive values even for columns with a time zone.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment needs a time zone.")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def choice(of: type[StrEnum]) -> Enum:
    """Return the type of a column that holds one of an enumeration's values, as text on both engines."""
    return Enum(
        of, native_enum=False, length=16, values_callable=lambda kind: [member.value for member in kind]
    )


class Base(DeclarativeBase):
    """Declarative base; every constraint has a name, so that migrations can drop it again."""

    registry = registry(
        metadata=MetaData(
            naming_convention={
                "ix": "ix_%(table_name)s_%(column_0_N_name)s",
                "uq": "uq_%(table_name)s_%(column_0_N_name)s",
                "ck": "ck_%(table_name)s_%(constraint_name)s",
                "fk": "fk_%(table_name)s_%(column_0_N_name)s",
                "pk": "pk_%(table_name)s",
            }
        ),
        type_annotation_map={datetime: Moment},
    )


db = SQLAlchemy(model_class=Base, disable_autonaming=True)

if TYPE_CHECKING:

    class Model(Base):
        """What the type checker sees instead of the class that Flask-SQLAlchemy builds."""

        __abstract__ = True
else:
    Model = db.Model


def init_app(app: Flask) -> None:
    """Bind the database and set up its engine."""
    db.init_app(app)
    with app.app_context():
        set_up(db.engine)


def hold_readers_to_reading(app: Flask) -> None:
    """Let PostgreSQL refuse what a reading request would write, and keep what it prepared for such a request.

    For an application whose reading requests write nothing; the console's keep sessions alive.
    """
    with app.app_context():
        if db.engine.dialect.name == "postgresql":
            event.listen(db.engine, "begin", _begin_reading)
            event.listen(db.engine, "rollback", _end_reading)


def set_up(engine: Engine) -> None:
    """Make an engine behave as the code expects: real transactions on SQLite, a humble role on PostgreSQL.

    What it says of an error holds no value of a row: that may be somebody's, and is written to logs.
    """
    engine.hide_parameters = True
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "connect", _refuse_mighty_role, once=True)
        event.listen(engine, "connect", _set_up_postgresql)
        event.listen(engine, "handle_error", _leave_out_values)


def _set_up_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # The driver's own transactions lose updates; we begin them ourselves.
    for setting in SQLITE_SETTINGS:
        connection.execute(setting)


def _set_up_postgresql(connection: Any, _record: object) -> None:
    """Have a statement prepared when it comes a second time: to plan it takes longer than to run it."""
    connection.prepare_threshold = 1


def _leave_out_values(context: ExceptionContext) -> None:
    """Take from an error what PostgreSQL tells besides: the key, or the whole row, that was refused."""
    original, wrapped = context.original_exception, context.sqlalchemy_exception
    if isinstance(original, psycopg.Error) and original.diag.message_detail:
        original.args = (original.diag.message_primary,)
        if wrapped is not None:
            wrapped.args = original.args


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at once where something may be written: reading first and locking later fails."""
    connection.exec_driver_sql("BEGIN" if _only_reads_on(connection) else "BEGIN IMMEDIATE")


def _begin_reading(connection: Connection) -> None:
    driver: Any = connection.connection.dbapi_connection
    driver.read_only = _only_reads_on(connection) or None


def _end_reading(connection: Connection) -> None:
    """End what only read by a commit, which is the same but for the driver.

    psycopg throws away what it has prepared whenever a transaction is rolled back, as all that only read are;
    then every statement was planned anew, which took the database ten times as long as to answer it.
    """
    driver: Any = connection.connection.dbapi_connection
    if driver.read_only:
        driver.commit()


def _only_reads_on(connection: Connection) -> bool:
    """Say whether a transaction will write nothing, for the request's sake or its own."""
    return only_reads() or bool(connection.get_execution_options().get(ONLY_READS))


def only_reads() -> bool:
    """Say whether this is a request that may write nothing."""
    return has_request_context() and request.method in SAFE_METHODS


def _refuse_mighty_role(connection: Any, _record: object) -> None:
    """Refuse a role that row-level security does not bind (A12)."""
    with connection.cursor() as cursor:
        row = cursor.execute(ROLE_QUERY).fetchone()
    connection.rollback()
    if row is None or row[0]:
        raise RuntimeError("数据库角色是超级用户或可绕过行级安全，请在 ZIWANG_DATABASE_URL 中改用普通角色。")
