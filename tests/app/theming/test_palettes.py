"""The colours that are derived are the ones the design means, measured as WCAG measures."""

import pytest

from app.theming.colours import contrast, is_colour, mix, until_read
from app.theming.dark import derive_dark
from app.theming.palettes import ENOUGH_CONTRAST, TEXT_PAIRS, Palette, derive


@pytest.mark.parametrize(
    ("colour", "other", "ratio"),
    [("#000000", "#ffffff", 21.0), ("#ffffff", "#ffffff", 1.0), ("#767676", "#ffffff", 4.54)],
)
def test_contrast_is_what_wcag_says(colour: str, other: str, ratio: float) -> None:
    assert contrast(colour, other) == pytest.approx(ratio, abs=0.005)
    assert contrast(other, colour) == contrast(colour, other)


def test_mixing_takes_a_share_of_the_second_colour() -> None:
    assert mix("#000000", "#ffffff", 0) == "#000000"
    assert mix("#000000", "#ffffff", 1) == "#ffffff"
    assert mix("#000000", "#ff8000", 0.5) == "#804000"


def test_every_text_pair_names_tokens_that_exist() -> None:
    tokens = derive("#0f4a8c", ())

    assert {token for pair in TEXT_PAIRS for token in pair} <= tokens.keys()
    assert all(is_colour(colour) for colour in tokens.values())


def test_secondary_colours_stand_in_for_each_other() -> None:
    assert derive("#0f4a8c", ())["secondary-2"] == "#0f4a8c"
    assert derive("#0f4a8c", ("#0a6e68",))["secondary-2"] == "#0a6e68"


def test_a_faint_palette_says_which_pairs_cannot_be_read() -> None:
    palette = Palette("faint", "浅", "#9fc5e8", (), derive("#9fc5e8", ()))

    faint = {(pair.text, pair.ground) for pair in palette.faint_pairs() if pair.ratio < ENOUGH_CONTRAST}

    assert ("on-fill", "fill") in faint
    assert ("primary", "paper") in faint


def test_the_stylesheet_of_a_palette_is_custom_properties_only() -> None:
    palette = Palette("blue", "蓝", "#0f4a8c", (), derive("#0f4a8c", ()))

    lines = palette.stylesheet().splitlines()

    assert lines[0] == ":root {"
    assert "  --primary: #0f4a8c;" in lines
    assert len(lines) == len(palette.tokens) + 2


def test_the_dark_scheme_has_the_same_tokens_and_follows_the_system_on_screens_only() -> None:
    light, dark = derive("#0f4a8c", ()), derive_dark("#0f4a8c", ())
    palette = Palette("blue", "蓝", "#0f4a8c", (), light, dark)

    assert dark.keys() == light.keys()
    assert (
        f"@media screen and (prefers-color-scheme: dark) {{\n:root {{\n  --primary: {dark['primary']};"
        in (palette.stylesheet())
    )


def test_a_pair_that_is_faint_in_the_dark_alone_names_that_scheme() -> None:
    dark = derive_dark("#0f4a8c", ()) | {"ink": "#222222"}
    palette = Palette("blue", "蓝", "#0f4a8c", (), derive("#0f4a8c", ()), dark)

    assert {(pair.scheme, pair.text) for pair in palette.faint_pairs()} == {("深色", "ink")}


@pytest.mark.parametrize("ratio", [4.5, 7.0])
def test_a_colour_moves_as_far_as_it_takes_to_be_read_and_no_further(ratio: float) -> None:
    moved = until_read("#0f4a8c", "#161b21", "#ffffff", ratio)

    assert ratio <= contrast(moved, "#161b21") < ratio + 1
    assert until_read("#ffffff", "#161b21", "#ffffff", ratio) == "#ffffff"
