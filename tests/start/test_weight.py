"""A process is light until it is asked for what few ask: a thousand subsites fit on a small machine."""

import subprocess
import sys

from deploy.bootstrap.places import ROOT

#: Together seventy mebibytes of a process: readings of words, workbooks, PDFs, papers for Word, characters.
HEAVY = {"pypinyin", "openpyxl", "reportlab", "docx", "opencc"}


def test_an_application_that_was_not_asked_has_read_no_heavy_library() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import sys, app.front; print(*sys.modules)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    read = {name.partition(".")[0] for name in done.stdout.split()}
    assert "sqlalchemy" in read
    assert read & HEAVY == set()
