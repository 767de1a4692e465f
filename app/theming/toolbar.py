"""Part of the theme author's API: the bar with which visitors make pages suit them (WZ-02, WZ-03)."""

from dataclasses import dataclass
from typing import Any

from app.display.mode import NORMAL, Mode
from app.display.traditional import PREFIX

SIZES = {1: "标准", 2: "大", 3: "特大"}
CONTRASTS = {"": "原色", "k": "黑底白字", "y": "黑底黄字", "b": "白底黑字"}
SPACINGS = {False: "标准", True: "宽松"}
POINTERS = {False: "标准", True: "大鼠标"}


@dataclass(frozen=True)
class Choice:
    """One of several ways to show the page: its name, the link that takes it up, and whether it holds now."""

    title: str
    url: str
    is_on: bool = False


@dataclass(frozen=True)
class Toolbar:
    """What the visitor has chosen, and all that can be chosen instead; links lead back to this page."""

    #: Of the root element; empty in the normal mode, in which pages need no further stylesheet.
    classes: str = ""
    is_elder: bool = False
    is_traditional: bool = False
    #: Into the mode for elders; out of it and of all other choices.
    elder: Choice = Choice("适老版", "?mode=elder")
    leave: Choice = Choice("退出", "?mode=normal")
    #: The same page in the other characters.
    characters: Choice = Choice("繁體", "/hant/")
    sizes: tuple[Choice, ...] = ()
    #: Headings with their choices; the sizes are the first of them.
    groups: tuple[tuple[str, tuple[Choice, ...]], ...] = ()
    #: The address of the script that reads aloud; empty where there is none.
    script: str = ""


def toolbar_of(path: str, mode: Mode = NORMAL, *, is_traditional: bool = False, script: str = "") -> Toolbar:
    """Return the bar for a page at a path, in a mode."""

    def choices(name: str, titles: dict[Any, str]) -> tuple[Choice, ...]:
        now = getattr(mode, name)
        return tuple(
            Choice(title, _taking(path, mode.with_(**{name: value})), is_on=value == now)
            for value, title in titles.items()
        )

    sizes = choices("size", SIZES)
    other = path.removeprefix(PREFIX) if is_traditional else PREFIX + path
    return Toolbar(
        classes=mode.classes,
        is_elder=mode.elder,
        is_traditional=is_traditional,
        elder=Choice("适老版", _taking(path, mode.with_(elder=True)), is_on=mode.elder),
        leave=Choice("退出适老版" if mode.elder else "恢复原样", _taking(path, NORMAL)),
        characters=Choice("简体" if is_traditional else "繁體", other),
        sizes=sizes,
        groups=(
            ("字号", sizes),
            ("颜色", choices("contrast", CONTRASTS)),
            ("行距", choices("spaced", SPACINGS)),
            ("鼠标", choices("pointer", POINTERS)),
        ),
        script=script,
    )


def _taking(path: str, mode: Mode) -> str:
    return f"{path}?mode={mode.code or 'normal'}"
