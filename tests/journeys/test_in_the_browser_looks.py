"""In the browser: what a theme, palette, mode or width does to a page; all of them by `wsgi.py matrix`."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Dialog

from app.theming.registry import read_themes
from app.theming.samples.voices import VOICES
from bench.looks import MODES, WIDTHS, Look, Wardrobe, covering, every_look, faults

THEMES = read_themes(Path(__file__).parents[2] / "themes")

HOSTILE = next(voice for voice in VOICES if voice.name == "hostile")
BROKEN_OUT = """(width) => {
  const rect = (node, at) => {
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    return range.getBoundingClientRect();
  };
  const isTurned = (time) => {
    const node = time.firstChild;
    const first = rect(node, 0), last = rect(node, 3);
    return first.width > 0 && first.top === last.top && first.left > last.left;
  };
  return {
    wide: document.documentElement.scrollWidth > width,
    pictures: [...document.images].map((one) => one.getAttribute("src")).filter((one) => one === "x"),
    handlers: document.querySelectorAll("[onerror]").length,
    turned: [...document.querySelectorAll("time")].filter(isTurned).map((one) => one.outerHTML),
  };
}"""


@pytest.fixture(scope="module")
def wardrobe(tmp_path_factory: pytest.TempPathFactory) -> Wardrobe:
    """Return where the pages lie."""
    return Wardrobe(THEMES, tmp_path_factory.mktemp("looks"))


def test_what_is_looked_at_covers_every_theme_palette_mode_width_and_page() -> None:
    every = every_look(THEMES)

    chosen = covering(every)

    dresses = [(name, palette) for name, theme in THEMES.themes.items() for palette in theme.palettes]
    assert {(look.theme, look.palette) for look in chosen} == set(dresses)
    seen = {(look.theme, look.palette, look.mode, look.width) for look in chosen}
    assert {one[:3] for one in seen} == {(*dress, mode) for dress in dresses for mode in MODES}
    assert {(*one[:2], one[3]) for one in seen} == {(*dress, width) for dress in dresses for width in WIDTHS}
    assert {(look.page, look.width) for look in chosen} == {(look.page, look.width) for look in every}
    assert len(chosen) < len(every) / 40


def test_axe_finds_nothing_in_any_of_them(browser: Chromium, wardrobe: Wardrobe) -> None:
    wrong = {
        str(look): said for look, said in faults(browser, wardrobe, covering(every_look(THEMES))) if said
    }

    assert wrong == {}


def _told_apart() -> list[Look]:
    """Return every page of every theme on a phone, by turns as it is and as elders have it."""
    first = {name: next(iter(theme.palettes)) for name, theme in THEMES.themes.items()}
    pages = sorted({look.page for look in every_look(THEMES)})
    return [
        Look(name, first[name], ("normal", "elder")[(number + place) % 2], WIDTHS[0], page)
        for number, name in enumerate(THEMES.themes)
        for place, page in enumerate(pages)
    ]


def test_nothing_that_people_write_breaks_out_of_its_place(browser: Chromium, tmp_path: Path) -> None:
    wardrobe = Wardrobe(THEMES, tmp_path, HOSTILE)
    page = browser.new_page(viewport={"width": WIDTHS[0], "height": 740})
    said: list[str] = []

    def refuse(dialog: Dialog) -> None:
        said.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", refuse)
    wrong = {}
    for look in _told_apart():
        page.goto(wardrobe.file(look).as_uri())
        found = {name: value for name, value in page.evaluate(BROKEN_OUT, WIDTHS[0]).items() if value}
        if found:
            wrong[str(look)] = found
    page.close()

    assert wrong == {}
    assert said == []
