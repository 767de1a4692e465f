"""The colours of a palette: all that a stylesheet may use, derived from a primary and two secondary colours.

ZY-10 allows a government site one main colour and three altogether. What a page needs beyond them, such as
tints, ink and the hills of the banner, is mixed from those three with white or ink here and, for the dark
scheme, in dark.py; so no stylesheet names a colour of its own, and every pair that carries text is measured
in both schemes before the first page is shown.

A colour that fills an area and one that writes on paper part ways in the dark: areas stay deep under white
text (``fill``), while writing becomes light (``primary``). That is why there are tokens for both.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from app.theming.colours import NIGHT, WHITE, contrast, mix

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
    ("primary-strong", "surface"),
    ("primary-strong", "tint"),
    ("secondary-1", "paper"),
    ("secondary-1", "surface"),
    ("secondary-1", "tint"),
    ("secondary-2", "paper"),
    ("secondary-2", "surface"),
    ("secondary-2", "tint"),
    ("on-primary", "primary"),
    ("on-primary", "primary-strong"),
    ("on-primary", "secondary-1"),
    ("on-primary", "secondary-2"),
    ("on-fill", "fill"),
    ("on-fill", "fill-strong"),
    ("on-fill", "fill-lit"),
    ("on-fill", "fill-1"),
    ("on-fill", "fill-2"),
    ("on-deep", "deep"),
    ("on-deep-quiet", "deep"),
    ("on-sky", "sky-1"),
    ("on-sky", "sky-2"),
    ("on-sky", "hill-1"),
    ("on-sky", "hill-2"),
    ("notice-ink", "notice"),
)


@dataclass(frozen=True)
class Faint:
    """A pair of text and background that too many people cannot read."""

    scheme: str
    text: str
    ground: str
    ratio: float


@dataclass(frozen=True)
class Palette:
    """A set of colours a tenant may choose in a theme."""

    name: str
    title: str
    primary: str
    secondary: tuple[str, ...]
    #: Custom properties without the leading dashes.
    tokens: Mapping[str, str]
    #: The same where the reader's system is set to dark; empty where the palette has no such scheme.
    dark: Mapping[str, str] = field(default_factory=dict)

    def stylesheet(self) -> str:
        """Return the palette as CSS custom properties; paper is always light."""
        light = f":root {{\n{_declared(self.tokens)}}}\n"
        if not self.dark:
            return light
        dark = _declared(self.dark)
        return f"{light}@media screen and (prefers-color-scheme: dark) {{\n:root {{\n{dark}}}\n}}\n"

    def schemes(self) -> Iterator[tuple[str, Mapping[str, str]]]:
        """Yield the names and the tokens of the schemes that there are."""
        yield "浅色", self.tokens
        if self.dark:
            yield "深色", self.dark

    def faint_pairs(self) -> list[Faint]:
        """Return the pairs of both schemes that are below what WCAG asks for."""
        measured = (
            Faint(scheme, text, ground, contrast(tokens[text], tokens[ground]))
            for scheme, tokens in self.schemes()
            for text, ground in TEXT_PAIRS
        )
        return [pair for pair in measured if pair.ratio < ENOUGH_CONTRAST]


def _declared(tokens: Mapping[str, str]) -> str:
    return "".join(f"  --{token}: {colour};\n" for token, colour in tokens.items())


def derive(primary: str, secondary: tuple[str, ...]) -> dict[str, str]:
    """Mix every token from the palette's own colours."""
    first = secondary[0] if secondary else primary
    second = secondary[1] if len(secondary) > 1 else first
    return {
        "primary": primary,
        "primary-strong": mix(primary, NIGHT, 0.28),
        "secondary-1": first,
        "secondary-2": second,
        "on-primary": WHITE,
        "fill": primary,
        "fill-strong": mix(primary, NIGHT, 0.28),
        # The lightest that a white drawing may make an area under white text.
        "fill-lit": mix(primary, WHITE, 0.15),
        "fill-1": first,
        "fill-2": second,
        "on-fill": WHITE,
        "deep": mix(primary, NIGHT, 0.62),
        "on-deep": mix(WHITE, primary, 0.06),
        "on-deep-quiet": mix(WHITE, primary, 0.26),
        "deep-line": mix(mix(primary, NIGHT, 0.62), WHITE, 0.18),
        "ink": mix(_INK, primary, 0.08),
        "quiet": mix(_GREY, primary, 0.1),
        "paper": WHITE,
        "surface": mix(WHITE, primary, 0.035),
        "tint": mix(WHITE, primary, 0.075),
        "line": mix(mix(WHITE, _GREY, 0.16), primary, 0.06),
        "line-strong": mix(mix(WHITE, _GREY, 0.7), primary, 0.15),
        "notice": "#fff4cf",
        "notice-ink": "#5b3d00",
        **_landscape(primary, first, second),
    }


def _landscape(primary: str, first: str, second: str) -> dict[str, str]:
    """Mix the sky, the hills from far to near, and the river."""
    return {
        "on-sky": mix(primary, NIGHT, 0.62),
        "sky-1": mix(WHITE, primary, 0.17),
        "sky-2": mix(WHITE, second, 0.05),
        "sun": mix(WHITE, second, 0.3),
        "hill-1": mix(WHITE, primary, 0.22),
        "hill-2": mix(WHITE, primary, 0.36),
        "hill-3": mix(WHITE, mix(primary, first, 0.45), 0.56),
        "hill-4": mix(WHITE, mix(primary, first, 0.3), 0.84),
        "hill-5": mix(primary, NIGHT, 0.35),
        "water": mix(WHITE, first, 0.13),
        "water-line": mix(WHITE, first, 0.38),
    }
