"""One time zone for the county, and points in time that come back from both databases as they went in."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from freezegun import freeze_time
from sqlalchemy import select

from app.audit.models import AuditRow
from app.core.clock import COUNTY_ZONE, now, today
from app.core.database import Moment, db
from app.tenancy.scope import Reach, reaching
from tests.worlds import County


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-03-01 15:59:59", date(2026, 3, 1)),
        ("2026-03-01 16:00:00", date(2026, 3, 2)),
        ("2026-12-31 16:00:00", date(2027, 1, 1)),
        ("2028-02-28 16:00:00", date(2028, 2, 29)),
    ],
)
def test_the_countys_day_begins_at_its_own_midnight(moment: str, expected: date) -> None:
    with freeze_time(moment):
        assert today() == expected
        assert now().tzinfo is UTC


def test_a_moment_comes_back_aware_and_equal_on_both_databases(county: County) -> None:
    written = datetime(2026, 3, 1, 8, 30, 0, 123456, tzinfo=COUNTY_ZONE)
    with county.front.console.app_context(), reaching(Reach.COUNTY):
        row = db.session.scalars(select(AuditRow).limit(1)).one()
        copy = AuditRow(
            tenant_id=row.tenant_id,
            number=9_999,
            at=written,
            actor="",
            act="",
            subject="",
            detail="",
            previous_hash="",
            hash="",
        )
        db.session.add(copy)
        db.session.flush()
        db.session.expire(copy)
        assert copy.at == written
        assert copy.at.tzinfo is UTC
        later = select(AuditRow.number).where(
            AuditRow.at >= written, AuditRow.at < written + timedelta(seconds=1)
        )
        assert db.session.scalars(later).all() == [9_999]
        db.session.rollback()


def test_a_moment_without_a_zone_is_refused(county: County) -> None:
    with county.front.console.app_context():
        dialect = db.engine.dialect
    with pytest.raises(ValueError, match="time zone"):
        Moment().process_bind_param(datetime(2026, 3, 1), dialect)  # noqa: DTZ001 - that is the fault
    west = datetime(2026, 3, 1, tzinfo=timezone(timedelta(hours=-5)))
    bound = Moment().process_bind_param(west, dialect)
    assert bound is not None
    assert bound.hour == 5
    assert Moment().process_bind_param(None, dialect) is None
    assert Moment().process_result_value(None, dialect) is None
