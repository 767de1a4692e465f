"""Old Word and WPS files: by LibreOffice where it is, with a clear word where it is not."""

import shutil
import subprocess
from pathlib import Path

import pytest

from app.extraction.libreoffice import MISSING, OLD
from app.extraction.reading import extract
from app.intake.document import taken_in
from tests.app.extraction.files import OLE
from tests.app.intake.notices import as_docx
from tests.app.intake.test_document import EXPECTED


@pytest.mark.parametrize(("old", "new"), OLD.items())
def test_without_libreoffice_the_person_is_told_what_to_do(
    old: str, new: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(folder))

    found = extract(OLE + bytes(2_000), old)

    assert (found.passages, found.is_lasting) == ((), False)
    assert found.note == MISSING.format(old=old, new=new)


def test_the_founding_notice_in_the_old_formats_gives_its_fields_where_libreoffice_is(folder: Path) -> None:
    """No file of the old format is kept here: LibreOffice itself writes it, if it is installed."""
    program = shutil.which("soffice")
    for old in ("doc", "wps"):
        content = _in_old_format(program, folder) if program else OLE + bytes(2_000)
        taken = taken_in(content, old)
        if program:
            assert {name: one.value for name, one in (taken.fields or {}).items()} == EXPECTED
            assert taken_in(OLE + bytes(2_000), old).note.startswith("旧格式文件没有转换成功")
        else:
            assert taken.note == MISSING.format(old=old, new="docx")


def _in_old_format(program: str, folder: Path) -> bytes:
    source, made = folder / "notice.docx", folder / "notice.doc"
    if not made.exists():
        source.write_bytes(as_docx())
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [program, "--headless", profile, "--convert-to", "doc:MS Word 97", "--outdir", str(folder)]
        subprocess.run([*command, str(source)], check=True, capture_output=True, timeout=60)  # noqa: S603 - ours
    return made.read_bytes()
