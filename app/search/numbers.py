"""Document numbers as visitors type them: whole, without brackets, or year and serial alone (ZY-19)."""

import re
from dataclasses import dataclass

_HAN = r"\u3400-\u9fff"
#: After folding, most brackets have one form left.
_OPEN, _CLOSE = r"[〔\[(【〈<{「]", r"[〕\])】〉>}」]"
_BRACKETED = re.compile(
    rf"(?P<code>[{_HAN}a-z]{{0,20}})\s*{_OPEN}\s*(?P<year>(?:19|20)\d\d)\s*年?\s*{_CLOSE}"
    r"\s*第?\s*(?P<serial>\d{1,5})(?!\d)"
)
_LOOSE = re.compile(
    rf"(?P<code>[{_HAN}a-z]{{2,20}})?\s*(?P<year>(?:19|20)\d\d)(?:\s*年\s*第?\s*|\s+第?\s*|\s*第\s*)"
    r"(?P<serial>\d{1,5})\s*号?"
)
_GLUED = re.compile(rf"(?P<code>[{_HAN}a-z]{{2,20}})(?P<year>(?:19|20)\d\d)(?P<serial>\d{{1,5}})\s*号?")


@dataclass(frozen=True)
class Number:
    """A document number taken apart; the issuer's code may be missing in what a visitor types."""

    code: str
    year: int
    serial: int

    @property
    def token(self) -> str:
        """Year and serial as one token of the index."""
        return f"{self.year}x{self.serial}"

    @property
    def key(self) -> str:
        """The whole number without any sign."""
        return f"{self.code}{self.token}"


def number_in(folded: str) -> Number | None:
    """Return the document number that a folded text holds, or consists of where it has no brackets."""
    text = folded.strip()
    found = _BRACKETED.search(text) or _LOOSE.fullmatch(text) or _GLUED.fullmatch(text)
    if found is None:
        return None
    return Number(found["code"] or "", int(found["year"]), int(found["serial"]))
