"""In the browser: a clerk publishes, a signer signs, a visitor reads on both sites (S-16, S-38, S-64)."""

import re
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.journeys.conftest import Arrives
from tests.journeys.person import Person, Screen
from tests.journeys.service import Service
from tests.worlds import BUREAU, PORTAL

#: What a word processor puts on the clipboard, shortened.
WORD = """
<html xmlns:o="urn:schemas-microsoft-com:office:office">
<head><style>p.MsoNormal{font-family:仿宋}</style></head><body><!--StartFragment-->
<h1 style="text-align:center;mso-pagination:none"><span style="font-family:宋体">一、供水时间</span></h1>
<p class="MsoNormal" style="text-indent:32pt;mso-char-indent-count:2.0"><font face="仿宋">请相关用户
<span style="color:red;mso-ansi-language:EN-US">提前储水</span>。<o:p></o:p></font></p>
<table class="MsoTableGrid" border="1" width="900" style="border-collapse:collapse;mso-yfti-tbllook:1184">
<tr style="mso-yfti-irow:0"><td colspan="3" width="900">
<p align="center" style="text-align:center">各片区时间</p></td></tr>
<tr><td rowspan="2"><p>上塘片</p></td><td><p>县前路</p></td><td><p>9:00至12:00</p></td></tr>
<tr><td><p>环城西路</p></td><td><p>13:00至17:00</p></td></tr></table>
<!--EndFragment--></body></html>
"""
PASTE = """(body, html) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
FETCH = """async (address) => {
  const answer = await fetch(address);
  return [answer.status, answer.headers.get("content-type"), await answer.text()];
}"""


def test_a_clerk_publishes_a_signer_signs_and_a_visitor_reads_on_both_sites(
    arrives: Arrives, screen: Screen, service: Service, folder: Path
) -> None:
    title = f"关于上塘片区计划停水的通知（{screen.name}）"
    clerk, signer, visitor = arrives(), arrives(), arrives()
    for slug in (BUREAU, PORTAL):  # Both sites are kept pages by now.
        visitor.go(service.address(slug))
        expect(visitor.page.get_by_text(title)).to_have_count(0)

    _write_and_submit(clerk, title, folder)
    _sign(signer, title)
    address = _read_on_both_sites(visitor, title)
    _withdraw(signer, title)

    for slug in (BUREAU, PORTAL):
        for path in ("/", "/tzgg/"):
            visitor.go(service.address(slug, path))
            expect(visitor.page.get_by_text(title)).to_have_count(0)
    visitor.go(address, status=410)
    expect(visitor.page.get_by_role("heading", level=1)).to_contain_text("撤回")


def _write_and_submit(clerk: Person, title: str, folder: Path) -> None:
    """Write, paste, attach, save, look how it will look, and submit."""
    clerk.sign_in(f"{BUREAU}.editor", f"/{BUREAU}/")
    clerk.follow("写信息")
    page = clerk.page
    page.get_by_label("标题").fill(title)
    page.get_by_label("栏目").select_option(label="通知公告")
    page.get_by_label("体裁").select_option(label="通知")
    clerk.text.press_sequentially("因管道检修，定于周三分片停水。")
    clerk.text.press("Enter")
    clerk.text.evaluate(PASTE, WORD)
    expect(clerk.text.locator("table")).to_be_visible()
    (folder / "停水范围图.pdf").write_bytes(PDF)
    page.get_by_label("添加文件").set_input_files(folder / "停水范围图.pdf")
    expect(page.locator("#chosen-files")).to_contain_text("停水范围图.pdf")
    clerk.look()

    clerk.press("保存")
    clerk.is_told("已保存。")
    with clerk.in_a_new_tab(re.compile("预览")) as preview:
        expect(preview.get_by_role("heading", level=1)).to_have_text(title)
        expect(preview.locator(".prose table")).to_be_visible()
    clerk.press("提交审签")
    clerk.is_told("已提交审签")


def _sign(signer: Person, title: str) -> None:
    """Find it among what waits, read it, and sign."""
    signer.sign_in(f"{BUREAU}.signer", f"/{BUREAU}/")
    signer.follow("待办")
    signer.follow(title)
    expect(signer.page.locator(".article-text")).to_contain_text("提前储水")
    signer.sign("审签发布")
    signer.is_told("读者现在看到的就是这一版")


def _read_on_both_sites(visitor: Person, title: str) -> str:
    """Come by the unit's home and column, then by the portal; return the article's address."""
    service, page = visitor.service, visitor.page
    visitor.go(service.address(BUREAU))
    visitor.follow("更多通知公告")
    visitor.follow(title)
    address = page.url
    _read(visitor, title)

    visitor.go(service.address(PORTAL))
    expect(page.get_by_role("link", name=title).filter(visible=True).first).to_be_visible()
    visitor.go(service.address(PORTAL, "/tzgg/"))
    item = page.locator(".teaser").filter(has_text=title)
    expect(item).to_contain_text("永嘉县水利局")
    visitor.follow(title, within=item)
    canonical = page.locator("link[rel=canonical]").get_attribute("href")
    assert canonical == address
    return address


def _read(visitor: Person, title: str) -> None:
    page = visitor.page
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    text = page.locator(".prose")
    expect(text.get_by_role("heading", name="一、供水时间")).to_be_visible()
    expect(text.locator("td[colspan='3']")).to_have_text("各片区时间")
    expect(text.locator("td[rowspan='2']")).to_have_text("上塘片")
    expect(text).to_contain_text("请相关用户提前储水。")
    for look in ("style=", "mso", "Mso", "<font", "<span", "width="):
        assert look not in text.inner_html()

    file = page.get_by_role("link", name="停水范围图").first
    address = file.get_attribute("href") or ""
    assert "停水" not in urlsplit(address).path
    assert page.evaluate(FETCH, address) == [200, "application/pdf", PDF.decode()]


def _withdraw(signer: Person, title: str) -> None:
    page = signer.page
    signer.go(f"{signer.service.console(f'/{BUREAU}/articles/')}?words={title}")
    signer.follow(title)
    signer.unfold("撤回")
    page.get_by_label("撤回的理由").fill("停水时间有误，更正后重新发布。")
    signer.press("撤回")
    signer.is_told("已撤回，")
