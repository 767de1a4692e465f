"""The newest places of a common word are the same on both engines, whatever the months between them."""

from datetime import UTC, datetime, timedelta

import pytest

from app.content.genres import Genre
from app.core.clock import now
from app.core.database import db
from app.search.facets import months_before, placed_at, tokens_of
from app.search.index import Term, anywhere, in_title
from app.search.models import SearchText
from app.search.newest import newest_places
from tests.worlds import County

#: Days ago: several in a month, on both sides of a gap of years, and one that is still to come.
AGES = (-2, 0, 1, 2, 3, 40, 41, 100, 101, 380, 400, 1500, 2900, 2901, 2902, 4000, 7000)
WORD = Term("楠溪", (("楠溪",),), ("楠溪",))


@pytest.mark.parametrize("limit", [1, 4, 9, 14, 100])
def test_the_newest_come_first_across_all_spans(county: County, limit: int) -> None:
    places = []
    with county.everywhere():
        for number, age in enumerate(AGES):
            moment = now() - timedelta(days=age)
            tokens = [*tokens_of(1, 1, "notice", Genre.NOTICE, moment), "楠溪"]
            place = placed_at(moment, number)
            db.session.add(SearchText(rowid=place, title=tokens if number % 2 else ["x"], everything=tokens))
            places.append(place)
        db.session.flush()
        found = newest_places(anywhere, [(WORD,)], limit)
        by_title = newest_places(in_title, [(WORD,)], limit)

    assert found == sorted(places[1:], reverse=True)[:limit]
    assert by_title == sorted(places[1::2], reverse=True)[:limit]


def test_months_adjoin_over_the_turn_of_the_year() -> None:
    # In the county it is January already.
    tokens, begin = months_before(datetime(2025, 12, 31, 17, 0, tzinfo=UTC), 3)

    assert [one[-6:] for one in tokens] == ["202511", "202512", "202601"]
    assert begin == placed_at(datetime(2025, 10, 31, 16, 0, tzinfo=UTC), 0)
