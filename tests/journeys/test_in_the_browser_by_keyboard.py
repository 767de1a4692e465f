"""In the browser, by keyboard alone: a visitor reads, a clerk signs in, writes and submits."""

from playwright.sync_api import Locator, expect

from app.content.states import ArticleState
from tests.journeys.conftest import AT_A_DESK, Arrives
from tests.journeys.person import Person, Screen
from tests.journeys.service import Service
from tests.worlds import BUREAU, PASSWORD, TOWN

#: Who has a phone in hand has no such keys.
pytestmark = AT_A_DESK
#: More steps than these no page should ask for on the way to what somebody wants.
MOST_STEPS = 60


def test_a_visitor_reaches_an_article_from_the_home_page_by_keyboard(
    arrives: Arrives, screen: Screen, service: Service
) -> None:
    title = f"桥头镇农贸市场改造的公告（{screen.name}）"
    service.an_article(TOWN, title=title, state=ArticleState.PUBLISHED)
    visitor = arrives()
    page = visitor.page
    visitor.go(service.address(TOWN))

    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="跳到正文")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()

    link = page.locator("main").get_by_role("link", name=title).first
    _tab_to(visitor, link)
    visitor.arrive_by(lambda: page.keyboard.press("Enter"))
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    _tab_to(visitor, page.get_by_role("navigation", name="当前位置").get_by_role("link", name="首页"))
    visitor.arrive_by(lambda: page.keyboard.press("Enter"))
    assert page.url == service.address(TOWN)


def test_a_clerk_signs_in_writes_and_submits_by_keyboard(
    arrives: Arrives, screen: Screen, service: Service
) -> None:
    title = f"水库巡查情况通报（{screen.name}）"
    clerk = arrives()
    page, keys = clerk.page, clerk.page.keyboard
    clerk.go(service.console(f"/{BUREAU}/"))
    _sign_in(clerk)

    _tab_to(clerk, page.locator("main").get_by_role("link", name="写信息"))
    clerk.arrive_by(lambda: keys.press("Enter"))
    _tab_to(clerk, page.get_by_label("标题"))
    keys.type(title)
    keys.press("Tab")
    _choose(clerk, page.get_by_label("栏目"), "通知公告")
    keys.press("Tab")
    keys.press("Tab")  # Past the editor's toolbar, which is one stop.
    if not clerk.text.evaluate("body => body.ownerDocument.hasFocus()"):
        _tab_to(clerk, page.locator("iframe.tox-edit-area__iframe"))
    keys.type("全县水库巡查完毕，未见险情。")
    expect(clerk.text).to_contain_text("全县水库巡查完毕")
    clerk.arrive_by(lambda: keys.press("Control+s"))
    clerk.is_told("已保存。")

    _tab_to(clerk, page.get_by_role("button", name="提交审签"))
    clerk.arrive_by(lambda: keys.press("Enter"))
    clerk.is_told("已提交审签")


def _sign_in(clerk: Person) -> None:
    _tab_to(clerk, clerk.page.get_by_label("登录名"))
    clerk.page.keyboard.type(f"{BUREAU}.editor")
    clerk.page.keyboard.press("Tab")
    clerk.page.keyboard.type(PASSWORD)
    clerk.arrive_by(lambda: clerk.page.keyboard.press("Enter"))


def _choose(person: Person, select: Locator, wanted: str) -> None:
    """Choose an option of the list that has the focus."""
    options = select.locator("option").all_inner_texts()
    for _ in range(options.index(wanted)):
        person.page.keyboard.press("ArrowDown")
    expect(select.locator("option:checked")).to_have_text(wanted)


def _tab_to(person: Person, target: Locator) -> None:
    """Press Tab until the target has the focus; each stop on the way can be seen."""
    for _ in range(MOST_STEPS):
        if target.evaluate("element => element === document.activeElement"):
            expect(target).to_be_in_viewport()
            return
        person.page.keyboard.press("Tab")
    raise AssertionError(f"{target} is more than {MOST_STEPS} steps away")
