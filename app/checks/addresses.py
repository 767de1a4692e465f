"""Home addresses finer than a town or a street office, behind a word or below a heading that says so."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from app.checks import masking
from app.checks.hits import Finding
from app.checks.parts import Part

_WORDS = (
    "(?:家庭|现|常|居住|户籍)(?:住址|地址|住地址)|住[ \u3000]?址|家庭住所|"
    "户籍所在地|户籍地|居住地|居住在|现住|家住|(?<=[，,；;])住"
)
_ANNOUNCED = re.compile(rf"(?:{_WORDS})[:：为是在于\s]{{0,6}}([^\n\t，。；;,、（）()\s:：]{{4,60}})")
_HEADING = re.compile(rf"[^\n\t]{{0,6}}(?:{_WORDS})[^\n\t]{{0,8}}")
#: What a place below a town ends with; behind the last of these the address is over.
_FINE = re.compile(r"村|社区|路|街(?!道)|巷|弄|号|幢|栋|组|室|单元|小区|花园|公寓|苑|屯|楼|层|[0-9]")
_FLAT = re.compile(r"[0-9]{1,4}(?:幢|栋|号楼|座)(?:[0-9]{1,2}单元)?[0-9]{2,4}室")
_ESTATE = re.compile(r"[\u4e00-\u9fffA-Za-z]{0,20}(?:小区|花园|公寓|苑|新村|家园)[\u4e00-\u9fff]{0,6}$")
_BEFORE_FLAT = 30
LONGEST_CELL = 60
_OFFICE = re.compile(r"(?:办公|地点|单位|公司|住所|经营|窗口|网点|会议|中心|[^家庭]地址)[^\n，。；]{0,16}$")
WHY = "家庭住址写到了乡镇、街道以下，公开会泄露个人信息。"
DOUBT = "像是个人的家庭住址（写到了几幢几室）。"
IN_FILE = "附件里的内容不能一键遮盖，请在文件中改好，再重新上传。"


def homes(parts: Iterable[Part], own: tuple[str, ...]) -> Iterator[Finding]:
    """Find home addresses in running text and in columns of tables."""
    for part in parts:
        taken = [one for one in _announced(part) if not _is_own(one, part, own)]
        below = list(_below_headings(part))
        taken += [one for one in below if not _is_own(one, part, own) and not _overlaps(one, taken)]
        taken.sort()
        yield from (_finding("personal.address", part, *span) for span in taken)
        yield from _flats(part, taken, own)


def _announced(part: Part) -> list[tuple[int, int]]:
    spans = (_span(part.even, *found.span(1)) for found in _ANNOUNCED.finditer(part.even))
    return [span for span in spans if span]


def _span(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return where an address stands that goes below its town; nothing where none does."""
    written = text[start:end]
    known = len(masking.masked_address(written)) if masking.masked_address(written) != masking.UNKNOWN else 0
    belongs = written.find("的", known)  # What follows is whose it is, or what happened there.
    if belongs >= 0:
        written = written[:belongs]
    fine = [found.end() for found in _FINE.finditer(written, known)]
    is_place = known or any(sign.isdigit() for sign in written)  # Else it speaks of addresses in general.
    return (start, start + fine[-1]) if fine and is_place else None


def _below_headings(part: Part) -> Iterator[tuple[int, int]]:
    """Yield what stands in the columns of tables whose heading announces addresses.

    Cells are parted by tabs. Files leave out empty cells and some give each cell a line of its own, so that
    there every cell below such a heading is looked at which names a town or a county.
    """
    at, columns, is_headed = 0, frozenset[int](), False
    for line in part.even.split("\n"):
        cells = line.split("\t")
        headed = frozenset(number for number, cell in enumerate(cells) if _HEADING.fullmatch(cell.strip()))
        if headed:
            columns, is_headed = headed, True
        elif len(cells) > 1 or (is_headed and part.is_file):
            yield from _cells(part.even, at, cells, columns, is_loose=is_headed and part.is_file)
        elif line.strip():
            columns, is_headed = frozenset(), False
        at += len(line) + 1


def _cells(
    text: str, at: int, cells: list[str], columns: frozenset[int], *, is_loose: bool
) -> Iterator[tuple[int, int]]:
    for number, cell in enumerate(cells):
        is_placed = is_loose and len(cell) <= LONGEST_CELL and masking.masked_address(cell) != masking.UNKNOWN
        if (number in columns and len(cells) > 1) or is_placed:
            span = _span(text, at, at + len(cell))
            if span:
                yield span
        at += len(cell) + 1


def _flats(part: Part, taken: list[tuple[int, int]], own: tuple[str, ...]) -> Iterator[Finding]:
    """Find what reads like a flat without any announcement; an office's rooms read differently."""
    for found in _FLAT.finditer(part.even):
        from_here = max(0, found.start() - _BEFORE_FLAT)
        estate = _ESTATE.search(part.even[from_here : found.start()])
        if not estate:
            continue
        span = (from_here + estate.start(), found.end())
        is_office = _OFFICE.search(part.even[max(0, span[0] - _BEFORE_FLAT) : found.start()])
        if not (is_office or _overlaps(span, taken) or _is_own(span, part, own)):
            yield _finding("personal.address-doubtful", part, *span)


def _overlaps(span: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    """Say whether a span lies on one of others, which stand in order and apart."""
    after = bisect_left(others, span[1], key=lambda one: one[0])
    return after > 0 and others[after - 1][1] > span[0]


def _is_own(span: tuple[int, int], part: Part, own: tuple[str, ...]) -> bool:
    written = part.text[span[0] : span[1]]
    return any(written in one or one in written for one in own if one)


def _finding(rule: str, part: Part, start: int, end: int) -> Finding:
    kept = masking.masked_address(part.even[start:end])
    why = WHY if rule == "personal.address" else DOUBT
    suggestion = f"只写到乡镇、街道：{kept}。"
    if not part.of_field:
        return Finding(rule, part, start, end, why, suggestion + IN_FILE, masked=kept)
    return Finding(rule, part, start, end, why, suggestion, kept, kept)
