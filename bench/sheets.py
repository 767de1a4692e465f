"""The pictures of `python3 wsgi.py looks` as files: sheets that hold many of them and can be looked at.

One sheet is a theme in one mode, and one more its further palettes. Every page has its name above it and
stands there once a width; where each picture lies is written into the file.
"""

import json
from collections.abc import Iterable
from pathlib import Path

from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo

from app.theming.registry import Registry
from bench.looks import Look

#: How many pixels of a page, each way, are one point of its picture.
POINT = 16
_A_ROW, _GAP, _TITLE = 4, 2, 13
#: A palette of so many colours takes half the bytes, and is off by far less than what is tolerated; the
#: rounding before it lets the few colours go to what differs.
_SHADES, _COLOURS, _ROUNDS = 4, 256, 3


class Sheet:
    """The kept pictures of one file."""

    def __init__(self, file: Path) -> None:
        self._whole, self._places = Image.new("RGB", (1, 1)), {}
        if file.exists():
            with Image.open(file) as opened:
                self._places = json.loads(opened.info["places"])
                self._whole = opened.convert("RGB")

    def picture(self, look: Look) -> Image.Image | None:
        """Return a look's picture; None where the page is newer than the sheet."""
        place = self._places.get(_place(look))
        return self._whole.crop(place) if place else None


class Sheets:
    """A folder of sheets, and in which of them each look is kept."""

    def __init__(self, themes: Registry, folder: Path) -> None:
        self._first = {name: next(iter(theme.palettes)) for name, theme in themes.themes.items()}
        self._folder = folder
        self._read: dict[Path, Sheet] = {}

    def file(self, look: Look) -> Path:
        """Return the file of a look: its mode's, or that of the palettes that are not the theme's first."""
        kind = look.mode if look.palette == self._first[look.theme] else "palettes"
        return self._folder / f"{look.theme}-{kind}.png"

    def picture(self, look: Look) -> Image.Image | None:
        """Return a look's kept picture; None if it has none."""
        file = self.file(look)
        if file not in self._read:
            self._read[file] = Sheet(file)
        return self._read[file].picture(look)

    def keep(self, taken: Iterable[tuple[Look, Image.Image]]) -> None:
        """Write the sheets of what was taken, whole; other sheets stay as they are."""
        of_file: dict[Path, list[tuple[Look, Image.Image]]] = {}
        for look, picture in taken:
            of_file.setdefault(self.file(look), []).append((look, picture))
        self._folder.mkdir(parents=True, exist_ok=True)
        for file, pictures in of_file.items():
            _write(file, pictures)
        self._read.clear()


def _place(look: Look) -> str:
    return f"{look.palette} {look.width} {look.page}"


def _write(file: Path, taken: Iterable[tuple[Look, Image.Image]]) -> None:
    """Write a sheet: four pages in a row, each beside itself at the other widths and under its name."""
    of_page: dict[tuple[str, str], dict[int, tuple[Look, Image.Image]]] = {}
    for look, picture in taken:
        of_page.setdefault((look.palette, look.page), {})[look.width] = look, picture
    wide = max(sum(one.width + _GAP for _, one in row.values()) for row in of_page.values()) + 2 * _GAP
    high = max(one.height for row in of_page.values() for _, one in row.values()) + _TITLE + 2 * _GAP
    columns = min(_A_ROW, len(of_page))
    whole = Image.new("RGB", (wide * columns, high * -(-len(of_page) // columns)), "grey")
    pen = ImageDraw.Draw(whole)
    places: dict[str, tuple[int, int, int, int]] = {}
    for number, (name, row) in enumerate(sorted(of_page.items())):
        x, y = number % columns * wide + _GAP, number // columns * high
        pen.text((x, y + 1), " ".join(name), fill="white")
        for _, (look, picture) in sorted(row.items()):
            whole.paste(picture, (x, y + _TITLE))
            places[_place(look)] = (x, y + _TITLE, x + picture.width, y + _TITLE + picture.height)
            x += picture.width + _GAP
    _save(whole, file, places)


def _save(whole: Image.Image, file: Path, places: dict[str, tuple[int, int, int, int]]) -> None:
    told = PngInfo()
    told.add_text("places", json.dumps(places))
    rounded = whole.point(lambda shade: min(255, round(shade / _SHADES) * _SHADES))
    few = rounded.quantize(_COLOURS, Image.Quantize.MAXCOVERAGE, kmeans=_ROUNDS, dither=Image.Dither.NONE)
    few.save(file, optimize=True, pnginfo=told)
