"""In the browser: a clerk files the founding notice from a Word file, with and without script."""

import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.app.extraction.files import a_pdf
from tests.app.intake.notices import as_docx, lines
from tests.journeys.conftest import Arrives
from tests.journeys.person import Person, Screen
from tests.worlds import BUREAU

TITLE = "永嘉县人民政府办公室关于加强县政府门户网站建设工作的通知"
#: From choosing the file to the saved draft; the promise is two minutes.
MOST_SECONDS = 60


@pytest.mark.parametrize("has_script", [True, False])
def test_a_clerk_files_a_document_in_three_clicks(
    arrives: Arrives, screen: Screen, folder: Path, *, has_script: bool
) -> None:
    clerk = arrives(has_script=has_script)
    clerk.sign_in(f"{BUREAU}.editor", f"/{BUREAU}/intake/")
    started = time.monotonic()

    _choose(clerk, _notice(folder, f"{screen.name}，{has_script}"))
    clerk.press("开始导入")
    expect(clerk.page.get_by_label("文号")).to_have_value("永政办发〔2007〕89号")
    expect(clerk.page.get_by_label("成文日期")).to_have_value("2007-09-11")
    expect(clerk.page.get_by_text("永嘉县人民政府办公室文件")).to_be_visible()
    clerk.press("保存")

    clerk.is_told("已保存为草稿")
    expect(clerk.page.get_by_role("heading", level=1)).to_have_text(TITLE)
    assert time.monotonic() - started < MOST_SECONDS


def test_several_files_have_their_outcomes_side_by_side(
    arrives: Arrives, screen: Screen, folder: Path
) -> None:
    clerk = arrives()
    clerk.sign_in(f"{BUREAU}.editor", f"/{BUREAU}/intake/")
    scanned = folder / "扫描.pdf"
    scanned.write_bytes(a_pdf("", ""))

    _choose(clerk, _notice(folder, f"{screen.name}，几份"), scanned)
    clerk.page.get_by_role("button", name="开始导入").click()

    expect(clerk.page.get_by_text("没有导入：这份 PDF 里没有文字")).to_be_visible()
    clerk.look()
    clerk.follow(re.compile("已存成草稿"))
    expect(clerk.page.get_by_label("发文机关")).to_have_value("永嘉县人民政府办公室")


def _notice(folder: Path, mark: str) -> Path:
    """Write the notice with a line of its own: the same file would lead to the draft of before."""
    path = folder / "通知.docx"
    path.write_bytes(as_docx(head=[*lines()[:6], f"（{mark}）", *lines()[6:]]))
    return path


def _choose(clerk: Person, *files: Path) -> None:
    clerk.page.get_by_label("公文文件").set_input_files([str(one) for one in files])
