"""What two sequences have in common, in bounded time: whole texts by passages, passages by words.

Python's difflib finds good matches, but takes quadratic time and worse where much is repeated or everything
has changed. So it is only asked about short stretches; what occurs once on both sides holds them in place.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

#: Longest stretch between two anchors that difflib is asked about, on each side.
LONGEST_GAP = 64
#: Of words in one passage: how many there may be, and how many pairs of equal ones.
MOST_WORDS = 3000
MOST_PAIRS = 60_000
#: A Chinese character alone, other scripts by words; numbers stay whole, since half a number misleads.
WORD = re.compile(r"[0-9]+(?:[.,:％%/-][0-9]+)*[%％]?|[A-Za-z][A-Za-z'-]*|\s+|.", re.DOTALL)
#: Words in common that are no more than this between two changes only make them harder to read.
SHORTEST_KEPT = 1


class Kind(StrEnum):
    """What became of a part."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"
    CHANGED = "changed"
    #: So many passages without change, left out for reading.
    SKIPPED = "skipped"


@dataclass(frozen=True)
class Run:
    """Some words in a row, of which the same became."""

    kind: Kind
    text: str


@dataclass
class Budget:
    """How many pairs of equal words may still be looked at."""

    pairs: int = 1_500_000

    def covers(self, old: Sequence[str], new: Sequence[str]) -> bool:
        """Take the price of comparing two passages word by word, where it can be paid."""
        if max(len(old), len(new)) > MOST_WORDS:
            return False
        counted, other = Counter(old), Counter(new)
        price = sum(number * other[word] for word, number in counted.items()) + len(old) + len(new)
        if price > min(MOST_PAIRS, self.pairs):
            return False
        self.pairs -= price
        return True


def opcodes(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[tuple[bool, slice, slice]]:
    """Yield stretches in order: whether they are the same, and where they lie on both sides."""
    at_old = at_new = 0
    for mark_old, mark_new in [*_anchors(old, new), (len(old), len(new))]:
        yield from _between(old, new, slice(at_old, mark_old), slice(at_new, mark_new))
        if mark_old < len(old):
            yield True, slice(mark_old, mark_old + 1), slice(mark_new, mark_new + 1)
        at_old, at_new = mark_old + 1, mark_new + 1


def runs_of(old: str, new: str, budget: Budget) -> tuple[Run, ...]:
    """Return one passage's change in words; one that is too long to look closer went and came whole."""
    before, after = WORD.findall(old), WORD.findall(new)
    head = _same_at_start(before, after)
    tail = _same_at_start(before[head:][::-1], after[head:][::-1])
    first, last = before[:head], before[len(before) - tail :]
    before, after = before[head : len(before) - tail], after[head : len(after) - tail]
    parts: list[tuple[str, str, str]] = [("".join(first), "", "")]
    if budget.covers(before, after):
        matcher = SequenceMatcher(None, before, after, autojunk=False)
        for tag, a, b, c, d in matcher.get_opcodes():
            if tag == "equal" and (b - a > SHORTEST_KEPT):
                parts.append(("".join(before[a:b]), "", ""))
            else:
                parts.append(("", "".join(before[a:b]), "".join(after[c:d])))
    else:
        parts.append(("", "".join(before), "".join(after)))
    parts.append(("".join(last), "", ""))
    return tuple(_joined(parts))


def _joined(parts: list[tuple[str, str, str]]) -> Iterator[Run]:
    """Yield runs with neighbouring changes as one: first what went, then what came."""
    removed = added = ""
    for kept, gone, come in parts:
        if kept:
            yield from _change(removed, added)
            removed = added = ""
            yield Run(Kind.KEPT, kept)
        removed, added = removed + gone, added + come
    yield from _change(removed, added)


def _change(removed: str, added: str) -> Iterator[Run]:
    if removed:
        yield Run(Kind.REMOVED, removed)
    if added:
        yield Run(Kind.ADDED, added)


def _anchors(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Return the longest row of places, rising on both sides, of what occurs once on each."""
    in_old, in_new = Counter(old), Counter(new)
    place = {one: index for index, one in enumerate(new) if in_new[one] == 1}
    pairs = [(index, place[one]) for index, one in enumerate(old) if in_old[one] == 1 and one in place]
    ends: list[int] = []
    rows: list[int] = []
    before: list[int] = []
    for number, (_, target) in enumerate(pairs):
        length = bisect_left(ends, target)
        before.append(rows[length - 1] if length else -1)
        ends[length : length + 1] = [target]
        rows[length : length + 1] = [number]
    found: list[tuple[int, int]] = []
    number = rows[-1] if rows else -1
    while number >= 0:
        found.append(pairs[number])
        number = before[number]
    return found[::-1]


def _between(
    old: Sequence[Hashable], new: Sequence[Hashable], left: slice, right: slice
) -> Iterator[tuple[bool, slice, slice]]:
    """Yield the stretches between two anchors."""
    here, there = old[left], new[right]
    head = _same_at_start(here, there)
    tail = _same_at_start(here[head:][::-1], there[head:][::-1])
    start_old, start_new = left.start + head, right.start + head
    stop_old, stop_new = left.stop - tail, right.stop - tail
    if head:
        yield True, slice(left.start, start_old), slice(right.start, start_new)
    here, there = old[start_old:stop_old], new[start_new:stop_new]
    if here and there and max(len(here), len(there)) <= LONGEST_GAP:
        for tag, a, b, c, d in SequenceMatcher(None, here, there, autojunk=False).get_opcodes():
            yield tag == "equal", slice(start_old + a, start_old + b), slice(start_new + c, start_new + d)
    elif here or there:
        yield False, slice(start_old, stop_old), slice(start_new, stop_new)
    if tail:
        yield True, slice(stop_old, left.stop), slice(stop_new, right.stop)


def _same_at_start(old: Sequence[Hashable], new: Sequence[Hashable]) -> int:
    return next(
        (at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new))
    )
