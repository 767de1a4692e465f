"""A theme as it lies on disk: what it inherits, its palettes, and the files it serves."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from app.theming.manifest import ThemeError
from app.theming.palettes import Palette

#: What a theme may serve; anything else in static/ stops the start. Scripts are left out on purpose.
MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".webp": "image/webp",
    ".ico": "image/x-icon",
}

#: What every page needs, in the order in which a browser reads it: one file, so that a page waits for one.
EVERYWHERE = ("foundation.css", "components.css", "outlets.css", "toolbar.css", "site.css")


@dataclass(frozen=True)
class Asset:
    """A file of a theme, whole: a theme's files are few and small."""

    content: bytes
    media_type: str


@dataclass(frozen=True)
class Theme:
    """One folder of themes/."""

    name: str
    title: str
    folder: Path
    parent: "Theme | None"
    own_palettes: tuple[Palette, ...]

    def lineage(self) -> Iterator["Theme"]:
        """Yield the theme, then what it inherits, nearest first."""
        yield self
        if self.parent is not None:
            yield from self.parent.lineage()

    @cached_property
    def palettes(self) -> Mapping[str, Palette]:
        """The palettes to choose from by name; those of the nearest theme that has any."""
        for theme in self.lineage():
            if theme.own_palettes:
                return {palette.name: palette for palette in theme.own_palettes}
        raise ThemeError(
            f"主题“{self.name}”没有配色：请在 {self.folder / 'theme.toml'} 中写明 [palettes.名称]。"
        )

    @cached_property
    def assets(self) -> Mapping[str, Asset]:
        """Every file by its path: a stylesheet after its namesake in base, any other instead of it."""
        found: dict[str, Asset] = {}
        for theme in reversed(list(self.lineage())):
            for path, asset in _static_files(theme.folder / "static").items():
                below = found.get(path)
                found[path] = _joined(below, asset) if below and path.endswith(".css") else asset
        shared = [found[path] for path in EVERYWHERE if path in found]
        for palette in self.palettes.values():
            tokens = Asset(palette.stylesheet().encode(), MEDIA_TYPES[".css"])
            found[f"palettes/{palette.name}.css"] = tokens
            found[_whole(palette.name)] = _joined(tokens, *shared)
        return found

    @cached_property
    def digest(self) -> str:
        """The number of all files together, part of their addresses, so that they may be kept for ever."""
        summed = hashlib.sha256()
        for path, asset in sorted(self.assets.items()):
            summed.update(f"{path}\0{len(asset.content)}\0".encode() + asset.content)
        return summed.hexdigest()[:12]

    def asset_url(self, path: str) -> str:
        """Return the address of one of the theme's files; a missing one is the theme author's mistake."""
        if path not in self.assets:
            raise ThemeError(f"主题“{self.name}”及其上级主题的 static 目录里没有文件 {path}。")
        return f"/static/{self.name}/{self.digest}/{path}"

    def stylesheet_url(self, palette: str) -> str:
        """Return the address of all that dresses every page, in a tenant's palette or the first."""
        return self.asset_url(_whole(self.palette_or_first(palette)))

    def palette_or_first(self, name: str) -> str:
        """Return the palette's name, or the first one's where a release dropped what the tenant chose."""
        return name if name in self.palettes else next(iter(self.palettes))


def _whole(palette: str) -> str:
    """Name the file that holds everything; it lies beside the others, where ``url()`` means the same."""
    return f"theme-{palette}.css"


def _joined(*sheets: Asset) -> Asset:
    return Asset(b"\n".join(sheet.content for sheet in sheets), MEDIA_TYPES[".css"])


def _static_files(folder: Path) -> dict[str, Asset]:
    found: dict[str, Asset] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_dir():
            continue
        if path.suffix not in MEDIA_TYPES:
            raise ThemeError(f"主题文件 {path} 的类型不能使用：只接受 {'、'.join(MEDIA_TYPES)}。")
        found[path.relative_to(folder).as_posix()] = Asset(path.read_bytes(), MEDIA_TYPES[path.suffix])
    return found
