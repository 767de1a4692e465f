"""Old Word and WPS files: by LibreOffice, or with a clear word where it is not."""

from pathlib import Path

import pytest

from app.extraction.libreoffice import MISSING, OLD
from app.extraction.reading import extract
from app.intake.document import taken_in
from tests.app.extraction.files import OLE, a_presentation, an_xlsx
from tests.app.intake.notices import as_docx
from tests.app.intake.test_document import EXPECTED
from tests.engines import libreoffice


@pytest.mark.parametrize(("old", "new"), OLD.items())
def test_without_libreoffice_the_person_is_told_what_to_do(
    old: str, new: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(folder))

    found = extract(OLE + bytes(2_000), old)

    assert (found.passages, found.is_lasting) == ((), False)
    assert found.note == MISSING.format(old=old, new=new)


@pytest.fixture
def _with_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", libreoffice.path())


@pytest.mark.usefixtures("_with_libreoffice")
def test_the_founding_notice_is_taken_in_from_the_old_formats_of_word_and_wps(folder: Path) -> None:
    """No file of an old format is kept in the repository: LibreOffice itself writes it. WPS writes Word's."""
    content = libreoffice.rewritten(as_docx(), "docx", "doc:MS Word 97", folder)

    for old in ("doc", "wps"):
        taken = taken_in(content, old)
        assert {name: one.value for name, one in (taken.fields or {}).items()} == EXPECTED
    assert taken_in(OLE + bytes(2_000), "doc").note.startswith("旧格式文件没有转换成功")


@pytest.mark.usefixtures("_with_libreoffice")
def test_old_tables_are_read_with_what_is_hidden_in_them(folder: Path) -> None:
    """WPS's tables (.et) are Excel's of 1997 under another name."""
    content = libreoffice.rewritten(an_xlsx(), "xlsx", "xls:MS Excel 97", folder)

    for old in ("xls", "et"):
        read = extract(content, old)
        assert read.note == ""
        found = {one.place: one.text for one in read.passages}
        assert found["工作表“名单”第 2 行"] == "甲\t13812341234"
        assert found["工作表“隐藏”第 1 行"] == "藏着的字"


@pytest.mark.usefixtures("_with_libreoffice")
@pytest.mark.parametrize("kind", ["ppt:MS PowerPoint 97", "pptx"])
def test_presentations_old_and_new_give_slides_and_notes(kind: str, folder: Path) -> None:
    content = libreoffice.rewritten(a_presentation(), "odp", kind, folder)

    found = extract(content, kind.partition(":")[0])

    assert {one.place: one.text.strip() for one in found.passages if one.text and "页" in one.place} == {
        "第 1 页": "水利工作汇报",
        "第 2 页": "谢谢大家",
        "第 1 页备注": "先讲饮水安全",
    }
