"""In the browser: pages look as when somebody last said that they are right; all by `wsgi.py looks`."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser as Chromium

from app.theming.registry import Registry, read_themes
from bench import boxes
from bench.likeness import Difference, by_turns, differences, dressed, keep, looks_kept, pictures
from bench.looks import Look

FOLDER = Path(__file__).parents[2] / "themes"
THEMES = read_themes(FOLDER)
LIBRARY = [one for one in looks_kept(THEMES) if one.theme == "township" and one.page == "library.html"]
MEASURE = """() => ["永嘉县", "abc"].map((text) => {
  const span = document.body.appendChild(document.createElement("span"));
  span.textContent = text;
  return Math.round(span.getBoundingClientRect().width);
})"""


def test_every_page_looks_as_it_was_kept(browser: Chromium, tmp_path: Path) -> None:
    """After a wanted change: `python3 wsgi.py looks`, look at its pictures, then `looks --keep`."""
    wrong = list(differences(pictures(browser, dressed(THEMES, tmp_path), by_turns(looks_kept(THEMES)))))

    assert not wrong, "\n".join(map(str, wrong))


def test_what_is_looked_at_is_every_page_at_both_widths_and_every_theme_at_both() -> None:
    kept = looks_kept(THEMES)

    chosen = by_turns(kept)

    assert len(chosen) == len(kept) / len(THEMES.themes)
    assert {(one.page, one.width) for one in chosen} == {(one.page, one.width) for one in kept}
    assert {(one.theme, one.width) for one in chosen} == {(one.theme, one.width) for one in kept}


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
    keep(folder / "kept" / "township.png", _taken(browser, THEMES, LIBRARY, folder / "right"))

    def tell(rule: str) -> list[Difference]:
        own = folder / f"themes-{len(list(folder.iterdir()))}"
        shutil.copytree(FOLDER, own)
        with (own / "base" / "static" / "documents.css").open("a", encoding="utf-8") as sheet:
            sheet.write(rule)
        taken = _taken(browser, read_themes(own), LIBRARY, own / "pages")
        return list(differences(taken, folder / "kept", folder / "trouble"))

    return tell


def _taken(
    browser: Chromium, themes: Registry, looks: list[Look], folder: Path
) -> list[tuple[Look, Image.Image]]:
    return list(pictures(browser, dressed(themes, folder), looks))


@pytest.mark.parametrize("rule", ["", "body { padding-top: 1px; }"])
def test_what_nobody_sees_is_no_difference(told_with: Callable[[str], list[Difference]], rule: str) -> None:
    assert told_with(rule) == []


@pytest.mark.parametrize(
    ("rule", "widths"),
    [
        (".with-side { display: block !important; }", {1280}),
        (".facets { display: none; }", {360, 1280}),
        (".number-form { background: var(--fill); }", {360, 1280}),
    ],
)
def test_a_broken_rule_is_found_named_and_shown(
    told_with: Callable[[str], list[Difference]], rule: str, widths: set[int]
) -> None:
    found = told_with(rule)

    assert {one.look.width for one in found} >= widths
    for one in found:
        assert f"township/{one.look.palette} normal {one.look.width} library.html" in str(one)
        assert str(one.picture) in str(one)
        assert one.picture.read_bytes().startswith(b"\x89PNG")
