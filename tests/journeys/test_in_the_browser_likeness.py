"""In the browser: pages look as when somebody last said that they are right; all by `wsgi.py looks`."""

import shutil
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser as Chromium

from app.theming.registry import Registry, read_themes
from bench import boxes
from bench.likeness import (
    HEIGHTS,
    KEPT_MODES,
    SHEETS,
    Difference,
    by_turns,
    differences,
    dressed,
    looks_kept,
    pictures,
)
from bench.looks import WIDTHS, Look
from bench.sheets import Sheets

FOLDER = Path(__file__).parents[2] / "themes"
THEMES = read_themes(FOLDER)
LIBRARY = [
    one
    for one in looks_kept(THEMES)
    if one.theme == "township" and one.page == "library.html" and one.width in WIDTHS
]
#: Where the layouts begin to have columns: 60rem.
_COLUMNS_FROM = 960
IN_THE_DARK = "@media screen and (prefers-color-scheme: dark)"
ONE_COLUMN = "grid-template-columns: minmax(0, 1fr) !important;"
MEASURE = """() => ["永嘉县", "abc"].map((text) => {
  const span = document.body.appendChild(document.createElement("span"));
  span.textContent = text;
  return Math.round(span.getBoundingClientRect().width);
})"""


def test_every_page_looks_as_it_was_kept(browser: Chromium, tmp_path: Path) -> None:
    """After a wanted change: `python3 wsgi.py looks`, look at its pictures, then `looks --keep`."""
    taken = pictures(browser, dressed(THEMES, tmp_path), by_turns(looks_kept(THEMES)))

    wrong = list(differences(taken, Sheets(THEMES, SHEETS)))

    assert not wrong, "\n".join(map(str, wrong))


def test_every_look_that_is_kept_has_a_picture() -> None:
    sheets = Sheets(THEMES, SHEETS)

    assert [str(one) for one in looks_kept(THEMES) if sheets.picture(one) is None] == []
    assert {sheets.file(one) for one in looks_kept(THEMES)} == set(SHEETS.glob("*.png"))


def test_what_is_looked_at_is_every_page_mode_and_palette_and_every_theme_at_every_width() -> None:
    kept = looks_kept(THEMES)

    chosen = by_turns(kept)

    assert {(one.page, one.mode) for one in chosen} == {(one.page, one.mode) for one in kept}
    assert {(one.theme, one.palette) for one in chosen} == {
        (name, palette) for name, theme in THEMES.themes.items() for palette in theme.palettes
    }
    seen = {(one.theme, one.mode, one.width) for one in chosen}
    assert seen == set(product(THEMES.themes, KEPT_MODES, HEIGHTS))
    for page in {one.page for one in kept}:
        widths = {one.width for one in chosen if one.page == page}
        assert min(widths) < _COLUMNS_FROM <= max(widths)
    assert len(chosen) < len(kept) / 19


def test_no_font_of_the_machine_takes_part(browser: Chromium) -> None:
    page = browser.new_page()
    page.set_content(f"<head>{boxes.style()}</head><body style='font-size: 20px'></body>")
    page.evaluate("document.fonts.ready.then(() => true)")
    page.evaluate(MEASURE)

    assert page.evaluate(MEASURE) == [60, 30]
    page.close()


@pytest.fixture(scope="module")
def told_with(
    browser: Chromium, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], list[Difference]]:
    """Return what is said of the library, kept as it is, once a rule has been added to its stylesheet."""
    folder = tmp_path_factory.mktemp("likeness")
    kept = Sheets(THEMES, folder / "kept")
    kept.keep(_taken(browser, THEMES, LIBRARY, folder / "right"))

    def tell(rule: str) -> list[Difference]:
        own = folder / f"themes-{len(list(folder.iterdir()))}"
        shutil.copytree(FOLDER, own)
        with (own / "base" / "static" / "documents.css").open("a", encoding="utf-8") as sheet:
            sheet.write(rule)
        taken = _taken(browser, read_themes(own), LIBRARY, own / "pages")
        return list(differences(taken, kept, folder / "trouble"))

    return tell


def _taken(
    browser: Chromium, themes: Registry, looks: list[Look], folder: Path
) -> list[tuple[Look, Image.Image]]:
    return list(pictures(browser, dressed(themes, folder), looks))


@pytest.mark.parametrize("rule", ["", "body { padding-top: 2px; }"])
def test_what_nobody_sees_is_no_difference(told_with: Callable[[str], list[Difference]], rule: str) -> None:
    assert told_with(rule) == []


@pytest.mark.parametrize(
    ("rule", "modes", "widths"),
    [
        (f".with-side:has(.side) {{ {ONE_COLUMN} }}", {"normal", "dark"}, {1280}),
        (".facets { display: none; }", {"normal", "dark", "elder"}, {360, 1280}),
        (".number-form { background: var(--fill); }", {"normal", "dark", "elder"}, {360, 1280}),
        (f"{IN_THE_DARK} {{ .number-form {{ background: var(--fill); }} }}", {"dark"}, {360, 1280}),
        (".elder .facets { display: none; }", {"elder"}, {360, 1280}),
    ],
)
def test_a_broken_rule_is_found_named_and_shown(
    told_with: Callable[[str], list[Difference]], rule: str, modes: set[str], widths: set[int]
) -> None:
    found = told_with(rule)

    assert {(one.look.mode, one.look.width) for one in found} == set(product(modes, widths))
    for one in found:
        look = one.look
        assert f"township/{look.palette} {look.mode} {look.width} library.html" in str(one)
        assert str(one.picture) in str(one)
        assert one.picture.read_bytes().startswith(b"\x89PNG")
