"""In the browser: a text is given back with a reason; two people write at once, and no word is lost."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import AT_A_DESK, Arrives
from tests.journeys.person import Person, Screen
from tests.journeys.service import Service
from tests.worlds import LIBRARY, TOWN

pytestmark = AT_A_DESK


def test_what_a_signer_gives_back_stands_on_the_writers_desk_with_the_reason(
    arrives: Arrives, screen: Screen, service: Service
) -> None:
    title, reason = f"桥头镇防汛值班安排（{screen.name}）", "请补上值班电话，并核对日期。"
    clerk, signer = arrives(), arrives(by_phone=True)
    _file(clerk, TOWN, title, "防汛期间二十四小时值班。")
    clerk.press("提交审签")

    signer.sign_in(f"{TOWN}.signer", "/inbox")
    signer.follow(title)
    signer.page.get_by_label("退回的理由").fill(reason)
    signer.press("退回修改")
    signer.is_told("已退回")

    clerk.follow("工作台")
    given_back = clerk.page.get_by_role("region", name=re.compile("退回给我"))
    expect(given_back).to_contain_text(reason)
    clerk.follow(title, within=given_back)
    expect(clerk.page.locator(".note.warning")).to_contain_text(reason)
    clerk.follow("修改")
    clerk.text.press("Control+End")
    clerk.text.press_sequentially("值班电话：0577-67236286。")
    clerk.press("保存")
    clerk.press("提交审签")
    clerk.is_told("已提交审签")

    signer.go(service.console("/inbox"))
    signer.follow(title)
    expect(signer.page.locator(".article-text")).to_contain_text("值班电话：0577-67236286。")
    expect(signer.page.get_by_role("button", name="审签发布")).to_be_visible()


def test_two_people_write_in_one_text_at_the_same_time_and_neither_loses_a_word(
    arrives: Arrives, screen: Screen, service: Service
) -> None:
    title = f"图书馆开放时间（{screen.name}）"
    service.make_editor(f"{LIBRARY}.manager", LIBRARY)
    clerk, manager = arrives(), arrives(by_phone=True)
    _file(clerk, LIBRARY, title, "每天开放。")
    address = clerk.page.url
    manager.sign_in(f"{LIBRARY}.manager", address.partition(str(service.port))[2])
    for person in (clerk, manager):
        person.follow("修改")
    for person, words in ((clerk, "周一闭馆。"), (manager, "读者可带本人身份证办证。")):
        person.text.press("Control+End")
        person.text.press_sequentially(words)

    clerk.press("保存")
    clerk.is_told("已保存。")
    manager.press("保存", status=409)
    page = manager.page
    expect(page.get_by_role("heading", level=1)).to_contain_text("两个人同时改了")
    expect(page.get_by_role("region", name="已保存的正文")).to_contain_text("每天开放。周一闭馆。")
    expect(manager.text).to_contain_text("每天开放。读者可带本人身份证办证。")

    manager.text.press("Control+End")
    manager.text.press_sequentially("周一闭馆。")
    manager.press("保存")
    manager.is_told("已保存。")
    text = page.locator(".article-text")
    expect(text).to_contain_text("每天开放。读者可带本人身份证办证。周一闭馆。")
    expect(page.get_by_role("link", name="第 2 版")).to_be_visible()


def _file(clerk: Person, slug: str, title: str, words: str) -> None:
    """Write a short text of a unit and save it."""
    clerk.sign_in(f"{slug}.editor", f"/{slug}/articles/new")
    clerk.page.get_by_label("标题").fill(title)
    clerk.page.get_by_label("栏目").select_option(label="通知公告")
    clerk.text.press_sequentially(words)
    clerk.press("保存")
    clerk.is_told("已保存。")
