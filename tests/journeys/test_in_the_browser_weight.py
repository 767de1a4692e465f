"""In the browser: what pages weigh without their pictures, unpacked and as sent, and what they wait for."""

from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, Response

from app.content.states import ArticleState
from tests.journeys.person import Screen
from tests.journeys.service import Service
from tests.worlds import BUREAU, LIBRARY, PORTAL, TOWN

#: Unpacked, which is the harder of the two.
MOST_BYTES = 150_000
MOST_BLOCKING = 2
THEMES = {PORTAL: "county_blue", BUREAU: "department", TOWN: "township", LIBRARY: "sober"}
#: Stylesheets for this screen, and scripts that nothing lets wait.
BLOCKING = """() => [
  ...[...document.querySelectorAll("link[rel~=stylesheet]")].filter((one) => matchMedia(one.media).matches),
  ...document.querySelectorAll("script[src]:not([defer], [async], [type=module])"),
].map((one) => one.href || one.src)"""


def _weighed(page: Page, address: str) -> tuple[int, int]:
    """Open a page and return the bytes of all but its pictures: unpacked, and as they came over the wire."""
    answers: list[Response] = []

    def note(answer: Response) -> None:
        answers.append(answer)

    page.on("response", note)
    page.goto(address, wait_until="load")
    counted = [one for one in answers if one.request.resource_type not in {"image", "manifest"}]
    assert counted[0].ok
    unpacked = sum(len(one.body()) for one in counted)
    return unpacked, sum(one.request.sizes()["responseBodySize"] for one in counted)


def test_a_page_is_light_and_waits_for_two_files_at_most(
    browser: Chromium, service: Service, screen: Screen
) -> None:
    for slug, theme in THEMES.items():
        article = service.an_article(slug=slug, title="关于汛期供水的通知", state=ArticleState.PUBLISHED)
        for path in ("/", "/tzgg/", service.path_of(slug, article)):
            # Nothing has been kept from a page before: a visitor who comes for the first time.
            context = browser.new_context(**screen.options)
            page = context.new_page()
            unpacked, sent = _weighed(page, service.address(slug, path))
            blocking = page.evaluate(BLOCKING)
            context.close()

            assert f"/static/{theme}/" in blocking[0], (slug, path)
            assert 10_000 < unpacked <= MOST_BYTES, (slug, path, unpacked)
            assert 2_000 < sent <= MOST_BYTES, (slug, path, sent)
            assert len(blocking) <= MOST_BLOCKING, (slug, path, blocking)
