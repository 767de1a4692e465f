"""Rows that belong to one tenant, and the guard that keeps every statement to it (DESIGN 4a, A12).

Closed by default: a statement about tenants' rows with no tenant bound raises. Who must look across tenants
says so with ``reaching``, which only the packages named in tests/architecture/test_isolation.py may call.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import Any, cast
from weakref import WeakKeyDictionary

from flask import g
from sqlalchemy import (
    ClauseElement,
    Column,
    ColumnClause,
    Connection,
    Engine,
    ForeignKey,
    Integer,
    Table,
    TableClause,
    TextClause,
    bindparam,
    event,
)
from sqlalchemy.orm import (
    Mapped,
    ORMExecuteState,
    Session,
    SessionTransaction,
    mapped_column,
    with_loader_criteria,
)
from sqlalchemy.sql import visitors
from sqlalchemy.util import LRUCache

from app.core.database import Base, db

#: What a session's connection carries: the scope that PostgreSQL was given last in its transaction.
_TOLD = "told"
_TELL = "SELECT set_config('app.tenant', %s, true), set_config('app.reach', %s, true)"
_GOING_BACK = "ROLLBACK TO SAVEPOINT"
NOBODY = -1
MOST_JUDGED = 1000


class Reach(StrEnum):
    """How far a statement may see beyond the bound tenant."""

    OWN = ""
    #: What visitors may read of all tenants; nothing can be written.
    PUBLISHED = "published"
    #: All rows of all tenants.
    COUNTY = "county"


@dataclass(frozen=True)
class Scope:
    """For whom statements are made."""

    tenant_id: int | None = None
    reach: Reach = Reach.OWN


class OutOfScopeError(RuntimeError):
    """A statement about tenants' rows was made without saying for which tenant."""


class TenantOwned:
    """Mixin of every table whose rows belong to exactly one tenant."""

    tenant_id: Mapped[int] = mapped_column(ForeignKey("tenant.id"), index=True)


def current_scope() -> Scope:
    """Return the scope of this request, command or job; bound to nobody unless somebody said so."""
    scope = g.get("scope")
    return scope if isinstance(scope, Scope) else Scope()


def bind(tenant_id: int) -> None:
    """Bind the rest of the request, command or job to a tenant."""
    _enter(Scope(tenant_id))


@contextmanager
def bound_to(tenant_id: int) -> Iterator[None]:
    """Bind a block to a tenant; what was pending is written under the scope it was made in."""
    with _within(replace(current_scope(), tenant_id=tenant_id, reach=Reach.OWN)):
        yield


@contextmanager
def reaching(reach: Reach) -> Iterator[None]:
    """Let a block see further than its tenant."""
    with _within(replace(current_scope(), reach=reach)):
        yield


@contextmanager
def _within(scope: Scope) -> Iterator[None]:
    before = current_scope()
    _enter(scope)
    try:
        yield
    except BaseException:
        g.scope = before  # The transaction is lost anyway, with what was pending.
        raise
    _enter(before)


def _enter(scope: Scope) -> None:
    if scope == current_scope():
        g.scope = scope
        return
    if db.session.registry.has():
        db.session.flush()
    g.scope = scope


@event.listens_for(Session, "after_begin")
def expect_to_be_told(_session: Session, _transaction: SessionTransaction, connection: Connection) -> None:
    """Let PostgreSQL be told for whom a session's statements are; other connections see no tenant's rows."""
    if connection.dialect.name == "postgresql":
        connection.info[_TOLD] = None


@event.listens_for(Engine, "before_cursor_execute")
def tell_row_level_security(connection: Connection, _cursor: object, statement: str, *_: object) -> None:
    """Give PostgreSQL the scope in which a statement is sent, where it was given another one last.

    It is given for as long as the transaction lasts, and only when something is asked in it: scopes are
    entered and left far more often. Going back to a savepoint takes back what was told since.
    """
    if _TOLD not in connection.info:
        return
    if statement.startswith(_GOING_BACK):
        connection.info[_TOLD] = None
        return
    scope = current_scope()
    if connection.info[_TOLD] != scope:
        connection.info[_TOLD] = scope  # First: to tell it is a statement too. Where it fails, all others do.
        connection.exec_driver_sql(_TELL, (str(scope.tenant_id or ""), scope.reach.value))


@event.listens_for(Engine, "begin")
def expect_nothing(connection: Connection) -> None:
    """Begin anew: what was told ended with the transaction, and the next need not be a session's."""
    connection.info.pop(_TOLD, None)


@event.listens_for(Session, "do_orm_execute")
def stay_within_tenant(state: ORMExecuteState) -> None:
    """Add the tenant's condition to every statement, whatever the query's author forgot."""
    scope = current_scope()
    if scope.reach is Reach.COUNTY:
        return
    is_bound = scope.reach is Reach.OWN and state.is_orm_statement
    statement = _fenced(state.statement) if is_bound else state.statement
    touches_owned = _is_about_owned(state, statement)
    if scope.reach is Reach.PUBLISHED:
        if not state.is_select:
            raise OutOfScopeError("Nothing is written while reaching across tenants to read.")
        return
    if touches_owned and scope.tenant_id is None:
        raise OutOfScopeError("No tenant is bound.")
    if touches_owned and not state.is_select:
        _refuse_uncovered_writing(state)
    state.statement = statement


def _bound_tenant() -> int:
    """Return whose rows the statement sees that is being sent now."""
    return current_scope().tenant_id or NOBODY


#: The tenant's condition: the same for every statement and tenant, and filled in when a statement is sent. It
#: is no part of what is loaded, so a row's further statements are for whoever is bound when they are made.
_BOUND_TENANT = bindparam(None, callable_=_bound_tenant, type_=Integer)
OF_TENANT = with_loader_criteria(
    TenantOwned,
    lambda cls: cls.tenant_id == _BOUND_TENANT,
    include_aliases=True,
    propagate_to_loaders=False,
)
#: What was made of statements that are still in use: those made once (app/core/prepared.py) need it once.
_FENCED: "WeakKeyDictionary[Any, Any]" = WeakKeyDictionary()


def _fenced(statement: Any) -> Any:
    fenced = _FENCED.get(statement)
    if fenced is None:
        fenced = _FENCED[statement] = statement.options(OF_TENANT)
    return fenced


#: Whether statements of a form are about tenants' rows. The form is the key by which SQLAlchemy finds the SQL
#: that it sends: what is refused is never kept here, and what was judged is sent as it was judged.
_JUDGED: LRUCache[Any, bool] = LRUCache(MOST_JUDGED)


def _is_about_owned(state: ORMExecuteState, sent: Any) -> bool:
    """Say whether a statement is about tenants' rows; refuse what the condition cannot be added to."""
    form = sent._generate_cache_key()  # noqa: SLF001 - has no other name
    if form is None:
        return _touches_owned(state)
    key = (state.is_orm_statement, form.key)
    judged = _JUDGED.get(key)
    if judged is None:
        judged = _JUDGED[key] = _touches_owned(state)
    return judged


def _touches_owned(state: ORMExecuteState) -> bool:
    """Say whether a statement is about tenants' rows; refuse what the condition cannot be added to.

    That is text, and tables instead of mapped classes, wherever in the statement they stand.
    """
    touched, by_class, by_table = set(), set(), set()
    for element in visitors.iterate(cast("ClauseElement", state.statement)):
        if isinstance(element, TextClause) or _is_written_out(element):
            raise OutOfScopeError("SQL as text escapes the tenant guard.")
        table = element.table if isinstance(element, Column) else element
        if not isinstance(table, Table) or table.name not in _owned_tables():
            continue
        touched.add(table.name)
        if "parententity" in element._annotations:  # noqa: SLF001 - the mark of what came through a class
            by_class.add(table.name)
        elif isinstance(element, Column):
            by_table.add(table.name)
    if bare := by_table - by_class if state.is_orm_statement else touched:
        raise OutOfScopeError(f"Ask for the classes of {', '.join(sorted(bare))}, not for the tables.")
    return bool(touched)


def _is_written_out(element: Any) -> bool:
    """Recognise a column or table that is only a piece of text; the star of count(*) is none."""
    if isinstance(element, ColumnClause) and element.is_literal:
        return str(element.name) != "*"
    return isinstance(element, TableClause) and not isinstance(element, Table)


def _refuse_uncovered_writing(state: ORMExecuteState) -> None:
    """Refuse writing that no condition covers: rows come by the session, and stay where they are."""
    if state.is_insert:
        raise OutOfScopeError("Add rows to the session: an INSERT of its own is not stamped with the tenant.")
    if state.is_executemany:
        raise OutOfScopeError("An UPDATE by primary keys takes no condition.")
    values = getattr(state.statement, "_values", None) or {}
    if any(getattr(column, "key", column) == "tenant_id" for column in values):
        raise OutOfScopeError("A row stays with its tenant.")


@cache
def _owned_tables() -> frozenset[str]:
    owned = (one for one in Base.registry.mappers if issubclass(one.class_, TenantOwned))
    return frozenset(str(one.local_table.description) for one in owned)


@event.listens_for(Session, "before_flush")
def write_within_tenant(session: Session, _context: object, _instances: object) -> None:
    """Refuse to write another tenant's rows; who makes a row says whose it is."""
    scope = current_scope()
    if scope.reach is Reach.COUNTY:
        return
    bound = scope.tenant_id if scope.reach is Reach.OWN else None
    for row in (*session.new, *session.dirty, *session.deleted):
        if isinstance(row, TenantOwned) and (bound is None or row.tenant_id != bound):
            raise OutOfScopeError(f"{type(row).__name__} of tenant {row.tenant_id} is out of scope.")
