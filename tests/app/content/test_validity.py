"""GK-11: whether a document holds on a day."""

from datetime import date

import pytest

from app.content.models import Article, Revision
from app.content.states import Validity
from app.content.validity import validity_of

ON = date(2026, 6, 1)
BEFORE, AFTER = date(2026, 5, 31), date(2026, 6, 2)


@pytest.mark.parametrize(
    ("declared", "since", "effective", "expires", "holds"),
    [
        (Validity.VALID, None, None, None, Validity.VALID),
        (Validity.VALID, None, ON, ON, Validity.VALID),
        (Validity.VALID, None, AFTER, None, Validity.PENDING),
        (Validity.VALID, None, None, BEFORE, Validity.EXPIRED),
        (Validity.AMENDED, None, None, None, Validity.AMENDED),
        (Validity.ABOLISHED, ON, None, None, Validity.ABOLISHED),
        (Validity.ABOLISHED, AFTER, None, None, Validity.VALID),
        (Validity.VALID, BEFORE, None, None, Validity.EXPIRED),
        (Validity.EXPIRED, BEFORE, AFTER, None, Validity.EXPIRED),
    ],
)
def test_gk_11_what_holds_on_a_day(
    declared: Validity, since: date | None, effective: date | None, expires: date | None, holds: Validity
) -> None:
    article = Article(validity=declared, invalid_since=since)

    assert validity_of(article, Revision(effective_on=effective, expires_on=expires), ON) is holds
