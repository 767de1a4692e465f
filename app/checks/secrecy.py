"""Marks of secrecy: what bears one never reaches readers by mistake (rules 1.8, F1).

The marks of the official layout (GB/T 9704-2012: 份号, 密级和保密期限) are sure; the same words in a sentence
may speak about secrecy in general, and are for a person to judge.
"""

import re
from collections.abc import Iterator

from app.checks.hits import Finding
from app.checks.parts import Part
from app.checks.subject import Subject
from app.content.genres import Attribute, Secrecy

_GAP = "[ \u3000\u00a0]?"
_LEVEL = f"(?:绝{_GAP}密|机{_GAP}密|秘{_GAP}密)"
_TERM = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?:年|个月)|长期"
_MARK = re.compile(
    rf"{_LEVEL}{_GAP}[★☆*⭐]|密级(?:和保密期限)?{_GAP}[:：\t]{_GAP}(?:{_LEVEL}|内部)"
    rf"|^[ \u3000\t]*{_LEVEL}(?:级|文件|资料|{_GAP}(?:特急|加急|急件)|{_GAP}[·.]?{_GAP}(?:{_TERM}))?"
    r"[ \u3000\t]*$",
    re.MULTILINE,
)
_COPY_NUMBER = re.compile(
    r"份号[:：\t \u3000]{0,3}[0-9]{1,8}|^[ \u3000]*№?0{1,5}[0-9]{1,5}[ \u3000]*$", re.MULTILINE
)
_INTERNAL = re.compile(
    r"内部(?:资料|文件|材料|刊物)[,，·\- ]{0,2}"
    r"(?:注意保存|请勿外传|不得外传|严禁外传|仅供参阅|妥善保管|不得翻印|注意保密)"
    r"|(?:仅供|仅限)内部(?:使用|参阅|参考|阅读|掌握)"
    r"|^[【\[(（ \u3000]*内部(?:资料|文件|参阅|使用|掌握)[】\])） \u3000]*$"
    r"|^[【(（ \u3000]*(?:请勿|不得|严禁)(?:对外)?(?:外传|扩散|公开传播)[】)）。!！ ]*$"
    r"|(?:材料|文件|资料|内部)[^\n。]{0,8}(?:请勿|不得|严禁)(?:对外)?(?:外传|扩散|公开传播)"
    r"|阅后(?:即焚|收回|销毁)",
    re.MULTILINE,
)
_WORD = re.compile(r"绝密|机密(?!性)|内部资料(?!性出版物)")
#: A sentence about secrecy as such: the law, training, and the three levels named together.
_GENERAL = re.compile(
    r"保密法|保守国家秘密|国家秘密(?:分为|的密级)|绝密[、和]机密[、和]秘密|绝密级?[、，]机密级?|商业机密|定密|密级分"
)
_CLOSED = re.compile(r"[(（]?此件(?:属于?)?(?:不予公开|不公开|不宜公开|依申请公开)[)）]?")
_AROUND = 20
HARD = "先停下来，请本单位保密员核对原件。确属国家秘密的，不得在本平台存放，立即报告保密部门。"


def secrecy(subject: Subject) -> Iterator[Finding]:
    """Find marks of secrecy in the text, in files, in their names and their properties."""
    yield from _declared(subject)
    for part in subject.parts:
        yield from _marks(part)
        if part.is_file:
            yield from _closed_file(part)


def _declared(subject: Subject) -> Iterator[Finding]:
    text = subject.text
    if text.secrecy is Secrecy.CLASSIFIED:
        why = "这篇信息登记为“涉密”，涉密信息不能在互联网上发布。"
        yield Finding(
            "secrecy.classified", Part("涉密状态", ""), 0, 0, why, HARD, key="classified", is_quotable=False
        )
    if text.attribute is not Attribute.OPEN:
        why = f"公开属性是“{text.attribute.label}”，这样的信息不主动公开。"
        advice = "确应主动公开的，把公开属性改为“主动公开”；否则请不要发布。"
        key = text.attribute.value
        yield Finding("GK-06", Part("公开属性", ""), 0, 0, why, advice, key=key, is_quotable=False)


def _marks(part: Part) -> Iterator[Finding]:
    for found in _MARK.finditer(part.text):
        start, end = _trimmed(part.text, *found.span())
        yield Finding("secrecy.mark", part, start, end, "这是国家秘密的密级标志。", HARD)
    for found in _COPY_NUMBER.finditer(part.text):
        start, end = _trimmed(part.text, *found.span())
        if "份号" in found.group():
            why = "这是公文的份号，只有涉密公文才标份号。"
            yield Finding("secrecy.copy-number", part, start, end, why, HARD)
        elif part.place_of(start) in ("正文第 1 段", "正文第 2 段") and len(found.group().strip()) == 6:  # noqa: PLR2004 - six digits by the standard
            why = "开头单独一行的六位数字像是公文的份号，只有涉密公文才标份号。"
            advice = "请核对原件；不是份号的可以确认。"
            yield Finding("secrecy.copy-number-doubtful", part, start, end, why, advice)
    for found in _INTERNAL.finditer(part.text):
        start, end = _trimmed(part.text, *found.span())
        yield Finding("secrecy.internal", part, start, end, "这是内部资料的标志，不能公开。", HARD)
    yield from _words(part)


def _words(part: Part) -> Iterator[Finding]:
    marked = [found.span() for found in (*_MARK.finditer(part.text), *_INTERNAL.finditer(part.text))]
    inside = {at for start, end in marked for at in range(start, end)}
    for found in _WORD.finditer(part.text):
        around = part.text[max(0, found.start() - _AROUND) : found.end() + _AROUND]
        if found.start() not in inside and not _GENERAL.search(around):
            why = f"出现了“{found.group()}”，请确认不是密级标志，也没有引用涉密内容。"
            advice = "只是一般提到的，可以确认；拿不准的请本单位保密员看。"
            yield Finding("secrecy.word", part, *found.span(), why, advice)


def _closed_file(part: Part) -> Iterator[Finding]:
    """Find in a file what L10 finds in the body."""
    for found in _CLOSED.finditer(part.text):
        why = "附件上写着不公开或依申请公开，不能随信息一起公开。"
        yield Finding("secrecy.closed", part, *found.span(), why, "去掉这个附件，或核对原件的公开属性。")


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    found = text[start:end]
    return start + len(found) - len(found.lstrip()), end - (len(found) - len(found.rstrip()))
