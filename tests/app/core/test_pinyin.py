"""How words are read is known only to processes that are asked for it: it is a third of a worker's memory."""

import subprocess
import sys

from app.core.pinyin import syllables_of
from deploy.bootstrap.places import ROOT


def test_words_are_read_without_tones() -> None:
    assert syllables_of("绿水") == ["lv", "shui"]
    assert syllables_of("水利局2007") == ["shui", "li", "ju"]


def test_an_application_that_was_not_asked_has_no_table_of_them() -> None:
    program = "import sys, app.front; print([name for name in sys.modules if name.startswith('pypinyin')])"
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"
