"""python3 wsgi.py looks: whether every page still looks as it did when somebody last said that it is right.

Each page, theme and width is kept as a coarse picture in tests/journeys/looks/, one sheet a theme. Texts are
set in a font of boxes and pictures are not fetched, so that machines with other fonts agree; one point of the
picture is the mean of 16 by 16 pixels, so that a pixel more or less is nothing and a moved block is a lot.
After a wanted change `--keep` takes the present looks as right: look at the sheets before committing.
"""

import argparse
import base64
import io
import json
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw
from PIL.PngImagePlugin import PngInfo
from playwright.sync_api import Browser, sync_playwright

from app.theming.registry import Registry, read_themes
from bench import boxes
from bench.looks import WIDTHS, Look, Wardrobe, every_look
from deploy.bootstrap.places import ROOT
from tests.engines.chromium import chromium

SHEETS = ROOT / "tests" / "journeys" / "looks"
TROUBLE = ROOT / "var" / "looks"
#: So much of a page is looked at, from its top, by width.
HEIGHTS = {360: 2000, 1280: 1600}
#: Half its size is quicker to take, and brought down from there to one point for 16 pixels. At a quarter
#: the edges of letters fall between the pixels, and a page that is lower by one seems to be another.
_HALF, _POINT = 0.5, 8
#: How far a point may be off in red, green or blue, and how many points may be farther.
_TOLERANCE, _FEW = 36, 6
_A_ROW, _SHADES = 8, 8
_SHOWN = 8


@dataclass(frozen=True)
class Difference:
    """A look that is not as it was kept: how many points differ, and where both pictures stand."""

    look: Look
    points: int
    picture: Path

    def __str__(self) -> str:
        return f"{self.look}：{self.points} 处和留存的样子不同，对照图 {self.picture}"


def looks_kept(themes: Registry) -> list[Look]:
    """Return what is kept: every page in every theme at every width, in the theme's first palette."""
    first = {name: next(iter(theme.palettes)) for name, theme in themes.themes.items()}
    return [one for one in every_look(themes) if one.mode == "normal" and one.palette == first[one.theme]]


def by_turns(looks: Iterable[Look]) -> list[Look]:
    """Return every page at every width, each in one of the themes by turns."""
    kept = list(looks)
    themes, pages = (sorted({getattr(one, name) for one in kept}) for name in ("theme", "page"))
    return [
        one
        for one in kept
        if (pages.index(one.page) + WIDTHS.index(one.width)) % len(themes) == themes.index(one.theme)
    ]


def pictures(
    browser: Browser, wardrobe: Wardrobe, looks: Iterable[Look]
) -> Iterator[tuple[Look, Image.Image]]:
    """Yield each look's coarse picture."""
    context = browser.new_context(locale="zh-CN", reduced_motion="reduce")
    window = context.new_page()
    taking = context.new_cdp_session(window)
    for look in sorted(looks, key=lambda one: (one.width, one)):
        clip = {"x": 0, "y": 0, "width": look.width, "height": HEIGHTS[look.width], "scale": _HALF}
        window.set_viewport_size({"width": look.width, "height": HEIGHTS[look.width]})
        window.goto(wardrobe.file(look).as_uri())
        window.evaluate("document.fonts.ready.then(() => true)")
        shot = taking.send("Page.captureScreenshot", {"clip": clip, "optimizeForSpeed": True})
        picture = Image.open(io.BytesIO(base64.b64decode(shot["data"]))).convert("RGB")
        yield look, picture.reduce(_POINT)
    context.close()


def dressed(themes: Registry, folder: Path) -> Wardrobe:
    """Return the pages whose texts are boxes."""
    return Wardrobe(themes, folder, style=boxes.style())


class Sheet:
    """The kept pictures of a theme, all in one file that can be looked at."""

    def __init__(self, file: Path) -> None:
        self._whole, self._places = Image.new("RGB", (1, 1)), {}
        if file.exists():
            with Image.open(file) as opened:
                self._places = json.loads(opened.info["places"])
                self._whole = opened.convert("RGB")

    def picture(self, look: Look) -> Image.Image | None:
        """Return a look's picture; None where the page is newer than the sheet."""
        place = self._places.get(f"{look.width} {look.page}")
        return self._whole.crop(place) if place else None


def keep(file: Path, taken: Iterable[tuple[Look, Image.Image]]) -> None:
    """Write a theme's sheet: each page beside itself at the other width, eight in a row."""
    of_page: dict[str, dict[int, Image.Image]] = {}
    for look, picture in taken:
        of_page.setdefault(look.page, {})[look.width] = picture
    places: dict[str, tuple[int, int, int, int]] = {}
    wide = sum(width // 16 + 3 for width in WIDTHS)
    high = max(HEIGHTS.values()) // 16 + 4
    rows = -(-len(of_page) // _A_ROW)
    whole = Image.new("RGB", (wide * _A_ROW, high * rows), "grey")
    for number, (page, of_width) in enumerate(sorted(of_page.items())):
        x, y = number % _A_ROW * wide, number // _A_ROW * high
        for width, picture in sorted(of_width.items()):
            whole.paste(picture, (x, y))
            places[f"{width} {page}"] = (x, y, x + picture.width, y + picture.height)
            x += picture.width + 1
    told = PngInfo()
    told.add_text("places", json.dumps(places))
    file.parent.mkdir(parents=True, exist_ok=True)
    # Fewer shades take half the bytes, and are off by far less than what is tolerated.
    whole.point(lambda shade: min(255, round(shade / _SHADES) * _SHADES)).save(
        file, optimize=True, pnginfo=told
    )


def differences(
    taken: Iterable[tuple[Look, Image.Image]], sheets: Path = SHEETS, trouble: Path = TROUBLE
) -> Iterator[Difference]:
    """Yield the looks that are not as they were kept, each with both pictures in the folder ``trouble``."""
    read: dict[str, Sheet] = {}
    for look, now in taken:
        if look.theme not in read:
            read[look.theme] = Sheet(sheets / f"{look.theme}.png")
        sheet = read[look.theme]
        before = sheet.picture(look) or Image.new("RGB", now.size, "white")
        points = changed(before, now)
        if len(points) > _FEW:
            place = trouble / f"{look.theme}-{look.width}-{Path(look.page).stem}.png"
            _show(before, now, points, place)
            yield Difference(look, len(points), place)


def changed(before: Image.Image, now: Image.Image) -> list[tuple[int, int]]:
    """Return the points in which two pictures differ by more than the edge of a letter."""
    if before.size != now.size:
        return [(x, y) for x in range(now.width) for y in range(now.height)]
    channels = ImageChops.difference(before, now).split()
    most = ImageChops.lighter(ImageChops.lighter(*channels[:2]), channels[2])
    return [divmod(at, now.width)[::-1] for at, off in enumerate(most.tobytes()) if off > _TOLERANCE]


def _show(before: Image.Image, now: Image.Image, points: list[tuple[int, int]], place: Path) -> None:
    """Write both pictures side by side, with what has changed framed in both."""
    width, height = now.width * _SHOWN, now.height * _SHOWN
    both = Image.new("RGB", (2 * width + _SHOWN, height), "grey")
    for picture, left in ((before, 0), (now, width + _SHOWN)):
        both.paste(picture.resize((width, height), Image.Resampling.NEAREST), (left, 0))
        frame = ImageDraw.Draw(both)
        for x, y in points:
            at = (left + x * _SHOWN, y * _SHOWN)
            frame.rectangle((*at, at[0] + _SHOWN - 1, at[1] + _SHOWN - 1), outline="red")
    place.parent.mkdir(parents=True, exist_ok=True)
    both.save(place)


def main() -> int:
    """Compare every look of the themes that are asked for with what is kept, or keep it."""
    asked = _words()
    themes = read_themes(ROOT / "themes")
    if unknown := [name for name in asked.themes if name not in themes.themes]:
        sys.stderr.write(f"没有主题 {unknown[0]}，现有的是 {'、'.join(themes.themes)}。\n")
        return 1
    looks = [one for one in looks_kept(themes) if not asked.themes or one.theme in asked.themes]
    found = chromium()
    os.environ.update(found.environment)
    with tempfile.TemporaryDirectory(prefix="ziwang-looks-") as folder, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(found.executable), args=list(found.arguments))
        taken = list(pictures(browser, dressed(themes, Path(folder)), looks))
        browser.close()
    if asked.keep:
        for name in sorted({one.theme for one in looks}):
            keep(SHEETS / f"{name}.png", [one for one in taken if one[0].theme == name])
        sys.stdout.write(f"已把 {len(taken)} 种样子留存在 {SHEETS}，请看过图片再提交。\n")
        return 0
    said = list(differences(taken))
    sys.stdout.writelines(f"{one}\n" for one in said)
    sys.stdout.write(f"比较了 {len(taken)} 种样子，{len(said)} 种和留存的不同。\n")
    if said:
        sys.stdout.write("如果是有意的修改，请看过对照图，再运行 python3 wsgi.py looks --keep。\n")
    return 1 if said else 0


def _words() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="wsgi.py looks", description=__doc__)
    parser.add_argument("themes", nargs="*", help="only these themes")
    parser.add_argument("--keep", action="store_true", help="take the present looks as the right ones")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
