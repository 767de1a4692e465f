"""What a theme.toml says, read so strictly that a mistake stops the start and not a visitor."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.theming.colours import is_colour
from app.theming.dark import derive_dark
from app.theming.palettes import ENOUGH_CONTRAST, Palette, derive

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_THEME_KEYS = frozenset({"title", "inherits", "palettes"})
_PALETTE_KEYS = frozenset({"title", "primary", "secondary", "tokens", "dark"})
#: ZY-10: one main colour and three altogether.
_MOST_SECONDARY = 2


class ThemeError(RuntimeError):
    """A theme cannot be used; the message names the file, the key, and what is expected there."""


@dataclass(frozen=True)
class Manifest:
    """One theme.toml."""

    title: str
    #: The name of the theme that has whatever this one lacks.
    inherits: str | None
    #: In the order of the file; the first is the one a tenant gets that chose none.
    palettes: tuple[Palette, ...]


@dataclass(frozen=True)
class _Reader:
    """A file, and how to complain about it."""

    path: Path

    def wrong(self, key: str, expected: str) -> ThemeError:
        return ThemeError(f"主题文件 {self.path} 的“{key}”有误：{expected}")

    def only(self, table: Mapping[str, Any], allowed: frozenset[str], prefix: str = "") -> None:
        for key in table:
            if key not in allowed:
                raise self.wrong(f"{prefix}{key}", f"没有这一项，可用的是 {'、'.join(sorted(allowed))}。")

    def text(self, table: Mapping[str, Any], key: str, prefix: str = "") -> str:
        value = table.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(f"{prefix}{key}", "必须填写文字。")
        return value

    def table(self, value: object, key: str) -> Mapping[str, Any]:
        if not isinstance(value, dict):
            raise self.wrong(key, "必须是一个表。")
        return value

    def colour(self, value: object, key: str) -> str:
        if not is_colour(value):
            raise self.wrong(key, "必须是形如 #0f4c8f 的颜色（六位小写十六进制）。")
        return str(value)


def read_manifest(path: Path) -> Manifest:
    """Read a theme.toml or say what is wrong with it."""
    reader = _Reader(path)
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ThemeError(f"主题文件 {path} 不是有效的 TOML：{error}") from error
    reader.only(content, _THEME_KEYS)
    palettes = reader.table(content.get("palettes", {}), "palettes")
    return Manifest(
        title=reader.text(content, "title"),
        inherits=reader.text(content, "inherits") if "inherits" in content else None,
        palettes=tuple(_palette(reader, name, table) for name, table in palettes.items()),
    )


def _palette(reader: _Reader, name: str, value: object) -> Palette:
    prefix = f"palettes.{name}."
    if not _NAME.fullmatch(name):
        raise reader.wrong(f"palettes.{name}", "配色的名称只用小写字母、数字和下划线。")
    table = reader.table(value, f"palettes.{name}")
    reader.only(table, _PALETTE_KEYS, prefix)
    primary = reader.colour(table.get("primary"), f"{prefix}primary")
    secondary = _secondary(reader, table, f"{prefix}secondary")
    tokens, dark = derive(primary, secondary), derive_dark(primary, secondary)
    tokens |= _own_tokens(reader, table, f"{prefix}tokens", known=frozenset(tokens))
    dark |= _own_tokens(reader, table, f"{prefix}dark", known=frozenset(dark))
    palette = Palette(name, reader.text(table, "title", prefix), primary, secondary, tokens, dark)
    for faint in palette.faint_pairs():
        raise reader.wrong(
            f"palettes.{name}",
            f"{faint.scheme}方案中 {faint.text} 与 {faint.ground} 的对比度只有 {faint.ratio:.2f}，"
            f"至少需要 {ENOUGH_CONTRAST}，请把主色或辅色调深。",
        )
    return palette


def _secondary(reader: _Reader, table: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = table.get("secondary", [])
    if not isinstance(value, list) or len(value) > _MOST_SECONDARY:
        raise reader.wrong(key, "必须是列表，最多两个辅色（全站色调不超过三种）。")
    return tuple(reader.colour(colour, key) for colour in value)


def _own_tokens(
    reader: _Reader, table: Mapping[str, Any], key: str, *, known: frozenset[str]
) -> dict[str, str]:
    """Read the derived colours that this palette sets otherwise."""
    own = reader.table(table.get(key.rpartition(".")[2], {}), key)
    reader.only(own, known, f"{key}.")
    return {token: reader.colour(colour, f"{key}.{token}") for token, colour in own.items()}
