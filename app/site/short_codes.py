"""Short codes for addresses that are printed, read out and scanned: no table; a misread one leads nowhere.

A code is a letter for the kind, the row's id in 31 signs of which none is taken for another, and a sign that
checks all before it: 31 is prime, so no wrong sign and no two exchanged ones go unnoticed.
"""

from dataclasses import dataclass
from enum import StrEnum

SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"
_BASE = len(SIGNS)
#: Beyond it no row has an id.
_MOST_SIGNS = 13


class Kind(StrEnum):
    """What a short address leads to."""

    ARTICLE = "a"
    COLUMN = "c"
    SITE = "s"


@dataclass(frozen=True)
class Short:
    """A kind and the id of one of its rows."""

    kind: Kind
    id: int


def code_of(kind: Kind, row_id: int) -> str:
    """Return the one code of a row."""
    signs, rest = "", row_id
    while rest or not signs:
        rest, sign = divmod(rest, _BASE)
        signs = SIGNS[sign] + signs
    return f"{kind}{signs}{_check(kind + signs)}"


def read_code(code: str) -> Short | None:
    """Return what a code names; None for one that no row can have."""
    kind, signs = code[:1], code[1:-1]
    if not 1 <= len(signs) <= _MOST_SIGNS or kind not in set(Kind) or set(code[1:]) - set(SIGNS):
        return None
    row_id = 0
    for sign in signs:
        row_id = row_id * _BASE + SIGNS.index(sign)
    short = Short(Kind(kind), row_id)
    return short if row_id < 2**63 and code_of(short.kind, row_id) == code else None


def _check(signs: str) -> str:
    """Return the sign that makes the weighted sum right; the weights run from 1 and never reach 31."""
    total = sum(weight * SIGNS.index(sign) for weight, sign in enumerate(signs, 1))
    return SIGNS[total % _BASE]
