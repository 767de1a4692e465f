"""Files and TOML tables read key by key, so that each wrong or unknown key is told by its name."""

import re
import tomllib
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from app.provisioning.faults import Fault, Faults, ManifestError

LARGEST = 2 * 1024 * 1024
#: What the reader of TOML says, by its first words, in the words of this program.
TOML_REASONS = {
    "Expected '='": "键后面缺少等号",
    "Expected ']": "方括号没有闭合",
    "Expected newline": "一行只能写一项",
    "Cannot": "同一个键或表写了两次",
    "Duplicate": "同一个键写了两次",
    "Unterminated": "引号没有闭合",
    "Illegal character": "引号没有闭合，或有不能用的字符",
    "Unclosed": "括号没有闭合",
    "Invalid value": "值的写法不对，文字要写在引号里",
    "Invalid date": "不是真实的日期",
}


def read_text(path: Path) -> str:
    """Read a UTF-8 file of at most 2 MB; a byte-order mark, as spreadsheets write it, is dropped."""
    try:
        if path.stat().st_size > LARGEST:
            raise ManifestError(Fault(path, "", "文件超过 2 MB，请拆分后再试。"))
        raw = path.read_bytes()
    except FileNotFoundError:
        raise ManifestError(Fault(path, "", "文件不存在，请检查路径。")) from None
    except OSError as error:
        raise ManifestError(
            Fault(path, "", f"文件无法读取（{error.strerror}），请检查路径和权限。")
        ) from None
    return decoded(raw, path)


def decoded(raw: bytes, path: Path, *, also: str = "utf-8") -> str:
    """Give the text of these bytes, which must be UTF-8 or one other encoding, and hold something."""
    try:
        text = _decoded(raw, also)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ManifestError(
            Fault(path, f"第 {line} 行", "不是 UTF-8 编码，请另存为 UTF-8 后再试。")
        ) from None
    if not text.strip():
        raise ManifestError(Fault(path, "", "文件是空的。"))
    if "\0" in text:
        raise ManifestError(Fault(path, "", "不是文本文件，请另存为 UTF-8 文本后再试。"))
    return text


def _decoded(raw: bytes, also: str) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode(also)


def read_toml(path: Path, faults: Faults) -> "Table":
    """Read a TOML file as a table whose faults are collected."""
    try:
        return Table(tomllib.loads(read_text(path)), path, faults)
    except tomllib.TOMLDecodeError as error:
        where = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        key = f"第 {where[1]} 行第 {where[2]} 列" if where else "文件末尾"
        message = f"不是正确的 TOML：{_reason(str(error))}，请检查引号、等号和括号。"
        raise ManifestError(Fault(path, key, message)) from None


def _reason(said: str) -> str:
    return next((reason for start, reason in TOML_REASONS.items() if said.startswith(start)), "写法不对")


class Table:
    """A TOML table; what is asked of it is checked, and what nobody asked for is a fault."""

    def __init__(self, values: dict[str, Any], path: Path, faults: Faults, *, place: str = "") -> None:
        self.path = path
        self.faults = faults
        self._values = values
        self._place = place
        self._asked: set[str] = set()

    def fault(self, key: str, message: str) -> None:
        """Note what is wrong with a key of this table."""
        self.faults.add(self.path, self._at(key), message)

    def text(
        self, key: str, *, default: str | None = None, matches: str = "", expected: str = "", most: int = 200
    ) -> str:
        """Give a text; it must be there and not blank unless it has a default."""
        value: str | None = self._take(key, str, "文字，写在引号里", default)
        if value is None:
            return ""
        if default is None and not value.strip():
            self.fault(key, "不能为空。")
        elif value and matches and not re.fullmatch(matches, value):
            self.fault(key, f"应为{expected}，现为“{value}”。")
        elif len(value) > most:
            self.fault(key, f"最多 {most} 个字，现为 {len(value)} 个。")
        return value.strip()

    def choice(self, key: str, choices: Collection[str], *, default: str | None = None) -> str:
        """Give one of the named values."""
        value = self.text(key, default=default)
        if value and value not in choices:
            self.fault(key, f"应为 {'、'.join(choices)} 之一，现为“{value}”。")
        return value

    def number(self, key: str, *, least: int, most: int, optional: bool = False) -> int | None:
        """Give a whole number within its limits, or nothing where it may be left out."""
        if optional and key not in self._values:
            self._asked.add(key)
            return None
        value: int | None = self._take(key, int, f" {least} 到 {most} 的整数", None)
        if value is None:
            return None
        if isinstance(value, bool) or not least <= value <= most:
            self.fault(key, f"应为 {least} 到 {most} 的整数，现为 {value}。")
        return value

    def flag(self, key: str, *, default: bool) -> bool:
        """Give true or false."""
        value = self._take(key, bool, " true 或 false", default)
        return default if value is None else value

    def texts(self, key: str) -> tuple[str, ...]:
        """Give a list of texts, empty when the key is left out."""
        value = self._take(key, list, '文字的列表，例如 ["甲", "乙"]', [])
        if value is None:
            return ()
        if any(not isinstance(item, str) or not item.strip() for item in value):
            self.fault(key, "列表里的每一项都应为不空的文字，写在引号里。")
            return ()
        return tuple(item.strip() for item in value)

    def table(self, key: str) -> "Table":
        """Give a table below this one; an absent one is a fault and reads as empty."""
        value = self._take(key, dict, f"一段 [{key}]", None)
        return Table(
            value or {}, self.path, self.faults if value is not None else Faults(), place=self._at(key)
        )

    def tables(self, key: str) -> Iterator["Table"]:
        """Give each of a list of tables, counted from one as a reader would."""
        values = self._take(key, list, f"若干段 [[{key}]]", [])
        for count, value in enumerate(values or [], 1):
            place = f"{self._at(key)}[{count}]"
            if isinstance(value, dict):
                yield Table(value, self.path, self.faults, place=place)
            else:
                self.faults.add(self.path, place, f"应写成一段 [[{key}]]。")

    def close(self) -> None:
        """Say which keys nobody asked for: a misspelt key must not pass for an absent one."""
        for key in self._values:
            if key not in self._asked:
                known = "、".join(sorted(self._asked))
                self.fault(key, f"不认识的键；此处可写：{known}。")

    def _at(self, key: str) -> str:
        return f"{self._place}.{key}" if self._place else key

    def _take(self, key: str, wanted: type, expected: str, default: Any) -> Any:
        self._asked.add(key)
        if key not in self._values:
            if default is None:
                self.fault(key, f"缺少此项，应为{expected}。")
            return default
        value = self._values[key]
        if isinstance(value, wanted):
            return value
        self.fault(key, f"应为{expected}。")
        return default
