"""The looks a page can have: theme, palette, mode and width; what a browser and axe find in one of them.

`python3 wsgi.py matrix` goes through every look of every page; the ordinary tests go through `covering()`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from playwright.sync_api import Page as Window

from app.display.mode import mode_of
from app.theming.kit.checking import site_of
from app.theming.registry import Registry
from app.theming.render import draw
from app.theming.samples.pages import sample_pages
from app.theming.samples.voices import VOICES, Voice
from app.theming.toolbar import toolbar_of

#: By name: the code that a visitor's choice has, and the scheme that their system asks for.
MODES = {
    "normal": ("", "light"),
    "dark": ("", "dark"),
    "elder": ("e", "light"),
    "elder-white-on-black": ("ek", "light"),
    "elder-yellow-on-black": ("ey", "light"),
    "elder-black-on-white": ("eb", "light"),
}
WIDTHS = (360, 1280)
HEIGHT = 900


@dataclass(frozen=True, order=True)
class Look:
    """One page as one visitor sees it."""

    theme: str
    palette: str
    mode: str
    width: int
    page: str

    @property
    def pairs(self) -> frozenset[tuple[object, ...]]:
        """What of it must have been seen together once; a palette belongs to its theme."""
        dress = ("dress", self.theme, self.palette)
        mode, width, page = ("mode", self.mode), ("width", self.width), ("page", self.page)
        return frozenset({(dress, mode), (dress, width), (mode, width), (page, width)})

    def __str__(self) -> str:
        return f"{self.theme}/{self.palette} {self.mode} {self.width} {self.page}"


def every_look(themes: Registry, widths: Iterable[int] = WIDTHS) -> list[Look]:
    """Return every page in every theme, palette, mode and width."""
    pages = sorted(page.template for page in sample_pages(VOICES[0]))
    return [
        Look(name, palette, mode, width, page)
        for name, theme in themes.themes.items()
        for palette, mode, page, width in product(theme.palettes, MODES, pages, tuple(widths))
    ]


def covering(looks: Iterable[Look]) -> list[Look]:
    """Return few looks in which every pair of palette, mode and width stands, and each page at each width."""
    left = list(looks)
    missing = {pair for look in left for pair in look.pairs}
    chosen: list[Look] = []
    seen: Counter[str] = Counter()
    while missing:
        best = max(left, key=lambda look: (len(look.pairs & missing), -seen[look.page]))
        chosen.append(best)
        seen[best.page] += 1
        missing -= best.pairs
    return sorted(chosen)


class Wardrobe:
    """The pages as files that a browser opens from the disk, each written when it is first looked at."""

    def __init__(self, themes: Registry, folder: Path, voice: Voice = VOICES[0], *, style: str = "") -> None:
        self._themes, self._folder, self._voice, self._style = themes, folder, voice, style
        self._pages = {page.template: page for page in sample_pages(voice)}
        for theme in themes.themes.values():
            for path, asset in theme.assets.items():
                _write(folder / theme.asset_url(path).removeprefix("/"), asset.content)

    def file(self, look: Look) -> Path:
        """Return where a look's page lies."""
        code, _ = MODES[look.mode]
        path = self._folder / "pages" / f"{look.theme}-{look.palette}-{code}-{look.page}"
        if not path.exists():
            page = self._pages[look.page]
            site = site_of(page, self._voice, look.theme, look.palette)
            toolbar = toolbar_of("/", mode_of(code))
            html = draw(self._themes, page, replace(site, toolbar=toolbar))
            html = html.replace("</head>", f"{self._style}</head>", 1)
            _write(path, html.replace('="/static/', '="../static/').encode())
        return path


def faults(browser: Browser, wardrobe: Wardrobe, looks: Iterable[Look]) -> Iterator[tuple[Look, list[str]]]:
    """Yield each look and what is wrong with it: wider than its window, or found by axe."""
    context = browser.new_context(locale="zh-CN")
    window, axe = context.new_page(), Axe()
    for look in looks:
        window.emulate_media(color_scheme="dark" if MODES[look.mode][1] == "dark" else "light")
        window.set_viewport_size({"width": look.width, "height": HEIGHT})
        window.goto(wardrobe.file(look).as_uri())
        yield look, [*_too_wide(window, look.width), *violations(axe, window)]
    context.close()


def _too_wide(window: Window, width: int) -> Iterator[str]:
    wide = int(window.evaluate("document.documentElement.scrollWidth"))
    if wide > width:
        yield f"页面宽 {wide}，窗口宽 {width}"


def violations(axe: Axe, window: Window) -> Iterator[str]:
    """Yield what axe finds, each with the first element that has it."""
    for violation in axe.run(window).response["violations"]:
        yield f"{violation['id']} {violation['nodes'][0]['html'][:160]}"


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
