"""What errors of the database say, which logs hold for long: where it went wrong, and no value of a row."""

import traceback
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from app.accounts.models import Account
from app.core.database import db
from tests.worlds import County

CANARY = "张三13812341234"


def refused(county: County, *rows: dict[str, Any]) -> str:
    """Return what is written of accounts that the database does not take."""
    with county.everywhere():
        for row in rows:
            db.session.add(Account(**{"login": CANARY, "name": CANARY, **row}))
        with pytest.raises(IntegrityError) as caught:
            db.session.flush()
        db.session.rollback()
        return "".join(traceback.format_exception(caught.value))


def test_a_refused_row_is_told_without_its_values(county: County) -> None:
    twice = refused(county, {}, {})
    incomplete = refused(county, {"login": None})
    for said in (twice, incomplete):
        assert "IntegrityError" in said
        assert "INSERT INTO account" in said
        assert CANARY not in said
    assert "unique" in twice.lower()
    assert "null" in incomplete.lower()
