"""The colours of a palette: all that a stylesheet may use, derived from a primary and two secondary colours.

ZY-10 allows a government site one main colour and three altogether. What a page needs beyond them, such as
tints, ink and the hills of the banner, is mixed from those three with white or ink here, so no stylesheet
names a colour of its own, and every pair that carries text is measured before the first page is shown.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_HEX = re.compile(r"#[0-9a-f]{6}")
_WHITE = "#ffffff"
_NIGHT = "#0b1016"
_INK = "#1c2026"
_GREY = "#565d66"

#: WCAG 2.2, 1.4.3: what text of any size needs.
ENOUGH_CONTRAST = 4.5

#: Text token, background token. A stylesheet sets no text in any other pair.
TEXT_PAIRS = (
    ("ink", "paper"),
    ("ink", "surface"),
    ("ink", "tint"),
    ("quiet", "paper"),
    ("quiet", "surface"),
    ("quiet", "tint"),
    ("primary", "paper"),
    ("primary", "surface"),
    ("primary", "tint"),
    ("primary-strong", "paper"),
    ("primary-strong", "tint"),
    ("secondary-1", "paper"),
    ("secondary-1", "surface"),
    ("secondary-1", "tint"),
    ("secondary-2", "paper"),
    ("secondary-2", "surface"),
    ("on-primary", "primary"),
    ("on-primary", "primary-strong"),
    ("on-primary", "primary-lit"),
    ("on-primary", "secondary-1"),
    ("on-primary", "secondary-2"),
    ("on-deep", "deep"),
    ("on-deep-quiet", "deep"),
    ("deep", "sky-1"),
    ("deep", "sky-2"),
    ("deep", "hill-1"),
    ("deep", "hill-2"),
    ("notice-ink", "notice"),
)


@dataclass(frozen=True)
class Palette:
    """A set of colours a tenant may choose in a theme."""

    name: str
    title: str
    primary: str
    secondary: tuple[str, ...]
    #: Custom properties without the leading dashes.
    tokens: Mapping[str, str]

    def stylesheet(self) -> str:
        """Return the palette as CSS custom properties."""
        lines = "".join(f"  --{token}: {colour};\n" for token, colour in self.tokens.items())
        return f":root {{\n{lines}}}\n"

    def faint_pairs(self) -> list[tuple[str, str, float]]:
        """Return the pairs of text and background that too many people cannot read."""
        measured = (
            (text, ground, contrast(self.tokens[text], self.tokens[ground])) for text, ground in TEXT_PAIRS
        )
        return [pair for pair in measured if pair[2] < ENOUGH_CONTRAST]


def is_colour(value: object) -> bool:
    """Tell whether a value is a colour as theme.toml writes them, ``#rrggbb`` in lower case."""
    return isinstance(value, str) and _HEX.fullmatch(value) is not None


def derive(primary: str, secondary: tuple[str, ...]) -> dict[str, str]:
    """Mix every token from the palette's own colours."""
    first = secondary[0] if secondary else primary
    second = secondary[1] if len(secondary) > 1 else first
    return {
        "primary": primary,
        "primary-strong": mix(primary, _NIGHT, 0.28),
        # The lightest that a white drawing may make the primary colour under white text.
        "primary-lit": mix(primary, _WHITE, 0.15),
        "secondary-1": first,
        "secondary-2": second,
        "on-primary": _WHITE,
        "deep": mix(primary, _NIGHT, 0.62),
        "on-deep": mix(_WHITE, primary, 0.06),
        "on-deep-quiet": mix(_WHITE, primary, 0.26),
        "deep-line": mix(mix(primary, _NIGHT, 0.62), _WHITE, 0.18),
        "ink": mix(_INK, primary, 0.08),
        "quiet": mix(_GREY, primary, 0.1),
        "paper": _WHITE,
        "surface": mix(_WHITE, primary, 0.035),
        "tint": mix(_WHITE, primary, 0.075),
        "line": mix(mix(_WHITE, _GREY, 0.16), primary, 0.06),
        "line-strong": mix(mix(_WHITE, _GREY, 0.7), primary, 0.15),
        "notice": "#fff4cf",
        "notice-ink": "#5b3d00",
        **_landscape(primary, first, second),
    }


def _landscape(primary: str, first: str, second: str) -> dict[str, str]:
    """Mix the sky, the hills from far to near, and the river."""
    return {
        "sky-1": mix(_WHITE, primary, 0.17),
        "sky-2": mix(_WHITE, second, 0.05),
        "sun": mix(_WHITE, second, 0.3),
        "hill-1": mix(_WHITE, primary, 0.22),
        "hill-2": mix(_WHITE, primary, 0.36),
        "hill-3": mix(_WHITE, mix(primary, first, 0.45), 0.56),
        "hill-4": mix(_WHITE, mix(primary, first, 0.3), 0.84),
        "hill-5": mix(primary, _NIGHT, 0.35),
        "water": mix(_WHITE, first, 0.13),
        "water-line": mix(_WHITE, first, 0.38),
    }


def mix(colour: str, other: str, share: float) -> str:
    """Return a colour with a share of another in it."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(a * (1 - share) + b * share):02x}" for a, b in pairs)


def contrast(colour: str, other: str) -> float:
    """Return the contrast ratio of WCAG 2.2, from 1 to 21."""
    darker, lighter = sorted((_luminance(colour), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[start : start + 2], 16) for start in (1, 3, 5))


def _luminance(colour: str) -> float:
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - WCAG's formula
        for share in (channel / 255 for channel in _channels(colour))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
