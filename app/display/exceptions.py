"""Names that the converter would write with wrong characters (S-50): 余 and 餘 are one in simplified writing.

The words are data (tenants/rules/traditional.toml), with a reason each, and the county adds its own. Of a
person the surname is written as the list of surnames says, and the rest as everywhere; whose names these are
is said by the list and by whoever knows the county's leaders.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import current_app, g

from app.core.rules import entries_of

FILE = "traditional"
#: Who knows the leaders of the county whose surnames are listed: an extension of the application.
KNOWN = "names_of_leaders"
#: Where a name stood in what is converted; no page has it.
_MARK = "\x02"
#: Between a surname and a given name of one character in lists.
_GAP = "[ \u3000]*"
Convert = Callable[[str], str]


@dataclass(frozen=True)
class Exceptions:
    """What is found in a text, and what it becomes."""

    pattern: re.Pattern[str] | None
    words: dict[str, str]
    surnames: dict[str, str]

    def converted(self, text: str, convert: Convert) -> str:
        """Return a text converted but for its names, which become what they should."""
        if self.pattern is None:
            return convert(text)
        found: list[str] = []

        def take(match: re.Match[str]) -> str:
            found.append(match[0])
            return _MARK

        masked = self.pattern.sub(take, text)
        names = iter(found)
        return re.sub(_MARK, lambda _: self._name(next(names), convert), convert(masked))

    def _name(self, name: str, convert: Convert) -> str:
        known = self.words.get(name)
        return known if known is not None else self.surnames[name[0]] + convert(name[1:])


NONE = Exceptions(None, {}, {})


def exceptions_now(*, asks: bool) -> Exceptions:
    """Return the exceptions of the list, and if the database may be asked those of the county's leaders."""
    tables = tuple(_frozen(entries_of(FILE, table)) for table in ("name", "surname", "person"))
    surnames = [dict(entry)["simplified"] for entry in tables[1]]
    is_answered = asks and g.get("tenant") is not None
    known: Iterable[str] = current_app.extensions[KNOWN](surnames) if is_answered else ()
    return _made(*tables, tuple(sorted(set(known))))


Frozen = tuple[tuple[tuple[str, Any], ...], ...]


def _frozen(entries: Iterable[dict[str, Any]]) -> Frozen:
    return tuple(tuple(entry.items()) for entry in entries)


@lru_cache(maxsize=64)
def _made(names: Frozen, surnames: Frozen, persons: Frozen, leaders: tuple[str, ...]) -> Exceptions:
    words = [dict(entry) for entry in names]
    by_surname = {entry["simplified"]: entry for entry in map(dict, surnames)}
    people = {*leaders, *(dict(entry)["name"] for entry in persons)}
    parts = {entry["simplified"]: _within(re.escape(entry["simplified"]), entry) for entry in words}
    for name in people:
        if len(name) > 1 and (entry := by_surname.get(name[0])):
            parts.setdefault(name, _within(_GAP.join(map(re.escape, name)), entry))
    ordered = [parts[word] for word in sorted(parts, key=lambda word: (-len(word), word))]
    return Exceptions(
        pattern=_behind_first(parts, ordered) if parts else None,
        words={entry["simplified"]: entry["traditional"] for entry in words},
        surnames={simplified: entry["traditional"] for simplified, entry in by_surname.items()},
    )


def _behind_first(words: Iterable[str], ordered: list[str]) -> re.Pattern[str]:
    """Return a pattern that looks at the first sign before it tries them all."""
    first = "".join(sorted({re.escape(word[0]) for word in words}))
    return re.compile(f"(?=[{first}])(?:{'|'.join(ordered)})")


def _within(pattern: str, entry: dict[str, Any]) -> str:
    """Return a pattern that holds neither after nor before what makes another word of it."""
    after, before = entry.get("not_after", ""), entry.get("not_before", "")
    head = f"(?<![{re.escape(after)}])" if after else ""
    tail = f"(?![{re.escape(before)}])" if before else ""
    return head + pattern + tail
