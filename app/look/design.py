"""What a unit chose of its look, as data that outlives releases: what is known no more is left out."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from app.look.blocks import AREAS, KINDS, USUAL, Arranged

#: The sorts of friendly links, in the order in which they stand.
SORTS = {"gov": "政府网站", "other": "其他网站", "topic": "专题"}


@dataclass(frozen=True)
class Friend:
    """A link to another site, or to a topic."""

    sort: str
    title: str
    url: str


@dataclass(frozen=True)
class Picture:
    """A picture as it is kept: the names of its files by width, and what it shows."""

    #: Without width and ending; see pictures.py.
    token: str
    endings: tuple[str, ...]
    widths: tuple[int, ...]
    width: int
    height: int
    says: str = ""


@dataclass(frozen=True)
class Design:
    """A look: all that a unit can choose of it."""

    theme: str
    palette: str
    blocks: tuple[Arranged, ...] = USUAL
    #: Columns of the menu that stand first, by their slugs; the others follow as before.
    menu: tuple[str, ...] = ()
    #: Lines of the unit's own in the foot, beside what the county asks for (ZY-09).
    notes: tuple[str, ...] = ()
    friends: tuple[Friend, ...] = ()
    logo: Picture | None = None
    banner: Picture | None = None

    def as_data(self) -> dict[str, Any]:
        """Return the look as it is kept."""
        return asdict(self)


def design_of(data: Mapping[str, Any], *, theme: str, palette: str) -> Design:
    """Read a look that was kept; theme and palette are the tenant's where it names none."""
    return Design(
        theme=str(data.get("theme") or theme),
        palette=str(data.get("palette") or palette),
        blocks=_blocks(data["blocks"]) if "blocks" in data else USUAL,
        menu=tuple(data.get("menu", ())),
        notes=tuple(data.get("notes", ())),
        friends=tuple(Friend(**one) for one in data.get("friends", ()) if one.get("sort") in SORTS),
        logo=_picture(data.get("logo")),
        banner=_picture(data.get("banner")),
    )


def _blocks(kept: list[dict[str, Any]]) -> tuple[Arranged, ...]:
    """Return the blocks; those that the county asks for are there whatever was kept."""
    known = [
        Arranged(**{**one, "area": one["area"] if one["area"] in AREAS else ""})
        for one in kept
        if one["kind"] in KINDS
    ]
    missing = [
        Arranged(kind)
        for kind, about in KINDS.items()
        if about.is_fixed and all(one.kind != kind for one in known)
    ]
    return (*known, *missing)


def _picture(kept: dict[str, Any] | None) -> Picture | None:
    if not kept:
        return None
    lists = {name: tuple(kept[name]) for name in ("endings", "widths")}
    return Picture(**{**kept, **lists})
