"""python3 wsgi.py gallery: a picture of every kind of page in every theme, width and mode, to be looked at.

The pages are the samples of flask themes preview, opened from the disk; no server and no database take part.
A page that is wider than its window is named, whatever its voice, and ends the command with an error; with
--axe so is every finding of axe on what is photographed. `python3 wsgi.py matrix` has every palette and mode.
"""

import argparse
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from app.theming.kit.preview import write_gallery
from app.theming.registry import read_themes
from bench.looks import violations
from deploy.bootstrap.places import ROOT
from tests.engines.chromium import chromium

FOLDER = ROOT / "var" / "gallery"
WIDTHS = (360, 768, 1280, 1920)
HEIGHT = 900
#: The most of a long page that is shown.
MOST = 2400
MODES = ("normal", "elder", "dark")


@dataclass
class Walk:
    """What is being looked at, and what was found on the way."""

    folder: Path
    widths: tuple[int, ...]
    axe: Axe | None
    taken: int = 0
    found: list[str] = field(default_factory=list)


def main() -> int:
    """Write the pages, open each of them, and keep the pictures beside them."""
    asked = _words()
    themes = read_themes(ROOT / "themes")
    names = asked.themes or list(themes.themes)
    if unknown := [name for name in names if name not in themes.themes]:
        sys.stderr.write(f"没有主题 {unknown[0]}，现有的是 {'、'.join(themes.themes)}。\n")
        return 1
    write_gallery(themes, names, asked.to)
    walk = Walk(asked.to, tuple(asked.width or WIDTHS), Axe() if asked.axe else None)
    found = chromium()
    os.environ.update(found.environment)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(found.executable), args=list(found.arguments))
        for name in names:
            _look(browser, walk, name)
        browser.close()
    for flaw in walk.found:
        sys.stderr.write(f"{flaw}\n")
    sys.stdout.write(f"已截取 {walk.taken} 张图片，在 {asked.to} 各主题的 pictures 文件夹。\n")
    return 1 if walk.found else 0


def _words() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="wsgi.py gallery", description=__doc__)
    parser.add_argument("themes", nargs="*", help="only these themes")
    parser.add_argument("--to", type=Path, default=FOLDER, help="the folder for pages and pictures")
    parser.add_argument("--width", type=int, action="append", help="only this width; may be repeated")
    parser.add_argument("--axe", action="store_true", help="measure accessibility as well")
    return parser.parse_args()


def _look(browser: Browser, walk: Walk, theme: str) -> None:
    files = sorted((walk.folder / theme).glob("*.html"))
    for mode in MODES:
        context = browser.new_context(locale="zh-CN", color_scheme="dark" if mode == "dark" else "light")
        page = context.new_page()
        for width, file in _views(walk, files, mode):
            _view(page, walk, file, width, mode)
        context.close()


def _views(walk: Walk, files: Iterable[Path], mode: str) -> Iterator[tuple[int, Path]]:
    """Yield what a mode looks at: elders' pages are files of their own, darkness is only another look."""
    for file in files:
        is_elder = file.stem.endswith("-elder")
        is_shown = is_elder if mode == "elder" else not is_elder
        if is_shown and (mode != "dark" or file.stem.endswith("-ordinary")):
            yield from ((width, file) for width in walk.widths)


def _view(page: Page, walk: Walk, file: Path, width: int, mode: str) -> None:
    page.set_viewport_size({"width": width, "height": HEIGHT})
    page.goto(file.as_uri())
    place = f"{file.parent.name}/{file.stem}-{width}-{mode}"
    if int(page.evaluate("document.documentElement.scrollWidth")) > width:
        walk.found.append(f"页面比窗口宽：{place}")
    if file.stem.endswith(("-huge", "-hostile")):
        return
    if walk.axe:
        walk.found += [f"{place}：{says}" for says in violations(walk.axe, page)]
    height = min(MOST, int(page.evaluate("document.documentElement.scrollHeight")))
    page.set_viewport_size({"width": width, "height": height})
    folder = file.parent / "pictures"
    folder.mkdir(exist_ok=True)
    page.screenshot(path=folder / f"{file.stem}-{width}-{mode}.png")
    walk.taken += 1


if __name__ == "__main__":
    raise SystemExit(main())
