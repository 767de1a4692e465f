"""A mistake in a theme stops the start and names the file and the key."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.theming.manifest import ThemeError
from app.theming.registry import read_themes

Maker = Callable[..., Path]
GOOD = (
    'title = "好"\n[palettes.blue]\ntitle = "蓝"\nprimary = "#0f4a8c"\nsecondary = ["#0a6e68", "#b03a26"]\n'
)


def refusal(folder: Path) -> str:
    """Return what is said when a folder of themes is read."""
    with pytest.raises(ThemeError) as refused:
        read_themes(folder)
    return str(refused.value)


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("title = ", "tilte = ", "tilte"),
        ("[palettes.blue]", '[palettes.blue]\ncolour = "red"', "palettes.blue.colour"),
        ('title = "好"', "", "title"),
        ('title = "蓝"', 'title = ""', "palettes.blue.title"),
        ("#0f4a8c", "blue", "palettes.blue.primary"),
        ("#0f4a8c", "#0F4A8C", "palettes.blue.primary"),
        ('primary = "#0f4a8c"', "", "palettes.blue.primary"),
        ("#0a6e68", "url(x)", "palettes.blue.secondary"),
        ('["#0a6e68", "#b03a26"]', '"#0a6e68"', "palettes.blue.secondary"),
        ("palettes.blue", "palettes.Blue", "palettes.Blue"),
        ("#0f4a8c", "#9fc5e8", "palettes.blue"),
        ('title = "好"', 'title = "好"\ninherits = "other"', "inherits"),
    ],
)
def test_a_wrong_key_is_named_with_its_file(a_theme: Maker, old: str, new: str, key: str) -> None:
    folder = a_theme("base", GOOD.replace(old, new, 1))

    said = refusal(folder)

    assert str(folder / "base" / "theme.toml") in said
    assert f"“{key}”" in said


def test_three_colours_are_the_most_a_palette_may_have(a_theme: Maker) -> None:
    """ZY-10: one main colour, three altogether."""
    folder = a_theme("base", GOOD.replace('"#b03a26"]', '"#b03a26", "#1c6347"]'))

    assert "最多两个辅色" in refusal(folder)


def test_a_derived_colour_may_be_set_and_an_unknown_one_may_not(a_theme: Maker) -> None:
    folder = a_theme("base", f'{GOOD}[palettes.blue.tokens]\nsun = "#ffeecc"\n')
    assert read_themes(folder).themes["base"].palettes["blue"].tokens["sun"] == "#ffeecc"

    (folder / "base" / "theme.toml").write_text(f'{GOOD}[palettes.blue.tokens]\nsunn = "#ffeecc"\n', "utf-8")
    assert "palettes.blue.tokens.sunn" in refusal(folder)


def test_what_is_not_toml_is_said_to_be_so(a_theme: Maker) -> None:
    assert "TOML" in refusal(a_theme("base", "title = "))


def test_a_theme_stands_on_base_and_on_nothing_else(a_theme: Maker) -> None:
    a_theme("base", GOOD)
    a_theme("first", 'title = "一"\ninherits = "base"\n')
    folder = a_theme("second", 'title = "二"\ninherits = "first"\n')

    assert str(folder / "second" / "theme.toml") in refusal(folder)


def test_a_folder_without_base_and_a_base_without_palettes_are_refused(
    a_theme: Maker, tmp_path: Path
) -> None:
    assert "THEMES_PATH" in refusal(tmp_path)
    assert "palettes" in refusal(a_theme("base", 'title = "基础"\n'))


def test_a_file_that_browsers_may_run_is_refused(a_theme: Maker) -> None:
    assert "site.js" in refusal(a_theme("base", GOOD, static__site_dot_js="alert(1)"))
