"""In the browser: a clerk is told while writing, masks by a click, and two people waive what may stay."""

import re

from playwright.sync_api import Locator, expect

from tests.journeys.conftest import AT_A_DESK, Arrives
from tests.journeys.person import Person, Screen
from tests.journeys.service import Service
from tests.worlds import BUREAU

MOBILE = "13800001234"
BODY = f"<p>领取补贴请联系陈某，电话 {MOBILE}。</p><p>值班手机 13900005678。</p>"
FOUND = re.compile("必须处理 1 项")


def button(person: Person, name: str) -> Locator:
    """Return the button whose name goes on with the place of what it is for."""
    return person.page.get_by_role("button", name=re.compile(f"^{name}"))


def test_a_clerk_is_told_while_writing_and_loses_nothing(arrives: Arrives, screen: Screen) -> None:
    clerk = arrives()
    clerk.sign_in(f"{BUREAU}.editor", f"/{BUREAU}/articles/new")
    page = clerk.page
    page.get_by_label("标题").fill(f"补贴发放（{screen.name}）")
    clerk.text.fill(f"领取补贴请联系陈某，电话 {MOBILE}。")

    expect(page.get_by_role("status").filter(has_text=FOUND)).to_be_visible(timeout=15_000)
    clerk.look()
    expect(page.locator("[data-check-findings]")).to_contain_text("138****1234")
    clerk.text.fill("领取补贴请拨打办公室电话 67236286。")
    page.get_by_role("button", name="现在检查").click()

    expect(page.get_by_role("status").filter(has_text=FOUND)).to_have_count(0)
    expect(clerk.text).to_contain_text("67236286")
    clerk.press("保存", status=422)  # The column is still to be chosen; the check has not taken its place.


@AT_A_DESK
def test_what_is_found_is_masked_by_a_click_or_waived_by_two(
    arrives: Arrives, screen: Screen, service: Service
) -> None:
    article = service.an_article(BUREAU, title=f"补贴名单（{screen.name}）", body=BODY)
    clerk, signer = arrives(), arrives(by_phone=True)
    clerk.sign_in(f"{BUREAU}.editor", f"/{BUREAU}/articles/{article}")
    clerk.follow("逐条查看和处理")
    clerk.activate(button(clerk, "改为“138"))
    clerk.is_told("已改好 1 处")
    clerk.page.get_by_text("确实应当保留？申请放行").click()
    clerk.page.get_by_label("为什么可以公开").fill("值班手机由单位公布")
    clerk.activate(button(clerk, "申请放行"))
    clerk.is_told("已申请放行")

    signer.sign_in(f"{BUREAU}.signer", f"/{BUREAU}/checks")
    signer.follow(f"补贴名单（{screen.name}）")
    signer.activate(button(signer, "同意放行"))

    signer.is_told("已同意放行")
    expect(signer.page.get_by_role("heading", name="已由两人放行")).to_be_visible()
    signer.follow("回到这篇信息")
    expect(signer.page.locator(".article-text")).to_contain_text("138****1234")


def test_without_script_the_findings_open_beside_the_form(arrives: Arrives) -> None:
    clerk = arrives(has_script=False)
    clerk.sign_in(f"{BUREAU}.editor", f"/{BUREAU}/articles/new")
    clerk.page.get_by_label("标题").fill("补贴发放")
    clerk.page.get_by_label("正文").fill(f"领取补贴请联系陈某，电话 {MOBILE}。")

    with clerk.page.context.expect_page() as opening:
        clerk.page.get_by_role("button", name="现在检查").click()

    expect(opening.value.get_by_role("heading", name=FOUND, level=2)).to_be_visible()
    expect(clerk.page.get_by_label("标题")).to_have_value("补贴发放")
