"""The head of a document: secrecy marks, letterhead, number, who signed it out, title, main recipients.

The order is that of GB/T 9704-2012, 7.2 and 7.3.1-7.3.2; web pages put the number under the title.
"""

import re

from app.intake.recognition.numbers import DocumentNumber, faults_in, numbers_in
from app.intake.recognition.reading import Reading
from app.intake.recognition.titles import issuer_in, joined, sort_of

#: A head longer than this is none.
LONGEST = 30
MOST_TITLE_LINES = 4
LONGEST_TITLE = 120
SECRET = re.compile(
    r"^(?:(?:密级|保密期限)[:：]?\s*)?(绝密|机密|秘密)(?:\s*[★☆].{0,12})?$|(绝密|机密|秘密)\s*★"
)
MARKS = re.compile(r"^(?:\d{6}|特急|加急|特提|平急|急件|内部资料.{0,12}|份号[:：]?\s*\d+)$")
LABEL = re.compile(r"^(?:发文字号|文\s?号|字\s?号|发文机关|标\s?题)[:：]\s*")
SIGNED_OUT = re.compile(r"签\s?发\s?人[:：]\s*(?P<names>[\u3400-\u9fff· 、]{2,40})$")
OFFICE = re.compile(
    r"(?:政府|委员会|委|局|厅|部|办公室|办|法院|检察院|中心|处|所|站|分会|协会|工会|联合会|社|公司|校|学|馆|支队|大队"
    r"|指挥部|领导小组|镇|乡|街道|办事处|国务院|常务委员会|人大|政协)$"
)
LETTERHEAD = re.compile(r"^(?P<office>.{3,60}?)\s*(?P<sign>文件|令|公报)$")
NO_OFFICE = re.compile(r"[，。；：！？、:;]|关于")
NUMBERED = re.compile(r"^[一二三四五六七八九十]+、|^[(（][一二三四五六七八九十]+[)）]")
COLON = ("：", ":")


def read_head(reading: Reading) -> tuple[DocumentNumber | None, int]:
    """Find the fields of the head; return the own number and the first line after the head."""
    _marks(reading)
    at, own = _own_number(reading)
    start, end = _title(reading, at)
    if own is not None and at > end + LONGEST:
        own = None
    if own is not None:
        _take_number(reading, own, at)
    if end > start:
        title = LABEL.sub("", joined(*(reading.text(number) for number in range(start, end))))
        reading.note("title", title, range(start, end))
        reading.spend(range(start, end))
    _letterhead(reading, min(start, at) if own else start)
    after = max(end, at + 1 if own else 0)
    return own, _recipients(reading, after)


def looks_like_office(text: str) -> bool:
    """Say whether a line is nothing but the name of an office."""
    return 3 <= len(text) <= 40 and not NO_OFFICE.search(text) and bool(OFFICE.search(text))  # noqa: PLR2004


def _marks(reading: Reading) -> None:
    for number in range(min(LONGEST, len(reading.lines))):
        text = reading.text(number)
        if found := SECRET.search(text):
            reading.note("secrecy", found.group(1) or found.group(2), [number])
        if MARKS.match(text) and number < LONGEST // 3:
            reading.spend([number])
            if text.startswith("内部资料"):
                reading.warn("文件上写着“内部资料”，请确认可以公开后再提交。")


def _own_number(reading: Reading) -> tuple[int, DocumentNumber | None]:
    """Return the first number that has a line to itself, or shares it with letterhead or signer."""
    for number in range(min(LONGEST, len(reading.lines))):
        text = LABEL.sub("", reading.text(number))
        found = next(numbers_in(text), None)
        if found is not None and _stands_alone(text, found):
            return number, found
        if len(text) <= LONGEST and not NO_OFFICE.search(text):
            for fault in faults_in(text):
                reading.warn(fault)
                reading.spend([number])
    return -1, None


def _stands_alone(text: str, found: DocumentNumber) -> bool:
    before = text[: found.start].strip(" (（《")
    after = SIGNED_OUT.sub("", text[found.end :]).strip(" )）》")
    return not after and (not before or bool(LETTERHEAD.match(before)))


def _take_number(reading: Reading, own: DocumentNumber, at: int) -> None:
    text = reading.text(at)
    reading.note("document_number", str(own), [at], own.words)
    if own.has_ordinal:
        reading.warn(f"文号“{own.words}”里的“第”按现行格式不写，已去掉。")
    before = LETTERHEAD.match(LABEL.sub("", text)[: own.start].strip())
    if before:
        reading.note("issuer", joined(before.group("office")), [at], before.group())
    reading.spend([at])
    for number in range(max(0, at - 2), min(at + 3, len(reading.lines))):
        if signed := SIGNED_OUT.search(reading.text(number)):
            reading.note("signatory", " ".join(signed.group("names").split()), [number], signed.group())
            reading.spend([number])


def _title(reading: Reading, number_at: int) -> tuple[int, int]:
    """Return the lines of the title: after the number, else before it, else where the text begins."""
    starts = [number_at + 1] if number_at >= 0 else []
    for start in (*starts, *range(min(LONGEST, len(reading.lines)))):
        if start in reading.spent or start == number_at or SIGNED_OUT.search(reading.text(start)):
            continue
        if end := _title_from(reading, start):
            return start, end
    return _first_words(reading)


def _title_from(reading: Reading, start: int) -> int:
    """Return the line after a title that begins here; 0 where none does."""
    text = ""
    for end in range(start, min(start + MOST_TITLE_LINES, len(reading.lines))):
        line = LABEL.sub("", reading.text(end))
        names_number = not text and next(numbers_in(line), None) is not None
        if not line or line.endswith(COLON) or NUMBERED.match(line) or names_number:
            return end + 1 if start == end and _is_title_of_another(line) else 0
        text = joined(text, line)
        if len(text) > LONGEST_TITLE or "。" in text:
            return 0
        if sort_of(text) and not LETTERHEAD.match(text):
            return end + 1
    return 0


def _is_title_of_another(line: str) -> bool:
    """Accept a title that names another document's number, as one that passes it on does."""
    return "关于" in line and bool(sort_of(line)) and len(line) <= LONGEST_TITLE


def _first_words(reading: Reading) -> tuple[int, int]:
    """Take the first line that may be a title, where no line ends as titles of documents do."""
    for number in range(min(LONGEST, len(reading.lines))):
        text = reading.text(number)
        if number in reading.spent or LETTERHEAD.match(text) or text.endswith(COLON):
            continue
        if len(text) <= LONGEST_TITLE and not text.endswith("。"):
            return number, number + 1
        break
    return 0, 0


def _letterhead(reading: Reading, end: int) -> None:
    """Read who issues the document: of several offices the last line carries the word for document."""
    offices: list[int] = []
    names: list[str] = []
    for number in range(max(end, 0)):
        text = joined(reading.text(number))
        if number in reading.spent:
            continue
        found = LETTERHEAD.match(text)
        if found or looks_like_office(text):
            offices.append(number)
            names.append(found.group("office") if found else text)
    if offices:
        reading.note("issuer", " ".join(names), offices)
        reading.spend(offices)
    title = reading.fields.get("title")
    if title and (office := issuer_in(title.value)):
        reading.note("issuer", office, [0], title.words)


def _recipients(reading: Reading, start: int) -> int:
    """Read the main recipients, which end with a colon; return the line after them."""
    for number in range(start, min(start + 3, len(reading.lines))):
        text, further = reading.text(number), reading.text(number + 1)
        if _names_recipients(text):
            reading.note("recipients", text.rstrip("：: "), [number])
            return number + 1
        if text.endswith(("，", "、")) and _names_recipients(text + further):
            reading.note("recipients", joined(text, further).rstrip("：: "), [number, number + 1])
            return number + 2
    return start


def _names_recipients(text: str) -> bool:
    is_short = len(text) <= 300 and text.endswith(COLON)  # noqa: PLR2004 - as long as the field may be
    return is_short and "。" not in text and not re.search(r"如下|下列|以下|附件|包括", text)
