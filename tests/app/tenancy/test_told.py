"""PostgreSQL is told for whom each statement is, whatever was told before it (DESIGN 4a, A12)."""

from contextlib import suppress

import pytest
from sqlalchemy import Connection, select

from app.content.models import Article
from app.core.database import db
from app.tenancy.models import Tenant
from app.tenancy.scope import Reach, bound_to, current_scope, reaching
from tests.worlds import BUREAU, TOWN, County

SETTINGS = "SELECT current_setting('app.tenant', true), current_setting('app.reach', true)"
only_postgresql = pytest.mark.parametrize("database", ["postgresql"], indirect=True)


@only_postgresql
def test_a_statement_is_sent_in_the_scope_in_which_it_is_made(county: County) -> None:
    with county.inside(BUREAU) as tenant:
        own = str(tenant.id)
        assert _told() == (own, "")
        with reaching(Reach.PUBLISHED):
            assert _told() == (own, "published")
            with reaching(Reach.COUNTY):
                assert _told() == (own, "county")
            assert _told() == (own, "published")
        assert _told() == (own, "")
        db.session.commit()
        assert _told() == (own, "")


@only_postgresql
def test_a_scope_in_which_nothing_is_asked_is_not_told(county: County) -> None:
    with county.inside(BUREAU) as tenant:
        _told()
        with reaching(Reach.COUNTY):
            pass
        assert current_scope().reach is Reach.OWN
        assert db.session.connection().info["told"].reach is Reach.OWN
        assert _told() == (str(tenant.id), "")


@only_postgresql
def test_going_back_to_a_savepoint_takes_back_no_scope(county: County) -> None:
    with county.inside(BUREAU) as tenant:
        own = str(tenant.id)
        town = db.session.scalars(select(Tenant.id).where(Tenant.slug == TOWN)).one()
        with bound_to(town):
            nested = db.session.begin_nested()
            assert _told() == (str(town), ""), "the savepoint is made at the first statement"
            with reaching(Reach.COUNTY):
                assert _told() == (str(town), "county")
                nested.rollback()
                assert _told() == (str(town), "county")
            assert _told() == (str(town), "")
        assert _told() == (own, "")


@only_postgresql
def test_what_is_lost_in_a_wider_scope_leaves_the_narrow_one(county: County) -> None:
    with county.inside(BUREAU) as tenant:
        with suppress(ZeroDivisionError), reaching(Reach.COUNTY):
            assert _told()[1] == "county"
            raise ZeroDivisionError
        assert _told() == (str(tenant.id), "")


@only_postgresql
def test_a_connection_that_is_no_sessions_is_told_nothing(county: County) -> None:
    with county.inside(BUREAU):
        assert db.session.scalars(select(Article.id)).all() is not None
        db.session.commit()
        with reaching(Reach.COUNTY), db.engine.connect() as link:
            assert [part or "" for part in _settings(link)] == ["", ""]


def _told() -> tuple[str, ...]:
    return _settings(db.session.connection())


def _settings(link: Connection) -> tuple[str, ...]:
    return tuple(link.exec_driver_sql(SETTINGS).one())
