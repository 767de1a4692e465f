"""Part of the theme author's API: what a unit chose of its look, as every page shows it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Logo:
    """A unit's sign before its name."""

    url: str
    width: int
    height: int
    #: What it shows, for those who do not see it; empty where the name beside it says the same.
    says: str = ""


@dataclass(frozen=True)
class Banner:
    """A picture over the width of the front page, in several sizes and formats."""

    url: str
    width: int
    height: int
    says: str
    #: Media type and srcset of each format, the smallest first.
    sources: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Look:
    """What stands on the pages of a unit by its own choice, beside what the county fixes."""

    logo: Logo | None = None
    banner: Banner | None = None
    #: Lines in the foot.
    notes: tuple[str, ...] = ()
