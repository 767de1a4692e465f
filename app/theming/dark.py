"""The dark scheme of a palette, for readers whose system asks for one (``prefers-color-scheme``).

It is derived, not chosen: a unit picks three colours once and has both schemes. Writing is lightened exactly
as far as the lightest ground of this scheme demands, so a palette that reads well in the light does so here.
"""

from app.theming.colours import NIGHT, WHITE, mix, until_read

_PAPER = "#161b21"
_SURFACE = "#0e1217"
_PALE = "#e8ebee"
_GREY = "#abb3bc"
#: More than WCAG asks for: thin strokes look thinner on dark ground.
_RATIO = 6.0


def derive_dark(primary: str, secondary: tuple[str, ...]) -> dict[str, str]:
    """Mix every token of the dark scheme from the palette's own colours."""
    first = secondary[0] if secondary else primary
    second = secondary[1] if len(secondary) > 1 else first
    paper = mix(_PAPER, primary, 0.1)
    tint = mix(mix(_PAPER, primary, 0.26), WHITE, 0.03)
    written = until_read(primary, tint, WHITE, _RATIO)
    return {
        "primary": written,
        "primary-strong": mix(written, WHITE, 0.4),
        "secondary-1": until_read(first, tint, WHITE, _RATIO),
        "secondary-2": until_read(second, tint, WHITE, _RATIO),
        "on-primary": mix(NIGHT, primary, 0.1),
        "fill": mix(primary, NIGHT, 0.25),
        "fill-strong": mix(primary, NIGHT, 0.45),
        "fill-lit": mix(primary, NIGHT, 0.1),
        "fill-1": mix(first, NIGHT, 0.2),
        "fill-2": mix(second, NIGHT, 0.2),
        "on-fill": mix(WHITE, primary, 0.03),
        "deep": mix(NIGHT, primary, 0.1),
        "on-deep": mix(_PALE, primary, 0.05),
        "on-deep-quiet": mix(_GREY, primary, 0.04),
        "deep-line": mix(mix(NIGHT, primary, 0.1), WHITE, 0.16),
        "ink": mix(_PALE, primary, 0.03),
        "quiet": mix(_GREY, primary, 0.04),
        "paper": paper,
        "surface": mix(_SURFACE, primary, 0.06),
        "tint": tint,
        "line": mix(paper, WHITE, 0.12),
        "line-strong": mix(paper, WHITE, 0.42),
        "notice": "#3a2f10",
        "notice-ink": "#ffe2a0",
        **_landscape(primary, first, second),
    }


def _landscape(primary: str, first: str, second: str) -> dict[str, str]:
    """Mix the same hills by night: a dark sky, a moon, and the nearest hill darkest."""
    return {
        "on-sky": mix(_PALE, primary, 0.03),
        "sky-1": mix(NIGHT, primary, 0.2),
        "sky-2": mix(mix(NIGHT, primary, 0.32), second, 0.06),
        "sun": mix(mix(WHITE, second, 0.2), NIGHT, 0.25),
        "hill-1": mix(NIGHT, primary, 0.42),
        "hill-2": mix(NIGHT, primary, 0.52),
        "hill-3": mix(NIGHT, mix(primary, first, 0.45), 0.44),
        "hill-4": mix(NIGHT, mix(primary, first, 0.3), 0.32),
        "hill-5": mix(NIGHT, primary, 0.14),
        "water": mix(NIGHT, first, 0.22),
        "water-line": mix(NIGHT, first, 0.5),
    }
