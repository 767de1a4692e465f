"""Which part of a catalogue an address asks for; what is no unit, genre or year of ours answers 404."""

from collections.abc import Mapping
from dataclasses import replace

from flask import abort

from app.content.genres import Genre
from app.exports.queries import Wanted, of_year

LONGEST_SLUG = 40
YEARS = range(1949, 2101)


def wanted_of(asked: Mapping[str, str]) -> Wanted:
    """Return what ?unit=, ?genre= and ?year= name; a wrong one is no address."""
    wanted = Wanted()
    if unit := asked.get("unit", ""):
        wanted = replace(wanted, unit=unit if len(unit) <= LONGEST_SLUG else abort(404))
    if genre := asked.get("genre", ""):
        wanted = replace(wanted, genre=Genre(genre) if genre in set(Genre) else abort(404))
    if year := asked.get("year", ""):
        start, end = of_year(_year(year))
        wanted = replace(wanted, start=start, end=end)
    return wanted


def _year(asked: str) -> int:
    is_number = asked.isascii() and asked.isdecimal() and len(asked) == 4  # noqa: PLR2004 - a year's digits
    return int(asked) if is_number and int(asked) in YEARS else abort(404)
