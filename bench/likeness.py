"""python3 wsgi.py looks: whether every page still looks as it did when somebody last said that it is right.

Each page is kept in every theme, at four widths, in the normal mode, the dark scheme and the mode for
elders, and a few pages in every palette, as coarse pictures in tests/journeys/looks/. Texts are set in a font
of boxes and pictures are not fetched, so that machines with other fonts agree; one point is the mean of 16 by
16 pixels, so that a pixel more or less is nothing and a moved block is a lot. After a wanted change `--keep`
takes the present looks as right: look at the sheets before committing.
"""

import argparse
import base64
import io
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw
from playwright.sync_api import Browser, sync_playwright

from app.theming.registry import Registry, read_themes
from bench import boxes
from bench.looks import MODES, Look, Wardrobe, every_look
from bench.sheets import POINT, Sheets
from deploy.bootstrap.places import ROOT
from tests.engines.chromium import chromium

SHEETS = ROOT / "tests" / "journeys" / "looks"
TROUBLE = ROOT / "var" / "looks"
#: So much of a page is looked at, from its top, by width; of elders' pages more, where all is larger.
HEIGHTS = {360: 2000, 768: 2000, 1280: 1600, 1920: 1600}
_MORE_FOR_ELDERS = 1.6
KEPT_MODES = ("normal", "dark", "elder")
#: The pages that are kept in every palette: what a change of its colours would be seen in.
TELLING = ("home.html", "column.html", "article.html")
#: Half its size is quicker to take, and brought down from there to one point for 16 pixels. At a quarter
#: the edges of letters fall between the pixels, and a page that is lower by one seems to be another.
_HALF = 0.5
#: How far a point may be off in red, green or blue, and how many may be farther; the same of the means of
#: areas of 5 by 5 points. The edge of a letter that is 2 px lower makes points differ, and an area hardly;
#: the ground of a block makes both differ, but in the dark by little.
_LIMITS = ((1, 36, 6), (5, 8, 3))
_SHOWN = 8


@dataclass(frozen=True)
class Difference:
    """A look that is not as it was kept: in how many spots, and where both pictures stand."""

    look: Look
    spots: int
    picture: Path

    def __str__(self) -> str:
        return f"{self.look}：{self.spots} 处和留存的样子不同，对照图 {self.picture}"


def looks_kept(themes: Registry) -> list[Look]:
    """Return what is kept: every page in each theme's first palette, and the telling ones in the others."""
    first = {(name, next(iter(theme.palettes))) for name, theme in themes.themes.items()}

    def is_kept(one: Look) -> bool:
        if (one.theme, one.palette) in first:
            return one.mode in KEPT_MODES
        return one.mode == "normal" and one.page in TELLING

    return [one for one in every_look(themes, HEIGHTS) if is_kept(one)]


def by_turns(looks: Iterable[Look]) -> list[Look]:
    """Return every page in every mode, and every palette, each by turns in one of the themes and widths.

    So every theme is at every width in every mode, and every page at three widths. What is dark is in the
    same theme as what is light, and takes no loading of its own.
    """
    kept, widths = list(looks), list(HEIGHTS)
    themes, pages = (sorted({getattr(one, name) for one in kept}) for name in ("theme", "page"))
    first = {(one.theme, one.palette) for one in kept if one.mode == "dark"}
    others = sorted({(one.theme, one.palette) for one in kept} - first)
    chosen = {
        (theme, palette, "normal", widths[turn % len(widths)], TELLING[turn % len(TELLING)])
        for turn, (theme, palette) in enumerate(others)
    }
    palettes = dict(first)
    for turn, page in enumerate(pages):
        for place, mode in enumerate(KEPT_MODES):
            theme = themes[(turn + (mode == "elder")) % len(themes)]
            width = widths[(turn // len(themes) + place) % len(widths)]
            chosen.add((theme, palettes[theme], mode, width, page))
    return [one for one in kept if astuple(one) in chosen]


def pictures(
    browser: Browser, wardrobe: Wardrobe, looks: Iterable[Look]
) -> Iterator[tuple[Look, Image.Image]]:
    """Yield each look's coarse picture; loading a page once for all widths and schemes halves the time."""
    context = browser.new_context(locale="zh-CN", reduced_motion="reduce")
    window = context.new_page()
    taking = context.new_cdp_session(window)
    shown = None
    for file, look in sorted((wardrobe.file(look), look) for look in looks):
        height = round(HEIGHTS[look.width] * (_MORE_FOR_ELDERS if look.mode == "elder" else 1))
        window.set_viewport_size({"width": look.width, "height": height})
        window.emulate_media(color_scheme="dark" if MODES[look.mode][1] == "dark" else "light")
        if file != shown:
            window.goto(file.as_uri())
            window.evaluate("document.fonts.ready.then(() => true)")
            shown = file
        clip = {"x": 0, "y": 0, "width": look.width, "height": height, "scale": _HALF}
        shot = taking.send("Page.captureScreenshot", {"clip": clip, "optimizeForSpeed": True})
        picture = Image.open(io.BytesIO(base64.b64decode(shot["data"]))).convert("RGB")
        yield look, picture.reduce(round(POINT * _HALF))
    context.close()


def dressed(themes: Registry, folder: Path) -> Wardrobe:
    """Return the pages whose texts are boxes."""
    return Wardrobe(themes, folder, style=boxes.style())


def differences(
    taken: Iterable[tuple[Look, Image.Image]], sheets: Sheets, trouble: Path = TROUBLE
) -> Iterator[Difference]:
    """Yield the looks that are not as they were kept, each with both pictures in the folder ``trouble``."""
    for look, now in taken:
        before = sheets.picture(look) or Image.new("RGB", now.size, "white")
        if spots := changed(before, now):
            place = (
                trouble / f"{look.theme}-{look.palette}-{look.mode}-{look.width}-{Path(look.page).stem}.png"
            )
            _show(before, now, spots, place)
            yield Difference(look, len(spots), place)


def changed(before: Image.Image, now: Image.Image) -> list[tuple[int, int, int]]:
    """Return where two pictures differ by more than is allowed: left, top and side of each spot."""
    if before.size != now.size:
        return [(0, 0, min(now.size))]
    spots: list[tuple[int, int, int]] = []
    for side, far, few in _LIMITS:
        red, green, blue = ImageChops.difference(before.reduce(side), now.reduce(side)).split()
        most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
        found = [divmod(at, most.width) for at, off in enumerate(most.tobytes()) if off > far]
        if len(found) > few:
            spots += [(x * side, y * side, side) for y, x in found]
    return spots


def _show(before: Image.Image, now: Image.Image, spots: list[tuple[int, int, int]], place: Path) -> None:
    """Write both pictures side by side, with what has changed framed in both."""
    width, height = now.width * _SHOWN, now.height * _SHOWN
    both = Image.new("RGB", (2 * width + _SHOWN, height), "grey")
    for picture, left in ((before, 0), (now, width + _SHOWN)):
        both.paste(picture.resize((width, height), Image.Resampling.NEAREST), (left, 0))
        frame = ImageDraw.Draw(both)
        for x, y, side in spots:
            at = (left + x * _SHOWN, y * _SHOWN)
            end = side * _SHOWN - 1
            frame.rectangle((*at, at[0] + end, at[1] + end), outline="red")
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
    sheets = Sheets(themes, SHEETS)
    found = chromium()
    os.environ.update(found.environment)
    with tempfile.TemporaryDirectory(prefix="ziwang-looks-") as folder, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(found.executable), args=list(found.arguments))
        taken = list(pictures(browser, dressed(themes, Path(folder)), looks))
        browser.close()
    if asked.keep:
        sheets.keep(taken)
        sys.stdout.write(f"已把 {len(taken)} 种样子留存在 {SHEETS}，请看过图片再提交。\n")
        return 0
    said = list(differences(taken, sheets))
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
