"""Reckoning with colours as theme.toml writes them: what is one, mixing two, how one reads on another."""

import re

_HEX = re.compile(r"#[0-9a-f]{6}")
WHITE = "#ffffff"
NIGHT = "#0b1016"
_STEP = 0.04


def is_colour(value: object) -> bool:
    """Tell whether a value is a colour as theme.toml writes them, ``#rrggbb`` in lower case."""
    return isinstance(value, str) and _HEX.fullmatch(value) is not None


def until_read(colour: str, ground: str, towards: str, ratio: float) -> str:
    """Return a colour, moved towards another as far as it takes to be read on a ground, and no further."""
    share = 0.0
    while share < 1 and contrast(mix(colour, towards, share), ground) < ratio:
        share += _STEP
    return mix(colour, towards, min(share, 1))


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
