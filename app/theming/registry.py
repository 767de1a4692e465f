"""The themes of this deployment, read once at the start, with one Jinja environment for each."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from flask import Flask, current_app
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined

from app.theming import filters
from app.theming.manifest import Manifest, ThemeError, read_manifest
from app.theming.theme import Theme

_ROOT = Path(__file__).parent.parent.parent
_BASE = "base"


@dataclass(frozen=True)
class Registry:
    """Every theme and its environment, by name."""

    themes: Mapping[str, Theme]
    environments: Mapping[str, Environment]

    def worn_by(self, name: str) -> Theme:
        """Return a tenant's theme, or base where the deployment has it no longer: plain beats no page."""
        return self.themes.get(name, self.themes[_BASE])


def init_app(app: Flask) -> None:
    """Read the themes; a broken one stops the start."""
    app.extensions["themes"] = read_themes(folder_of(app))


def folder_of(app: Flask) -> Path:
    """Return where the themes of an application lie."""
    return Path(app.config.get("THEMES_PATH") or _ROOT / "themes")


def registry() -> Registry:
    """Return the running application's themes."""
    return cast("Registry", current_app.extensions["themes"])


def read_themes(folder: Path) -> Registry:
    """Read every theme of a folder, which must hold ``base`` and themes that inherit from it."""
    manifests = {path.parent.name: read_manifest(path) for path in sorted(folder.glob("*/theme.toml"))}
    if _BASE not in manifests:
        raise ThemeError(f"主题目录 {folder} 里没有 {_BASE}/theme.toml，请检查设置 THEMES_PATH。")
    base = _theme(_BASE, folder, manifests[_BASE], parent=None)
    themes = {_BASE: base}
    for name, manifest in manifests.items():
        if name != _BASE:
            themes[name] = _theme(name, folder, manifest, parent=base)
    return Registry(themes, {name: environment_of(theme) for name, theme in themes.items()})


def _theme(name: str, folder: Path, manifest: Manifest, *, parent: Theme | None) -> Theme:
    """Make a theme of its manifest, and look at its files now, not when the first visitor comes."""
    expected = parent.name if parent else None
    if manifest.inherits != expected:
        rule = f"必须写 inherits = “{expected}”" if expected else "不能写 inherits，它是其他主题的基础"
        raise ThemeError(f"主题文件 {folder / name / 'theme.toml'} 的“inherits”有误：{rule}。")
    theme = Theme(name, manifest.title, folder / name, parent, manifest.palettes)
    theme.stylesheet_url("")
    return theme


def environment_of(theme: Theme) -> Environment:
    """Build the environment in which the templates of one theme find each other.

    A theme replaces ``article.html`` by having one; it extends what it replaces by the prefixed
    name, ``{% extends "base/article.html" %}``. Everything is escaped whatever the file is called,
    and the filter that would switch it off is not there: the one text that holds markup, an article's
    body, arrives as ``Markup`` from the cleaner.
    """
    folders = {t.name: FileSystemLoader(t.folder / "templates") for t in theme.lineage()}
    environment = Environment(
        loader=ChoiceLoader([*folders.values(), PrefixLoader(folders)]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals = {"asset": theme.asset_url}
    del environment.filters["safe"]
    environment.filters |= {
        "minute": filters.minute,
        "day": filters.day,
        "machine_time": filters.machine_time,
        "file_size": filters.file_size,
        "traditional": filters.traditional,
    }
    return environment
