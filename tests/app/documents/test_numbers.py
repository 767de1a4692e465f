"""Numbers of documents are found however they are written (S-20)."""

import pytest

from app.documents.numbers import Number, number_in

WHOLE = Number("永政办发", 2007, 89)


@pytest.mark.parametrize(
    "written",
    [
        "永政办发〔2007〕89号",
        "永政办发[2007]089号",
        "永政办发（2007）第89号",
        "永政办发【2007】89号",
        "永政办发〔２００７〕８９号",
        " 永政办发 〔 2007 〕 第 89 号 ",
        "永政办发2007年第89号",
        "永政办发 2007 89",
        "永政办发2007-89",
    ],
)
def test_s_20_a_whole_number_in_any_writing(written: str) -> None:
    assert number_in(written) == WHOLE


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("[2007]89", Number("", 2007, 89)),
        ("2007 89号", Number("", 2007, 89)),
        ("2007〕89", Number("", 2007, 89)),
        ("89号", Number("", None, 89)),
        ("第 89 号", Number("", None, 89)),
        ("2007年", Number("", 2007, None)),
        ("永政办发", Number("永政办发", None, None)),
        ("永政办发〔2007〕", Number("永政办发", 2007, None)),
    ],
)
def test_s_20_a_part_of_a_number(written: str, meant: Number) -> None:
    assert number_in(written) == meant


@pytest.mark.parametrize("written", ["", "   ", "〔〕", "99999999999", "1 2 3", "号", "\x00|||" * 50])
def test_what_is_no_number(written: str) -> None:
    assert number_in(written) is None
