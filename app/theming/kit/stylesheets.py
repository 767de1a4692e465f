"""The check of a theme's own stylesheets: the palette's colours, files that exist, nothing from elsewhere."""

import re
from collections.abc import Iterator
from pathlib import Path

from app.theming.kit.flaws import Flaw
from app.theming.theme import Theme

_USED = re.compile(r"var\(--([a-z0-9-]+)")
_SET = re.compile(r"(?<![\w-])--([a-z0-9-]+):")
_HEX = re.compile(r"#[0-9a-f]{3,8}\b", re.IGNORECASE)
_URL = re.compile(r"url\([\"']?([^\"')]+)")
#: A mask has a shape and no colour; paper is black on white.
_MASK = re.compile(r"mask-image:[^;]*;")
_PAPER = "print.css"


def stylesheet_flaws(theme: Theme) -> Iterator[Flaw]:
    """Yield what is wrong in the stylesheets that lie in the theme's own folder."""
    known = _tokens(theme)
    static = theme.folder / "static"
    for path in sorted(static.rglob("*.css")):
        file = f"{theme.name}/static/{path.relative_to(static).as_posix()}"
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            for says in _says(line, theme, known, is_paper=path.name == _PAPER):
                yield Flaw(file, number, says)


def _tokens(theme: Theme) -> frozenset[str]:
    """Return the palette's tokens, and those that the stylesheets of the theme and of base set themselves."""
    palette = next(iter(theme.palettes.values()))
    sheets = (sheet for below in theme.lineage() for sheet in _sheets(below.folder / "static"))
    return frozenset(palette.tokens).union(*(_SET.findall(sheet) for sheet in sheets))


def _sheets(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*.css"):
        yield path.read_text("utf-8")


def _says(line: str, theme: Theme, known: frozenset[str], *, is_paper: bool) -> Iterator[str]:
    for token in _USED.findall(line):
        if token not in known:
            yield f"没有 --{token} 这个颜色或尺寸，请用配色里有的（见 docs/themes.md）。"
    for address in _URL.findall(line):
        if address not in theme.assets:
            yield f"static 目录里没有文件 {address}。"
    if not is_paper and (found := _HEX.search(_MASK.sub("", line))):
        yield f"不要直接写颜色 {found[0]}，请用 var(--…)，否则换配色和深色模式时不会跟着变。"
    if "@import" in line or "http:" in line or "https:" in line:
        yield "样式里不能引用其他样式或其他网站的文件。"
