"""The colours that are derived are the ones the design means, measured as WCAG measures."""

import pytest

from app.theming.palettes import ENOUGH_CONTRAST, TEXT_PAIRS, Palette, contrast, derive, is_colour, mix


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

    faint = {(text, ground) for text, ground, ratio in palette.faint_pairs() if ratio < ENOUGH_CONTRAST}

    assert ("on-primary", "primary") in faint
    assert ("primary", "paper") in faint


def test_the_stylesheet_of_a_palette_is_custom_properties_only() -> None:
    palette = Palette("blue", "蓝", "#0f4a8c", (), derive("#0f4a8c", ()))

    lines = palette.stylesheet().splitlines()

    assert lines[0] == ":root {"
    assert "  --primary: #0f4a8c;" in lines
    assert len(lines) == len(palette.tokens) + 2
