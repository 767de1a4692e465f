"""Statements that are made once say nothing of when they were made."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from freezegun import freeze_time
from sqlalchemy import Select, bindparam, select

from app.content.models import Article, Revision
from app.core.prepared import THIS_MOMENT, TODAY, FixedMomentError, numbered, prepared

FIRST = datetime(2026, 11, 24, 15, 59, tzinfo=UTC)
LATER = datetime(2026, 11, 24, 16, 1, tzinfo=UTC)


def test_a_statement_is_made_once_for_every_shape() -> None:
    made: list[int] = []

    @prepared
    def of_columns(count: int) -> Select[int]:
        made.append(count)
        return select(Article.id).where(*(Article.id == bindparam(name) for name in numbered(range(count))))

    assert of_columns(1) is of_columns(1)
    assert of_columns(2) is not of_columns(1)
    assert made == [1, 2]


def test_the_time_is_that_of_sending() -> None:
    @prepared
    def shown() -> Select[int]:
        is_over = select(Revision.id).where(Revision.expires_on < TODAY).exists()
        return select(Article.id).where(Article.first_published_at <= THIS_MOMENT, is_over)

    def sent() -> set[Any]:
        return set(shown().compile().construct_params().values())

    with freeze_time(FIRST):
        assert sent() == {FIRST, date(2026, 11, 24)}
    with freeze_time(LATER):  # In the county the next day has begun.
        assert sent() == {LATER, date(2026, 11, 25)}


@pytest.mark.parametrize("moment", [FIRST, FIRST.date()])
def test_a_moment_that_would_stand_for_ever_is_refused(moment: date) -> None:
    @prepared
    def shown() -> Select[int]:
        return select(select(Article.id).where(Article.first_published_at <= moment).subquery().c.id)

    for _ in range(2):
        with pytest.raises(FixedMomentError):
            shown()
