"""The text of attachments is read once and kept; what could not be read for now is tried again."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.accounts.models import Account
from app.content.attachments import keep
from app.core.database import db
from app.extraction.models import AttachmentText
from app.extraction.passages import Passage
from app.extraction.services import text_of
from tests.app.extraction.files import OLE, a_docx, an_xlsx
from tests.worlds import BUREAU, TOWN, County


def kept(extension: str, content: bytes) -> int:
    editor = db.session.scalars(select(Account).where(Account.login == f"{BUREAU}.editor")).one()
    attachment = keep("附件", extension, content, editor)
    found = text_of(attachment)
    assert text_of(attachment) == found
    return db.session.scalar(select(func.count(AttachmentText.id))) or 0


def test_a_text_is_read_once_and_belongs_to_the_unit(county: County) -> None:
    with county.inside(BUREAU):
        assert kept("docx", a_docx("第一段", "第二段")) == 1
        row = db.session.scalars(select(AttachmentText)).one()
        assert row.extract.passages[:2] == (Passage("第 1 段", "第一段"), Passage("第 2 段", "第二段"))
        assert kept("xlsx", an_xlsx()) == 2
    with county.inside(TOWN):
        assert db.session.scalar(select(func.count(AttachmentText.id))) == 0


def test_what_no_program_could_read_is_tried_again(
    county: County, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(folder))
    with county.inside(BUREAU):
        assert kept("doc", OLE + bytes(100)) == 0
