"""flask themes new: the smallest theme that works, a difference from base of three colours and one file."""

import re
from pathlib import Path

from app.core.errors import RuleBroken
from app.theming.colours import is_colour

_NAME = re.compile(r"[a-z][a-z0-9_]{1,30}")
_MANIFEST = """title = "{title}"
inherits = "base"

# 第一个配色是没有选择时的配色。主色一个，辅色最多两个；其余颜色和深色方案由它们推算。
[palettes.first]
title = "{title}"
primary = "{primary}"
secondary = []
"""
_SITE = """/* {title}：只写与 base 不同的地方；这里的规则接在 base 的 site.css 之后。颜色只用 var(--…)。 */

:root {{ --round: .5rem; }}
"""
_HOME = """/* 首页：接在 base 的 home.css 之后。 */
"""


def start_theme(folder: Path, name: str, title: str, primary: str) -> Path:
    """Write a theme that can be worn at once, and return its folder."""
    if not _NAME.fullmatch(name):
        raise RuleBroken("主题的名称只用小写字母、数字和下划线，以字母开头，例如 green_hills。")
    if '"' in title or "\\" in title or not title.isprintable() or not title.strip():
        raise RuleBroken("主题的标题写几个字即可，不要用引号和反斜杠。")
    if not is_colour(primary):
        raise RuleBroken("主色请写成 #0f4c8f 这样六位小写十六进制的颜色。")
    made = folder / name
    if made.exists():
        raise RuleBroken(f"已经有主题 {name}，请换一个名称。")
    for directory in ("templates", "static"):
        (made / directory).mkdir(parents=True)
    files = {"theme.toml": _MANIFEST, "static/site.css": _SITE, "static/home.css": _HOME}
    for path, text in files.items():
        (made / path).write_text(text.format(title=title, primary=primary), "utf-8")
    return made
