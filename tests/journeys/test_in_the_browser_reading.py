"""In the browser: the modes for elders and weak eyes can be used by everybody, on phone and desk (WZ-01)."""

from itertools import product

from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page

from app.content.states import ArticleState
from tests.journeys.service import Service
from tests.worlds import BUREAU, PORTAL

#: Colours of the site's own, white on black, yellow on black, black on white; all for elders.
MODES = ("e", "ek", "ey", "eb")
WIDTHS = (360, 1280)
SMALLEST_TYPE = 18
SMALLEST_TARGET = 44
TOO_SMALL = """([type, target]) => {
  const all = [...document.body.querySelectorAll("*")];
  const seen = all.filter((one) => one.checkVisibility() && !one.matches(".skip"));
  const says = (one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  const size = (one) => parseFloat(getComputedStyle(one).fontSize);
  const touched = "a, button, summary, select, input:not([type=hidden])";
  const isTarget = (one) => one.matches(touched) && !one.closest(".prose");
  const height = (one) => one.getBoundingClientRect().height;
  return {
    type: seen.filter((one) => says(one) && size(one) < type).map((one) => one.outerHTML),
    target: seen.filter((one) => isTarget(one) && height(one) < target - 0.5).map((one) => one.outerHTML),
    wide: document.documentElement.scrollWidth > window.innerWidth,
  };
}"""


def _faults(page: Page) -> object:
    """Return what is too small; what axe finds in these modes is looked for in the themes' own looks."""
    found = page.evaluate(TOO_SMALL, [SMALLEST_TYPE, SMALLEST_TARGET])
    return {name: value for name, value in found.items() if value}


def test_wz_01_every_mode_for_elders_can_be_read_and_touched(browser: Chromium, service: Service) -> None:
    article = service.an_article(title="关于汛期供水的通知", state=ArticleState.PUBLISHED)
    pages = (
        service.address(PORTAL, "/"),
        service.address(BUREAU, "/tzgg/"),
        service.address(BUREAU, service.path_of(BUREAU, article)),
    )
    for width, mode in product(WIDTHS, MODES):
        context = browser.new_context(viewport={"width": width, "height": 800})
        page = context.new_page()
        page.goto(f"{pages[0]}?mode={mode}")
        for address in pages:
            page.goto(address)
            assert not _faults(page), (width, mode, address)
        context.close()


def test_wz_03_an_elder_without_scripts_gets_in_looks_around_and_gets_out(
    browser: Chromium, service: Service
) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    page = context.new_page()
    page.goto(service.address(BUREAU, "/tzgg/"))
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url == service.address(BUREAU, "/tzgg/")
    assert page.locator("html.elder").count() == 1
    page.goto(service.address(PORTAL, "/"))
    assert page.locator("html.elder").count() == 1
    assert page.get_by_role("button", name="朗读").count() == 0
    page.get_by_text("显示设置").click()
    page.get_by_role("link", name="颜色：黑底黄字").click()
    assert page.locator("html.contrast-yellow-on-black").count() == 1
    page.get_by_role("link", name="退出适老版").click()
    assert page.locator("html.mode").count() == 0
    context.close()
