"""What was public before there was a library is brought in by a command, as often as somebody likes."""

from sqlalchemy import delete

from app.core.database import db
from app.documents.models import LibraryEntry
from tests.app.documents.acts import a_document, acted_on, marks_of
from tests.worlds import BUREAU, PORTAL, County


def test_the_index_is_made_anew_and_marks_stay(county: County) -> None:
    old = a_document(county)
    acted_on(county, (BUREAU, old))
    with county.everywhere():
        db.session.execute(delete(LibraryEntry))
    assert "共 0 件" in county.visitor(PORTAL).get("/documents/").text
    commands = county.front.console.test_cli_runner()
    for _ in range(2):
        answer = commands.invoke(args=["documents", "index"])
        assert answer.exit_code == 0, answer.output
        assert "文件库索引已重建" in answer.output
    page = county.visitor(PORTAL).get("/documents/?validity=abolished").text
    assert "第1号" in page
    assert marks_of(county, BUREAU, old)[0] == "abolished"
