"""Every statement about tenants' rows is for one tenant that was named, or it raises (DESIGN 4a, A12)."""

import gc
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
from sqlalchemy import (
    Executable,
    column,
    delete,
    exists,
    func,
    insert,
    lambda_stmt,
    literal,
    literal_column,
    select,
    table,
    text,
    update,
)
from sqlalchemy.exc import DBAPIError, SAWarning
from sqlalchemy.orm import aliased

from app.audit.models import AuditHead
from app.content.models import Article, Column
from app.content.states import ArticleState
from app.core.database import Base, db
from app.tenancy import scope
from app.tenancy.models import Tenant
from app.tenancy.scope import OutOfScopeError, Reach, TenantOwned, bound_to, current_scope, reaching
from tests.databases import Database
from tests.worlds import BUREAU, LIBRARY, TOWN, County

OWNED: list[type[Any]] = sorted(
    (mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, TenantOwned)),
    key=lambda owned: str(owned.__name__),
)
ARTICLES, REVISIONS = Base.metadata.tables["article"], Base.metadata.tables["revision"]
every_class = pytest.mark.parametrize("owned", OWNED, ids=lambda owned: str(owned.__name__))

#: However a statement reaches a tenant-owned class, it needs to know for whom.
READINGS: dict[str, Callable[[Any], Executable]] = {
    "rows": select,
    "a column": lambda owned: select(owned.id),
    "a count": lambda owned: select(func.count()).select_from(owned),
    "a count of ids": lambda owned: select(func.count(owned.id)),
    "an alias": lambda owned: select(aliased(owned).id),
    "joined to a directory class": lambda owned: select(Tenant.slug).join(
        owned, owned.tenant_id == Tenant.id
    ),
    "exists": lambda owned: select(Tenant.slug).where(exists(select(owned.id))),
    "a scalar subquery": lambda owned: select(Tenant.id, select(func.count(owned.id)).scalar_subquery()),
    "a union": lambda owned: select(owned.id).union(select(owned.id)),
    "a CTE": lambda owned: select(select(owned.id).cte()),
    "a subquery": lambda owned: select(select(owned.id).subquery()),
}
WRITINGS: dict[str, Callable[[Any], Executable]] = {
    "update": lambda owned: update(owned).values(id=owned.id),
    "delete": delete,
    "insert": insert,
    "update of a directory class by it": lambda owned: update(Tenant).where(
        Tenant.id.in_(select(owned.tenant_id))
    ),
}
#: What the tenant's condition cannot be added to.
ESCAPES: dict[str, Callable[[], Executable]] = {
    "text": lambda: text("SELECT id FROM article"),
    "text for a class": lambda: select(Article).from_statement(text("SELECT * FROM article")),
    "text as a column": lambda: select(Article.id, text("(SELECT count(*) FROM article)")),
    "a literal column": lambda: select(literal_column("(SELECT count(*) FROM article)")),
    "text as a table": lambda: select(literal(1)).select_from(text("article")),
    "a table by its name": lambda: select(column("id")).select_from(table("article")),
    "a table": lambda: select(ARTICLES),
    "an alias of a table": lambda: select(ARTICLES.alias().c.id),
    "a table's column beside a class": lambda: select(Article.id, REVISIONS.c.title),
    "a table's column beside a directory class": lambda: select(Tenant.id, ARTICLES.c.id),
    "a table's update": lambda: update(ARTICLES).values(state="draft"),
    "a table's delete": lambda: delete(ARTICLES),
    "a table's insert": lambda: insert(ARTICLES),
}


@pytest.fixture(scope="module")
def shared(database: Database) -> County:
    """Return a county in whose units something is written; no test of this file commits anything."""
    database.reset()
    county = County(database.front)
    for slug in (BUREAU, TOWN, LIBRARY):
        county.an_article(slug, state=ArticleState.PUBLISHED)
    return county


@pytest.fixture
def written(shared: County) -> Iterator[County]:
    """Return the county within an application context."""
    county = shared
    with county.front.console.app_context():
        yield county
        db.session.rollback()


def of(slug: str) -> int:
    found = db.session.scalars(select(Tenant.id).where(Tenant.slug == slug)).one()
    db.session.rollback()
    return found


@every_class
def test_reading_for_nobody_raises(written: County, owned: type[Any]) -> None:
    for how, statement in {**READINGS, **WRITINGS}.items():
        with pytest.raises(OutOfScopeError):
            db.session.execute(statement(owned))
        assert how
    with pytest.raises(OutOfScopeError):
        db.session.get(owned, 1)


@pytest.mark.parametrize("how", ESCAPES)
def test_what_takes_no_condition_is_refused(written: County, how: str) -> None:
    with pytest.raises(OutOfScopeError):
        db.session.execute(ESCAPES[how]())
    with bound_to(of(BUREAU)), pytest.raises(OutOfScopeError):
        db.session.execute(ESCAPES[how]())
    db.session.rollback()
    with bound_to(of(BUREAU)), reaching(Reach.PUBLISHED), pytest.raises(OutOfScopeError):
        db.session.execute(ESCAPES[how]())


def test_a_bound_tenant_sees_its_own_rows_however_it_asks(written: County) -> None:
    """Two tenants cannot show that a condition is the right one; four can."""
    own = of(BUREAU)
    with reaching(Reach.COUNTY):
        expected = db.session.scalars(select(Article.id).where(Article.tenant_id == own)).all()
        everything = db.session.scalar(select(func.count(Article.id)))
    db.session.rollback()
    assert everything is not None
    assert everything > len(expected)
    with bound_to(own):
        for how in ("rows", "a column", "an alias", "a union", "a CTE", "a subquery"):
            rows = db.session.execute(READINGS[how](Article)).all()
            ids = [row[0].id if how == "rows" else row[0] for row in rows]
            assert sorted(ids) == sorted(expected), how
        for how in ("a count", "a count of ids"):
            assert db.session.execute(READINGS[how](Article)).scalar_one() == len(expected), how
        joined = db.session.scalars(select(Tenant.slug).join(Article, Article.tenant_id == Tenant.id))
        assert set(joined) == {BUREAU}


def test_a_foreign_row_cannot_be_loaded_by_its_key(written: County) -> None:
    foreign = _ids(TOWN)
    with bound_to(of(BUREAU)):
        assert [db.session.get(Article, one) for one in foreign] == [None] * len(foreign)


def test_the_condition_follows_the_tenant_through_the_statement_cache(written: County) -> None:
    statement = select(Article.tenant_id).distinct()
    for slug in (BUREAU, TOWN, LIBRARY, BUREAU):
        own = of(slug)
        with bound_to(own):
            assert db.session.scalars(statement).all() == [own]


@pytest.mark.parametrize("how", READINGS)
def test_a_statement_made_once_is_for_whoever_is_bound_when_it_is_sent(written: County, how: str) -> None:
    """The same object, and another of the same form, in turn for tenants and for nobody."""
    kept, foreign = READINGS[how](Article), set(_ids(TOWN))
    for slug in (BUREAU, TOWN, BUREAU, LIBRARY):
        own = of(slug)
        with bound_to(own):
            expected = db.session.execute(READINGS[how](Article)).all()
            assert db.session.execute(kept).all() == expected, how
            assert db.session.execute(kept).all() == expected, how
            if how in ("a column", "an alias", "a union", "a CTE", "a subquery"):
                assert bool({row[0] for row in expected} & foreign) is (slug == TOWN)
        db.session.rollback()
        for statement in (kept, READINGS[how](Article)):
            with pytest.raises(OutOfScopeError):
                db.session.execute(statement)


@pytest.mark.parametrize("how", ESCAPES)
def test_what_escapes_is_refused_however_often_and_whatever_was_sent_before(
    written: County, how: str
) -> None:
    """Neither a statement that was refused nor one like it that was not opens the way."""
    kept = ESCAPES[how]()
    with bound_to(of(BUREAU)):
        for reading in READINGS.values():
            db.session.execute(reading(Article)).all()
        for statement in (kept, kept, ESCAPES[how]()):
            with pytest.raises(OutOfScopeError):
                db.session.execute(statement)
            with reaching(Reach.PUBLISHED), pytest.raises(OutOfScopeError):
                db.session.execute(statement)
        with reaching(Reach.COUNTY):
            _sent_anyway(kept)
        with pytest.raises(OutOfScopeError):
            db.session.execute(kept)


def _sent_anyway(statement: Executable) -> None:
    """Send what the guard would refuse, as the county may; what the database says to it does not matter."""
    with suppress(DBAPIError, SAWarning), db.session.begin_nested():
        db.session.execute(statement)


def test_a_class_and_its_table_are_never_taken_for_each_other(written: County) -> None:
    own = of(BUREAU)
    for owned in OWNED:
        table = Base.metadata.tables[owned.__tablename__]
        with bound_to(own):
            db.session.execute(select(owned.id).limit(1)).all()
            with pytest.raises(OutOfScopeError):
                db.session.execute(select(table.c.id).limit(1))


def test_a_lambda_is_judged_by_what_it_stands_for(written: County) -> None:
    own = of(BUREAU)

    def sent(entity: Any) -> list[Any]:
        return list(db.session.execute(lambda_stmt(lambda: select(entity.id))).scalars())

    for _ in range(2):
        with bound_to(own):
            assert sorted(sent(Article)) == _ids(BUREAU)
            with pytest.raises(OutOfScopeError):
                db.session.execute(lambda_stmt(lambda: select(ARTICLES.c.id)))
        db.session.rollback()
        with pytest.raises(OutOfScopeError):
            sent(Article)


def test_reach_ends_with_its_block_for_a_statement_made_once(written: County) -> None:
    kept, own = select(Article.tenant_id).distinct(), of(BUREAU)
    with bound_to(own):
        for _ in range(2):
            assert db.session.scalars(kept).all() == [own]
            with reaching(Reach.COUNTY):
                assert len(db.session.scalars(kept).all()) > 2
            with reaching(Reach.PUBLISHED):
                assert len(db.session.scalars(kept).all()) > 2


def test_statements_that_nobody_holds_are_not_kept(written: County) -> None:
    """The guard remembers forms, and no values; who asks for ever more makes it no larger."""
    with bound_to(of(BUREAU)):
        db.session.execute(select(Article.id).where(Article.id == 0)).all()
        gc.collect()
        judged, fenced = len(scope._JUDGED), len(scope._FENCED)  # noqa: SLF001 - seen nowhere else
        for number in range(50):
            db.session.execute(select(Article.id).where(Article.id == number)).all()
        gc.collect()
        assert len(scope._JUDGED) == judged  # noqa: SLF001
        assert len(scope._FENCED) <= fenced  # noqa: SLF001


def test_updates_and_deletes_touch_own_rows_only(written: County) -> None:
    own, before = of(BUREAU), _ids(TOWN)
    with bound_to(own):
        assert _count(db.session.execute(update(Column).values(description="改"))) > 0
        assert _count(db.session.execute(delete(AuditHead))) == 1
    with reaching(Reach.COUNTY):
        changed = select(Column.tenant_id).where(Column.description == "改").distinct()
        assert db.session.scalars(changed).all() == [own]
        assert own not in db.session.scalars(select(AuditHead.tenant_id)).all()
        assert db.session.scalar(select(func.count(AuditHead.id))) == 3
    db.session.rollback()
    assert _ids(TOWN) == before


def test_a_foreign_tenant_cannot_be_written_by_statements(written: County) -> None:
    own, foreign = of(BUREAU), of(TOWN)
    attempts: list[tuple[Executable, Any]] = [
        (insert(Column).values(tenant_id=foreign, slug="x", title="x"), None),
        (insert(Column), [{"tenant_id": foreign, "slug": "x", "title": "x"}]),
        (insert(Column).from_select(["tenant_id", "slug"], select(literal(foreign), Column.slug)), None),
        (update(Column).values(tenant_id=foreign), None),
        (update(Column).values({Column.tenant_id: foreign}), None),
        (update(Column), [{"id": _ids(TOWN, Column)[0], "title": "x"}]),
    ]
    for statement, parameters in attempts:
        with bound_to(own), pytest.raises(OutOfScopeError):
            db.session.execute(statement, parameters)
        db.session.rollback()


def test_a_flush_never_writes_a_foreign_row(written: County) -> None:
    own, foreign = of(BUREAU), of(TOWN)

    def added() -> None:
        db.session.add(Column(tenant_id=foreign, slug="x", title="x"))

    def moved() -> None:
        db.session.scalars(select(Column).limit(1)).one().tenant_id = foreign

    def changed() -> None:
        with bound_to(foreign):
            row = db.session.scalars(select(Column).limit(1)).one()
        row.title = "x"

    def deleted() -> None:
        with bound_to(foreign):
            row = db.session.scalars(select(AuditHead)).one()
        db.session.delete(row)

    for attempt in (added, moved, changed, deleted):
        with bound_to(own):
            attempt()
            with pytest.raises(OutOfScopeError):
                db.session.flush()
            db.session.rollback()


def test_a_new_row_says_whose_it_is(written: County) -> None:
    own = of(BUREAU)
    with bound_to(own):
        row = Column(tenant_id=own, slug="x", title="x")
        db.session.add(row)
        db.session.flush()
        db.session.expire(row)
        assert row.title == "x"  # Read again, under the same scope.
    db.session.rollback()
    with pytest.raises(OutOfScopeError):
        _add_unmarked()
    with bound_to(own), pytest.raises(OutOfScopeError):
        _add_unmarked()


def _add_unmarked() -> None:
    db.session.add(Column(slug="y", title="y"))
    try:
        db.session.flush()
    finally:
        db.session.rollback()


@every_class
def test_reaching_for_readers_cannot_write(written: County, owned: type[Any]) -> None:
    with bound_to(of(BUREAU)), reaching(Reach.PUBLISHED):
        for statement in WRITINGS.values():
            with pytest.raises(OutOfScopeError):
                db.session.execute(statement(owned))


def test_reaching_for_readers_cannot_flush(written: County) -> None:
    with bound_to(of(BUREAU)), reaching(Reach.PUBLISHED):
        db.session.add(Column(slug="x", title="x"))
        with pytest.raises(OutOfScopeError):
            db.session.flush()
        db.session.rollback()


def test_a_block_gives_back_the_scope_it_found_also_after_a_fault(written: County) -> None:
    own, other = of(BUREAU), of(TOWN)
    with bound_to(own):
        with pytest.raises(ZeroDivisionError), bound_to(other), reaching(Reach.COUNTY):
            raise ZeroDivisionError
        assert (current_scope().tenant_id, current_scope().reach) == (own, Reach.OWN)
        assert set(db.session.scalars(select(Article.tenant_id))) == {own}
    assert current_scope().tenant_id is None


def _ids(slug: str, owned: type[Any] = Article) -> list[int]:
    with bound_to(of(slug)):
        found = sorted(db.session.scalars(select(owned.id)))
    db.session.rollback()
    return found


def _count(result: Any) -> int:
    return int(result.rowcount)
