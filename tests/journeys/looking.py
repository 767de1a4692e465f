"""What every journey may ask of a page in the browser: faults of access, movement that nobody asked for."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

JUMPS = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => { for (const one of list.getEntries()) sum += one.value; })
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(sum), 300);
})"""
#: Of the window, all movements together; 0.1 is where readers begin to be disturbed.
MOST_JUMPING = 0.01
WIDE = "() => document.documentElement.scrollWidth > window.innerWidth"


def faults(page: Page) -> list[object]:
    """Return what axe finds."""
    found = Axe().run(page).response["violations"]
    return [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]


def jumps(page: Page) -> bool:
    """Say whether anything moved while the page came together."""
    return float(page.evaluate(JUMPS)) >= MOST_JUMPING


def is_wide(page: Page) -> bool:
    """Say whether one has to scroll sideways."""
    return bool(page.evaluate(WIDE))
