"""In the browser: pictures come in the size of the screen, nothing jumps, and everybody can reach them."""

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page

from app.content.states import ArticleState
from tests.app.content.photographs import a_photograph, taken_in
from tests.journeys.looking import faults, is_wide, jumps
from tests.journeys.service import Service
from tests.worlds import BUREAU, PORTAL

#: So much that the last picture is far below the first screen.
PARAGRAPHS = "<p>巡查人员沿坝顶逐段查看，没有发现渗漏。</p>" * 40
PICTURES = ".prose img, .attached-picture img"
LOADED = "(one) => one.complete && one.naturalWidth > 0"


@pytest.mark.parametrize(("width", "scale", "chosen"), [(360, 1, "-480.webp"), (1280, 2, "-1600.webp")])
def test_a_screen_fetches_the_size_it_needs_and_nothing_jumps(
    browser: Chromium, service: Service, width: int, scale: int, chosen: str
) -> None:
    pictures = [taken_in(service, f"坝{n}.jpg", a_photograph(2000, 1300)) for n in range(4)]
    attached = taken_in(service, "公示牌.png", a_photograph(900, 600, "PNG"))
    body = "".join(
        f'{PARAGRAPHS}<p><img src="/files/{one[1]}.jpg" alt="大坝"></p>' for n, one in enumerate(pictures)
    )
    files = tuple(one[0] for one in (*pictures, attached))
    article = service.an_article(title="大坝巡查图集", body=body, files=files, state=ArticleState.PUBLISHED)
    path = service.path_of(BUREAU, article)
    context = browser.new_context(viewport={"width": width, "height": 800}, device_scale_factor=scale)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    for address in (service.address(BUREAU, path), service.address(PORTAL, f"/u/slj{path}")):
        asked.clear()
        page.goto(address)
        page.wait_for_load_state("networkidle")
        assert any(one.endswith(f"{pictures[0][1]}{chosen}") for one in asked)
        assert not any(attached[1] in one for one in asked), "the last one is fetched before anybody is near"
        _look_through(page, 5)
        assert not jumps(page)
        assert not is_wide(page)
        assert not faults(page)
    context.close()


def _look_through(page: Page, number: int) -> None:
    """Go to every picture, as a reader does, and wait until it is there."""
    shown = page.locator(PICTURES).all()
    assert len(shown) == number
    for one in shown:
        one.scroll_into_view_if_needed()
        page.wait_for_function(LOADED, arg=one.element_handle())
