"""Lines that a page's width broke are put together again: PDF and wrapped text know no paragraphs."""

import re
from collections.abc import Iterable

from app.intake.recognition.titles import sort_of

#: In full-width characters; what is longer was not broken to fit a page.
WIDEST_PAGE = 60
NARROWEST = 16
#: So near to the widest line that the next word did not fit.
SLACK = 3
#: Of the lines, so many fill the page where a text is wrapped at all.
FULL_SHARE = 0.15
#: Of the lines, so many begin a paragraph visibly where a text indents at all.
INDENTED_SHARE = 0.05
INDENT = re.compile(r"^(?:\u3000| {2,})")
ENDS = tuple("。：；！？:;!?")
BEGINS = re.compile(
    r"^(?:\u3000| {2,}|[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十\d]{1,3}[)）]"
    r"|\d{1,2}[.．、]|第[一二三四五六七八九十百]{1,4}[章条节]|附件|主题词|抄送|抄报|主送|签发人)"
)
LONGEST_PARAGRAPH = 5_000
PlacedLine = tuple[str, str]


def unwrapped(lines: Iterable[PlacedLine]) -> list[PlacedLine]:
    """Join what was broken; each paragraph keeps the place of its first line."""
    given = list(lines)
    page = _width_of_page([line for line, _ in given])
    if page is None:
        return given
    has_indents = sum(INDENT.match(line) is not None for line, _ in given) >= INDENTED_SHARE * len(given)
    found: list[PlacedLine] = []
    is_open = False
    for line, place in given:
        if is_open and not BEGINS.match(line) and len(found[-1][0]) < LONGEST_PARAGRAPH:
            before, at = found.pop()
            found.append((before + _gap(before, line) + line.strip(), at))
        else:
            found.append((line, place))
        is_full = width(line) >= page - SLACK and not _is_title(line)
        is_open = is_full and (has_indents or not line.rstrip().endswith(ENDS))
    return found


def width(line: str) -> float:
    """Return how wide a line is, in full-width characters."""
    return sum(0.5 if ord(character) < 0x2000 else 1 for character in line.strip())  # noqa: PLR2004 - marks, ideographs


def _is_title(line: str) -> bool:
    """Say whether a line ends a title: it may fill its line, and the recipients begin another."""
    return "关于" in line and bool(sort_of(line.strip()))


def _width_of_page(lines: list[str]) -> float | None:
    """Return the width at which a text was wrapped; None where it was not."""
    widths = sorted((width(line) for line in lines), reverse=True)
    if len(widths) < 4 or not NARROWEST <= widths[0] <= WIDEST_PAGE:  # noqa: PLR2004 - a few lines show nothing
        return None
    page = widths[len(widths) // 20]  # One line may stick out.
    full = sum(page - SLACK <= one for one in widths)
    return page if full >= FULL_SHARE * len(widths) else None


def _gap(before: str, after: str) -> str:
    """Return a space between two Latin words, and nothing between Chinese characters."""
    return " " if before[-1:].isascii() and before[-1:].isalnum() and after.strip()[:1].isascii() else ""
