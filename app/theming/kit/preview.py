"""flask themes preview: every sample as a file that a browser opens from the disk, without a server."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from markupsafe import Markup

from app.core.errors import RuleBroken
from app.display.mode import Mode
from app.theming.kit.checking import site_of
from app.theming.pages import Page, Site
from app.theming.registry import Registry
from app.theming.render import draw
from app.theming.samples.pages import sample_pages
from app.theming.samples.voices import VOICES
from app.theming.toolbar import toolbar_of

_INDEX = "index.html"
_PARTS = "gallery.html"
_LIST = Markup(
    '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>主题画廊</title></head>'
    "<body><h1>主题画廊</h1>\n{}</body></html>\n"
)
_THEME = Markup("<h2>{}（{}）</h2>\n<ul>\n{}</ul>\n")
_ENTRY = Markup('<li><a href="{0}/{1}">{1}</a></li>\n')


def write_gallery(themes: Registry, names: Iterable[str], to: Path) -> int:
    """Write the pages and files of themes into a folder, and return how many pages there are."""
    if to.exists() and any(to.iterdir()) and not (to / _INDEX).is_file():
        raise RuleBroken(f"文件夹 {to} 里已有别的文件，请换一个空的。")
    lists, count = [], 0
    for name in names:
        theme = themes.themes[name]
        _write_files(themes, name, to)
        written = []
        for file, page, site in gallery_of(themes, name):
            # Opened from the disk, an address that begins at the root would lead to the disk's.
            html = draw(themes, page, site).replace('="/static/', '="../static/')
            _write(to / name / file, html.encode())
            written.append(_ENTRY.format(name, file))
        lists.append(_THEME.format(theme.title, name, Markup("").join(written)))
        count += len(written)
    _write(to / _INDEX, _LIST.format(Markup("").join(lists)).encode())
    return count


def gallery_of(themes: Registry, name: str) -> Iterator[tuple[str, Page, Site]]:
    """Yield a file's name, the page and its site: each voice, the elders' view, the parts in each palette."""
    for voice in VOICES:
        for page in sample_pages(voice):
            site = site_of(page, voice, name)
            stem = page.template.removesuffix(".html")
            yield f"{stem}-{voice.name}.html", page, site
            if voice is VOICES[0]:
                yield f"{stem}-elder.html", page, replace(site, toolbar=toolbar_of("/", Mode(elder=True)))
            if voice is VOICES[0] and page.template == _PARTS:
                for palette in themes.themes[name].palettes:
                    yield f"palette-{palette}.html", page, replace(site, palette=palette)


def _write_files(themes: Registry, name: str, to: Path) -> None:
    theme = themes.themes[name]
    for path, asset in theme.assets.items():
        _write(to / theme.asset_url(path).removeprefix("/"), asset.content)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
