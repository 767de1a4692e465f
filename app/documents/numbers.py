"""Numbers of documents (文号) in any writing: agency, year and serial, as far as somebody remembers them."""

import re
import unicodedata
from dataclasses import dataclass

LONGEST = 60
_OPENING, _CLOSING = "〔[［(（【﹝〈<{「", "〕]］)）】﹞〉>}」"
_YEAR = r"(?P<year>(?:19|20)[0-9]{2})"
_SERIAL = r"0*(?P<serial>[0-9]{1,6})"
_AGENCY = r"(?P<agency>[^0-9]*?)"
#: From the whole number down to one part of it; the first that fits is meant.
_WRITINGS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_AGENCY}\|{_YEAR}\|年?第?{_SERIAL}号?",
        rf"{_AGENCY}{_YEAR}[年|/-]第?{_SERIAL}号?",
        rf"{_AGENCY}{_YEAR}第{_SERIAL}号?",
        rf"{_AGENCY}\|?{_YEAR}\|?年?",
        rf"{_AGENCY}\|?第?{_SERIAL}号?",
        r"(?P<agency>[^0-9|]+)",
    )
)
_BRACKETS = str.maketrans(dict.fromkeys(_OPENING + _CLOSING, "|"))


@dataclass(frozen=True)
class Number:
    """The parts of a document number that are known."""

    agency: str = ""
    year: int | None = None
    serial: int | None = None


def number_in(written: str) -> Number | None:
    """Read a document number or a part of one, such as ``[2007]89`` or ``2007 89号``; or None."""
    printable = "".join(one if one.isprintable() else " " for one in written[: 4 * LONGEST])
    unified = unicodedata.normalize("NFKC", printable)[: 2 * LONGEST].strip()
    unified = re.sub(r"\s*\|+\s*", "|", unified.translate(_BRACKETS)).strip()
    # A space between two figures parts them; any other one was only typed.
    unified = re.sub(r"(?<=[0-9年])\s+(?=[第0-9])", "|", unified)
    unified = re.sub(r"\s+", "", unified).strip("号") + ("号" if unified.endswith("号") else "")
    for writing in _WRITINGS:
        if found := writing.fullmatch(unified):
            return _made_of(found)
    return None


def _made_of(found: re.Match[str]) -> Number | None:
    parts = found.groupdict()
    agency = (parts.get("agency") or "").strip("|第号,.，。;；:：《》")
    year, serial = parts.get("year"), parts.get("serial")
    number = Number(agency[:LONGEST], int(year) if year else None, int(serial) if serial else None)
    return number if number != Number() else None
