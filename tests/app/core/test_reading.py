"""Reading requests of the public application write nothing, and what they ask is planned once."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import InternalError

from app.core.database import db
from tests.worlds import BUREAU, County

pytestmark = pytest.mark.parametrize("database", ["postgresql"], indirect=True)
#: A statement is prepared when a connection sends it the second time.
OFTEN = 2
PREPARED = "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%FROM article%'"
WRITING = "UPDATE host SET name = name"


def test_statements_stay_prepared_from_one_request_to_the_next(county: County) -> None:
    """A transaction that is rolled back throws them away, and each was planned anew for every page."""
    for _ in range(OFTEN):
        county.front.public.extensions["pages"].clear()
        county.front.public.extensions["page_folder"].clear()
        assert county.visitor(BUREAU).get("/").status_code == 200
    with county.front.public.test_request_context("/"):
        assert db.session.connection().execute(text(PREPARED)).scalar_one() > 0


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_what_reads_writes_nothing(county: County, method: str) -> None:
    app = county.front.public
    with app.test_request_context("/", method=method), pytest.raises(InternalError, match="read-only"):
        db.session.connection().execute(text(WRITING))


def test_a_form_is_written_by_the_connection_that_read_before(county: County) -> None:
    app = county.front.public
    for method in ("GET", "POST", "GET", "POST"):
        with app.test_request_context("/", method=method):
            connection = db.session.connection()
            written = connection.execute(text(WRITING if method == "POST" else "SELECT 1"))
            assert written.rowcount
            db.session.rollback()
