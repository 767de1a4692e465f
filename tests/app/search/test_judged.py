"""The judged set: both databases give the same answers, and the right ones stand high (ZY-19)."""

import pytest

from app.search.segment import key_of
from bench.search import FIRST, JUDGED, Judged, judged, lay_out, mean_reciprocal_rank
from tests.app.search.asking import ask, titles
from tests.databases import Sqlite
from tests.worlds import County, found

#: Measured 1.000 (python -m bench.search), less a margin for a changed dictionary.
ENOUGH = 0.93


@pytest.fixture(scope="module")
def on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> list[Judged]:
    """Return the answers of the embedded database."""
    database = Sqlite(tmp_path_factory.mktemp("judged"))
    found(database.front)
    county = County(database.front)
    lay_out(county)
    answers = judged(county)
    database.let_go()
    return answers


def test_zy_19_the_right_texts_stand_high_and_both_engines_agree(
    county: County, on_sqlite: list[Judged]
) -> None:
    lay_out(county)

    answers = judged(county)

    assert len(answers) == 60
    assert [one.text for one in answers if not 1 <= one.place <= FIRST] == []
    assert mean_reciprocal_rank(answers) >= ENOUGH
    assert answers == on_sqlite
    for one in JUDGED["document"]:  # The exact title of any text is the first hit.
        assert key_of(titles(ask(county, one["title"]))[0]) == key_of(one["title"])
