"""In the browser: news in pictures can be turned over by everybody, and stop where one wants them to."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page

from app.content.states import ArticleState
from app.pagecache.generations import raise_generation
from tests.app.content.photographs import a_photograph, arranged, taken_in
from tests.journeys.looking import faults, is_wide, jumps
from tests.journeys.service import Service
from tests.worlds import LIBRARY, PORTAL

AT = "() => document.querySelector('[data-row]').scrollLeft"
#: A picture whose left edge is in the row's window.
IN_SIGHT = """(link) => {
  const [row, own] = [link.closest("[data-row]"), link].map((one) => one.getBoundingClientRect());
  return own.left >= row.left - 2 && own.left < row.right;
}"""
NAMES_A_UNIT = "(link) => link.nextElementSibling.querySelector('a') !== null"
#: Longer than a picture stands before the next one comes.
A_WHILE = 7000


@pytest.fixture(scope="module", params=[LIBRARY, PORTAL])
def home(service: Service, request: pytest.FixtureRequest) -> Iterator[str]:
    """Return the front page of a unit or of the portal with six pieces of news in pictures.

    The unit gets its own arrangement back; on the portal they stand large and need none.
    """
    with service.inside(LIBRARY) as tenant:
        before = tenant.look
    arranged(service, LIBRARY, {"kind": "photos", "source": "gzdt"})
    for number in range(6):
        picture = taken_in(service, f"{number}.jpg", a_photograph(1200, 700 + 40 * number), LIBRARY)
        service.an_article(
            LIBRARY,
            column="gzdt",
            title=f"图书馆活动第{number}天",
            files=(picture[0],),
            state=ArticleState.PUBLISHED,
        )
    yield service.address(request.param)
    with service.inside(LIBRARY) as tenant:
        tenant.look = before
        raise_generation(tenant.id)


def _is_moved(page: Page) -> bool:
    page.wait_for_timeout(600)  # The row comes to rest.
    return float(page.evaluate(AT)) > 0


@pytest.mark.parametrize("width", [360, 1280])
def test_pictures_move_and_stop_by_button_pointer_and_focus(browser: Chromium, home: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.clock.install()
    page.goto(home)
    page.locator("[data-row]").scroll_into_view_if_needed()
    assert not faults(page)
    assert not is_wide(page)
    assert not jumps(page)
    page.clock.run_for(A_WHILE)
    assert _is_moved(page)
    _stop_and_go_on(page)
    page.close()


def _stop_and_go_on(page: Page) -> None:
    row, pause = page.locator("[data-row]"), page.locator("[data-pause]")
    page.get_by_role("button", name="上一张").press("Enter")
    assert not _is_moved(page)
    page.clock.run_for(A_WHILE)  # The button has the focus still.
    assert not _is_moved(page)
    pause.press("Enter")
    assert pause.inner_text() == "继续播放"
    pause.blur()
    page.clock.run_for(A_WHILE)
    assert not _is_moved(page)
    pause.press("Enter")
    pause.blur()
    row.hover()
    page.clock.run_for(A_WHILE)
    assert not _is_moved(page)
    page.get_by_role("button", name="下一张").press("Enter")
    assert _is_moved(page)


def test_nothing_moves_by_itself_for_who_wants_less_motion(browser: Chromium, home: str) -> None:
    context = browser.new_context(reduced_motion="reduce", viewport={"width": 360, "height": 900})
    page = context.new_page()
    page.clock.install()
    page.goto(home)
    page.locator("[data-row]").scroll_into_view_if_needed()

    page.clock.run_for(A_WHILE)

    assert not _is_moved(page)
    assert page.get_by_role("button", name=re.compile("播放")).count() == 0
    page.get_by_role("button", name="下一张").click()
    assert _is_moved(page)
    context.close()


def test_without_a_script_the_row_is_pushed_and_walked_by_keyboard(browser: Chromium, home: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 900})
    page = context.new_page()
    page.goto(home)
    pictures = page.locator("[data-row] > li > a")

    assert not page.locator("[data-controls]").is_visible()
    assert not is_wide(page)
    pictures.first.focus()
    for number in range(1, pictures.count()):
        for _ in range(2 if pictures.nth(number - 1).evaluate(NAMES_A_UNIT) else 1):
            page.keyboard.press("Tab")
        assert pictures.nth(number).evaluate("(link) => link === document.activeElement"), number
        assert pictures.nth(number).evaluate(IN_SIGHT), number
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/gzdt/\d{4}/\d\d/\d+\.html"))
    context.close()


def test_for_elders_it_is_a_plain_list(browser: Chromium, home: str) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 900})
    page.goto(f"{home}?mode=elder")

    places = [box["x"] for one in page.locator("[data-row] > li").all() if (box := one.bounding_box())]

    assert len(places) == 6
    assert len(set(places)) == 1
    assert page.locator("[data-controls]").count() == 0
    assert not faults(page)
    assert not is_wide(page)
    page.close()
