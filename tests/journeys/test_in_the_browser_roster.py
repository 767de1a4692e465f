"""In the browser: a manager hands work over, colleagues see who writes, a signer goes through the inbox."""

import re

from playwright.sync_api import expect

from app.content.states import ArticleState
from tests.journeys.conftest import AT_A_DESK, Arrives
from tests.journeys.person import Screen
from tests.journeys.service import Service
from tests.worlds import LIBRARY, TOWN

PEOPLE = f"/{TOWN}/people"


def test_a_manager_invites_a_successor_and_hands_over(
    arrives: Arrives, screen: Screen, service: Service
) -> None:
    manager = arrives()
    page = manager.page
    manager.sign_in(f"{TOWN}.manager", PEOPLE)
    people = {"leaver": (f"老李{screen.name}", "保密员"), "successor": (f"小王{screen.name}", "信息员")}
    for login, (name, role) in people.items():
        manager.go(service.console(PEOPLE))
        page.get_by_label("姓名").fill(name)
        page.locator("#login").fill(f"{login}.{screen.name}")
        page.get_by_label(role, exact=True).check()
        manager.press("添加并生成激活链接")
    manager.go(service.console(PEOPLE))
    manager.follow("工作交接")

    manager.press("办理交接", status=422)
    for label, who in (("交出的同志", "leaver"), ("接手的同志", "successor")):
        page.get_by_label(label).select_option(label=f"{people[who][0]}（{who}.{screen.name}）")
    page.get_by_label("职务").fill("党政办主任")
    manager.press("办理交接")

    expect(page.get_by_role("heading", level=1)).to_have_text("工作交接单")
    for words in (people["leaver"][0], people["successor"][0], "党政办主任", "保密员", "账号已停用"):
        expect(page.locator("article")).to_contain_text(words)
    manager.go(service.console(PEOPLE))
    expect(page.locator("section", has_text="过往任职")).to_contain_text(people["leaver"][0])


@AT_A_DESK
def test_colleagues_see_who_writes_and_may_go_on(arrives: Arrives, screen: Screen, service: Service) -> None:
    article = service.an_article(LIBRARY, title=f"开馆时间（{screen.name}）")
    service.make_editor(f"{LIBRARY}.manager", LIBRARY)
    path = f"/{LIBRARY}/articles/{article}"
    first, second = arrives(), arrives(by_phone=True)
    first.sign_in(f"{LIBRARY}.editor", f"{path}/edit")
    expect(first.page.locator("#lease")).to_be_hidden()
    second.sign_in(f"{LIBRARY}.manager", path)
    notice = second.page.locator("#lease")
    expect(notice).to_contain_text("正在修改这篇信息")

    second.go(service.console(f"{path}/edit"))
    expect(notice).to_contain_text("正在修改这篇信息")
    notice.locator("summary").click()
    notice.get_by_role("button", name="确认接手").click()
    expect(notice).to_be_hidden()
    first.go(service.console(f"{path}/edit"))
    expect(first.page.locator("#lease")).to_contain_text("正在修改这篇信息")

    second.press("保存")
    second.is_told("已保存。")
    first.go(service.console(path))
    expect(first.page.locator("#lease")).to_have_count(0)


def test_a_signer_goes_through_the_inbox(arrives: Arrives, screen: Screen, service: Service) -> None:
    titles = [f"{word}的通知（{screen.name}）" for word in ("先交", "后交")]
    for title in titles:
        service.an_article(LIBRARY, title=title, state=ArticleState.SUBMITTED)
    signer = arrives()
    page = signer.page
    signer.sign_in(f"{LIBRARY}.signer", "/inbox")

    cards = page.locator(".card-title")
    expect(page).to_have_title(re.compile(rf"^待办（{cards.count()}）"))
    for number in range(cards.count()):
        box = cards.nth(number).bounding_box()
        assert box is not None
        assert box["height"] >= 44
    page.keyboard.press("j")
    expect(cards.nth(0)).to_be_focused()
    page.keyboard.press("j")
    expect(cards.nth(1)).to_be_focused()
    page.keyboard.press("k")
    title = cards.nth(0).inner_text()
    signer.arrive_by(lambda: page.keyboard.press("Enter"))
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
