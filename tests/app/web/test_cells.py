"""What a spreadsheet is given comes back from it, and none of it is a formula (C7)."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from app.web.cells import FORMULA, csv_of, guarded


@given(st.text(max_size=20))
def test_any_text_comes_back_from_a_spreadsheet(text: str) -> None:
    """C7: no cell begins like a formula, and leaving out one mark gives the text back."""
    cell = guarded(text)
    assert not cell.startswith(FORMULA[:-1])
    assert cell.removeprefix("'") == text
    if "\x00" not in text:
        read = list(
            csv.reader(io.StringIO(csv_of(["头"], [[text]]).decode().removeprefix("\ufeff"), newline=""))
        )
        assert read[1] == [cell]
