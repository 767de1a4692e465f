"""The rich text editor in a real browser: what is pasted, what is kept, what is never lost (C4, D2)."""

import threading
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, FrameLocator, Page, expect
from werkzeug.serving import make_server

from tests.worlds import BUREAU, CONSOLE, County

#: What a browser does has nothing to do with the database.
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

#: What Word 2016 puts on the clipboard, shortened; its pictures lie on the writer's own disk.
WORD = """
<html xmlns:o="urn:schemas-microsoft-com:office:office">
<head><style>p.MsoNormal{font-family:仿宋}</style></head><body><!--StartFragment-->
<h1 style="text-align:center;mso-pagination:none"><span style="font-family:宋体">关于防汛的通知</span></h1>
<p class="MsoNormal" align="center" style="text-align:center">
<b><span style="font-size:16pt">第一章<o:p></o:p></span></b></p>
<p class="MsoNormal" style="text-indent:32pt">
<font face="仿宋">各村要<span style="color:red">落实</span>制度。</font>
</p><table class="MsoTableGrid" border="1" style="border-collapse:collapse">
<tr><td colspan="2" width="200"><p>合并</p></td></tr><tr><td><p>甲</p></td><td><p>乙</p></td></tr></table>
<p><img src="file:///C:/temp/clip_image002.jpg" width="100"></p><!--EndFragment--></body></html>
"""
PASTE = """(body, html) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def address(county: County) -> Iterator[str]:
    """Return where the console answers for the browser."""
    server = make_server("127.0.0.1", 0, county.front, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://{CONSOLE}:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def writer(county: County, page: Page, address: str) -> Page:
    """Return the browser of the unit's editor, which takes no complaint of the page for granted."""
    cookie = county.staff(f"{BUREAU}.editor").get_cookie("ziwang", domain=CONSOLE)
    assert cookie is not None
    page.context.add_cookies([{"name": "ziwang", "value": cookie.value, "domain": CONSOLE, "path": "/"}])
    complaints: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(message.text)

    page.on("console", note)
    page.goto(f"{address}/{BUREAU}/articles/new")
    expect(text_in(page).locator("body")).to_be_visible()
    expect(page.locator(".tox-statusbar__wordcount")).not_to_be_empty()
    assert complaints == []
    return page


def text_in(page: Page) -> FrameLocator:
    return page.frame_locator("iframe.tox-edit-area__iframe")


def test_a_paste_from_word_keeps_its_shape_and_loses_its_looks(writer: Page) -> None:
    text_in(writer).locator("body").evaluate(PASTE, WORD)
    expect(writer.locator("#paste-hint")).to_contain_text("有 1 张图片，没有带进来")
    writer.fill("#title", "关于防汛的通知")
    writer.select_option("#column_id", label="通知公告")
    writer.get_by_role("button", name="保存", exact=True).click()

    expect(writer.get_by_text("已保存。")).to_be_visible()
    stored = "".join(line.strip() for line in writer.locator(".article-text").inner_html().splitlines())
    assert '<h2 class="center">关于防汛的通知</h2>' in stored
    assert '<p class="center"><strong>第一章</strong></p>' in stored
    assert "<p>各村要落实制度。</p>" in stored
    assert '<td colspan="2">' in stored
    for look in ("style=", "Mso", "font", "span ", "width", "img"):
        assert look not in stored


def test_what_was_not_saved_is_offered_after_a_crash_and_forgotten_once_saved(
    writer: Page, address: str
) -> None:
    writer.fill("#title", "断电前的标题")
    text_in(writer).locator("body").press_sequentially("断电前写的话")
    expect(writer.locator("#draft-kept")).to_contain_text("已在这台电脑上暂存", timeout=10_000)
    after = writer.context.new_page()
    writer.close()
    after.goto(f"{address}/{BUREAU}/articles/new")
    after.get_by_role("button", name="恢复那份内容").click()

    expect(text_in(after).locator("body")).to_contain_text("断电前写的话")
    assert after.input_value("#title") == "断电前的标题"
    after.select_option("#column_id", label="通知公告")
    after.get_by_role("button", name="保存", exact=True).click()
    expect(after.get_by_text("已保存。")).to_be_visible()
    after.wait_for_load_state()
    after.goto(f"{address}/{BUREAU}/articles/new")
    expect(after.locator("#draft-offer")).to_be_hidden()


@pytest.mark.parametrize("width", [1280, 360])
def test_the_desk_is_accessible_and_fits(writer: Page, address: str, width: int) -> None:
    writer.set_viewport_size({"width": width, "height": 800})
    for path in ("", "articles/", "articles/new"):
        writer.goto(f"{address}/{BUREAU}/{path}")
        if path.endswith("new"):  # The editor's buttons have their names once it is there.
            expect(text_in(writer).locator("body[contenteditable=true]")).to_be_visible()
            writer.wait_for_load_state("networkidle")
        violations = Axe().run(writer).response["violations"]
        assert [one["id"] for one in violations] == []
        assert writer.evaluate("document.documentElement.scrollWidth") <= width
