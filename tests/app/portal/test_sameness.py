"""One document number in any writing is the same number (vectors of the domain)."""

import pytest

from app.portal.sameness import number_key


@pytest.mark.parametrize(
    "written",
    [
        "永政办发〔2007〕89号",
        "永政办发[2007]89号",
        "永政办发（2007）第89号",
        "永政办发 ( 2007 ) 089 号",
        "永政办发【２００７】89号",
    ],
)
def test_every_writing_of_a_number_is_one(written: str) -> None:
    assert number_key(written) == "永政办发〔2007〕89号"


def test_no_number_is_no_key() -> None:
    assert number_key(" ") is None
