"""The county's own words: names of its units and places, what means the same, how words sound.

Units come from the database and are asked for with every search: a renamed one is known at once.
"""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from flask import current_app
from sqlalchemy import or_, select

from app.core.database import db
from app.core.pinyin import syllables_of
from app.search.segment import folded, learn
from app.tenancy.models import Tenant, TenantState
from app.tenancy.shared import shared_in_county

#: What stands behind the name of a place in the name of its unit.
_OFFICES = ("人民政府办公室", "街道办事处", "人民政府", "街道", "办公室")
_SHORTEST = 2


@dataclass(frozen=True)
class Lexicon:
    """What is known of words in one county."""

    #: To each word all that mean the same, itself first.
    same: dict[str, tuple[str, ...]]
    stops: frozenset[str]
    #: All words that can be meant, the surest first.
    known: tuple[str, ...]
    #: What is often written wrongly, with what is meant.
    typos: dict[str, str]
    #: Full names of open units, and the names by which people call them.
    names: dict[str, str]

    @cached_property
    def by_sound(self) -> dict[str, str]:
        """Words by how they sound, without tones: shuiliju."""
        return {sound_of(word): word for word in reversed(self.known)}

    def spellings(self, word: str) -> tuple[str, ...]:
        """Return a word and those that mean the same."""
        return self.same.get(word, (word,))


def lexicon_of(portal_id: int) -> Lexicon:
    """Return the words of the current county, by its portal's id."""
    units = shared_in_county("names", lambda: _names(portal_id))
    folder = Path(current_app.config["TENANTS_PATH"])
    files = (folder / "search" / "synonyms.toml", folder / "words" / "typos.toml")
    changed = tuple(file.stat().st_mtime_ns for file in files)
    return _made(files, changed, units)


def _names(portal_id: int) -> tuple[tuple[str, str, str], ...]:
    rows = db.session.execute(
        select(Tenant.name, Tenant.unit, Tenant.county)
        .where(or_(Tenant.id == portal_id, Tenant.portal_id == portal_id), Tenant.state == TenantState.OPEN)
        .order_by(Tenant.id)
    )
    return tuple((row[0], row[1], row[2]) for row in rows)


def sound_of(word: str) -> str:
    """Return how a word is read, in Latin letters without tones."""
    return "".join(syllables_of(folded(word)))


@lru_cache(maxsize=8)
def _made(
    files: tuple[Path, Path], _changed: tuple[int, ...], units: tuple[tuple[str, str, str], ...]
) -> Lexicon:
    data, typos = (tomllib.loads(file.read_text(encoding="utf-8")) for file in files)
    groups = [tuple(folded(word) for word in group["words"]) for group in data.get("group", ())]
    county = next((name for *_, name in units if name), "")
    names = dict(_called(units, county))
    terms = [folded(word) for word in data.get("terms", {}).get("words", ())]
    known = [*names, *(word for group in groups for word in group), *terms]
    learn(known)
    return Lexicon(
        same={word: (word, *(one for one in group if one != word)) for group in groups for word in group},
        stops=frozenset(data.get("stop", ())),
        known=tuple(known),
        typos={one["text"]: one["correction"] for one in typos.get("word", ()) if one.get("correction")},
        names=names,
    )


def _called(units: Iterable[tuple[str, str, str]], county: str) -> Iterator[tuple[str, str]]:
    """Yield how people call a unit, with its name: the later ones are the surer ones."""
    for name, unit, _ in units:
        for full in (unit, name):
            for short in _shortened(folded(full), folded(county)):
                yield short, name
    for name, unit, _ in units:
        yield folded(unit), name
        yield folded(name), name


def _shortened(full: str, county: str) -> Iterator[str]:
    bare = full.removeprefix(county) if county else full
    level = county[-1:]
    bare = bare.removeprefix(level) if level else bare
    place = next((bare.removesuffix(office) for office in _OFFICES if bare.endswith(office)), bare)
    for short in (f"{level}{bare}", bare, place, place.removesuffix("镇").removesuffix("乡")):
        if len(short) >= _SHORTEST:
            yield short
