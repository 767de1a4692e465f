"""How a visitor wants pages to look (WZ-02, WZ-03): one of ninety-six codes, and nothing of the visitor.

The code stands in the cookie, in ``?mode=`` and in the key of kept pages. Each mode has exactly one code, and
what is no code is the normal mode, so nobody can make more kept pages than there are modes.
"""

import re
from dataclasses import dataclass, replace

_CODE = re.compile(r"(e?)([23]?)([kyb]?)(s?)(p?)")
#: What may be written by hand or on a poster: ``?mode=elder``.
NAMED = {"elder": "e", "normal": ""}
CONTRASTS = {"k": "white-on-black", "y": "yellow-on-black", "b": "black-on-white"}


@dataclass(frozen=True)
class Mode:
    """A choice of each kind; the normal mode is all defaults."""

    #: One column, large type, large targets.
    elder: bool = False
    #: 1 to 3.
    size: int = 1
    #: A letter of CONTRASTS; empty for the site's own colours.
    contrast: str = ""
    spaced: bool = False
    pointer: bool = False

    @property
    def code(self) -> str:
        """Return the mode's one code; empty for the normal mode."""
        return (
            "e" * self.elder
            + ("" if self.size == 1 else str(self.size))
            + self.contrast
            + "s" * self.spaced
            + "p" * self.pointer
        )

    @property
    def classes(self) -> str:
        """Return the classes of the page's root by which themes/base/static/elder.css knows the mode."""
        chosen = {
            "mode": self.code != "",
            "elder": self.elder,
            f"size-{self.size}": self.size > 1,
            "contrast": bool(self.contrast),
            f"contrast-{CONTRASTS.get(self.contrast)}": bool(self.contrast),
            "spaced": self.spaced,
            "pointer": self.pointer,
        }
        return " ".join(name for name, is_on in chosen.items() if is_on)

    def with_(self, **changes: object) -> "Mode":
        """Return the mode with something else chosen."""
        return replace(self, **changes)  # type: ignore[arg-type]


NORMAL = Mode()


def mode_of(code: str) -> Mode:
    """Return the mode that a code names; the normal one for whatever is no code."""
    found = _CODE.fullmatch(NAMED.get(code, code))
    if found is None:
        return NORMAL
    elder, size, contrast, spaced, pointer = found.groups()
    return Mode(bool(elder), int(size or 1), contrast, bool(spaced), bool(pointer))
