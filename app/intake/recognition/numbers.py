"""Document numbers as offices type them: any brackets, any zero (GB/T 9704-2012, 7.2.5)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.portal.sameness import number_key

OPEN, CLOSE = r"[〔\[(（【﹝〈<{［｛〖「]", r"[〕\])）】﹞〉>}］｝〗」]"
ZEROS = "OoＯｏ〇○◯零Ο"
DIGIT = rf"[0-9０-９{ZEROS}]"
YEAR_DIGIT = rf"[0-9０-９{ZEROS}一二三四五六七八九]"
CODE = r"[\u3400-\u9fffA-Za-z]{2,30}"
NUMBER = re.compile(
    rf"(?P<code>{CODE})\s*{OPEN}\s*(?P<year>{YEAR_DIGIT}{{4}})\s*年?\s*{CLOSE}"
    rf"\s*(?P<ordinal>第?)\s*(?P<serial>{DIGIT}{{1,5}})\s*号"
)
#: What stands before a number in a sentence and is no part of it.
BEFORE = re.compile(
    r".*(?:根据|按照|依据|依照|遵照|参照|执行|贯彻|落实|关于|印发|转发|下发|文件|通知|规定|以及|文号|[的见])"
)
JOINING = re.compile(r"^[和与及]")
SHORT_YEAR = re.compile(rf"{CODE}\s*{OPEN}\s*\d{{2}}\s*{CLOSE}\s*第?\s*\d{{1,5}}\s*号")
WITH_DASH = re.compile(r"[\u3400-\u9fff]{2,12}\s*(?:19|20)\d{2}\s*[-－—]\s*\d{1,5}(?:\s*号)?(?![\d-])")
PLAIN = {ord(zero): "0" for zero in ZEROS} | {
    ord(written): str(value)
    for digits in ("０１２３４５６７８９", "〇一二三四五六七八九")
    for value, written in enumerate(digits)
}
LONGEST_CODE = 16


@dataclass(frozen=True)
class DocumentNumber:
    """A number taken apart, and the words in which it was found."""

    code: str
    year: int
    serial: int
    words: str
    start: int
    end: int
    has_ordinal: bool = False

    def __str__(self) -> str:
        return f"{self.code}〔{self.year}〕{self.serial}号"

    @property
    def key(self) -> str:
        """The number in the spelling by which the platform compares."""
        return number_key(str(self)) or ""


def numbers_in(text: str) -> Iterator[DocumentNumber]:
    """Yield the document numbers of a text in order."""
    for found in NUMBER.finditer(text):
        code = _code(found.group("code"), text[found.start() - 1 : found.start()])
        if not 2 <= len(code) <= LONGEST_CODE:  # noqa: PLR2004 - the shortest is a place and a sort
            continue
        start = found.end("code") - len(code)
        yield DocumentNumber(
            code=code,
            year=int(found.group("year").translate(PLAIN)),
            serial=int(found.group("serial").translate(PLAIN)),
            words=text[start : found.end()],
            start=start,
            end=found.end(),
            has_ordinal=bool(found.group("ordinal")),
        )


def cited_in(text: str, own: DocumentNumber | None) -> list[DocumentNumber]:
    """Return the other documents that a text names, each once."""
    found = {number.key: number for number in reversed(list(numbers_in(text)))}
    if own is not None:
        found.pop(own.key, None)
    return list(reversed(found.values()))


def faults_in(text: str) -> list[str]:
    """Return what is wrong with numbers that nobody will find again (rules 1.5)."""
    faults = [
        f"“{found.group().strip()}”的年份应标全称，例如〔2007〕。" for found in SHORT_YEAR.finditer(text)
    ]
    faults += [
        f"“{found.group().strip()}”不是规范的文号，应写成“机关代字〔2007〕89号”，年份应标全称并加六角括号。"
        for found in WITH_DASH.finditer(text)
    ]
    return faults


def _code(run: str, before: str) -> str:
    code = BEFORE.sub("", run)
    return JOINING.sub("", code) if before in tuple("号》）)、") and before else code
