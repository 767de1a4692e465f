"""Personal data: identity numbers, mobile numbers, bank cards and home addresses (rules 1.8).

Numbers of the unit's own office, landlines, credit codes, index numbers, amounts and document numbers are
none; which words around a number make it one of these is written here.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from app.checks import masking
from app.checks.addresses import homes
from app.checks.hits import Finding
from app.checks.parts import Part, replaced
from app.checks.subject import Own, Subject

#: Invisible characters between digits, and the marks by which people group them.
_I = "[\u00ad\u200b-\u200f\u2060\ufeff]?"
_D = f"[0-9]{_I}"
_S = f"[ \u00a0\u3000\\-\u2013\u2014]?{_I}"
_IDENTITY = re.compile(
    rf"(?<![0-9])[1-8]{_I}(?:{_D}){{5}}{_S}(?:{_D}){{4}}{_S}(?:{_D}){{2}}{_S}(?:{_D}){{2}}{_S}"
    rf"(?:{_D}){{3}}[0-9Xx](?![0-9A-Za-z])"
)
_OLD_IDENTITY = re.compile(r"身份证[^0-9\n]{0,12}([1-8][0-9]{14})(?![0-9A-Za-z])")
_MOBILE = re.compile(
    rf"(?<![0-9])(?:(?:\+|00)?86{_S})?1{_I}[3-9]{_I}{_D}{_S}(?:{_D}){{4}}{_S}(?:{_D}){{3}}[0-9](?![0-9])"
)
_CARD = re.compile(
    rf"(?<![0-9])(?:(?:{_D}){{4}}{_S}){{3}}(?:{_D}){{0,4}}{_S}(?:{_D}){{0,2}}[0-9](?![0-9A-Za-z])"
)
_URL = re.compile(r"(?:https?://|www\.)[^\s\u3000-\u9fff\uff00-\uffef<>\"]+")

REGIONS = frozenset(
    [
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
    ]
) | frozenset(["50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82", "83"])
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
FIRST_YEAR = 1900
#: What issuers' numbers begin with, and how long such numbers are: UnionPay, Visa, Mastercard, JCB, Amex.
_ISSUERS = re.compile(
    r"62[0-9]{14,17}|4[0-9]{15}|5[1-5][0-9]{14}|35(?:2[89]|[3-8][0-9])[0-9]{12}|3[47][0-9]{13}"
)
_BEFORE_CARD = re.compile(r"(?:卡号|银行卡|储蓄卡|信用卡|社保卡|一卡通|存折)[^0-9\n]{0,8}$")

#: Right before a number: it counts or names a thing, not a person.
_NAMES_A_THING = re.compile(
    r"(?:编号|文号|索引号|流水号|订单号|单号|登记号|备案号|(?<!身份)证号|代码|合同号|案号|档案号|批号|注册号|标段号?|序列号|"
    r"机身号|识别码|条形?码|工单|账号|帐号)[^0-9\n]{0,4}$"
)
_NAMES_AN_OFFICE = re.compile(r"(?:信用代码|索引号|机构代码|项目代码|登记证号|国库)[^0-9\n]{0,4}$")
_BEFORE_AMOUNT = re.compile(
    r"(?:[¥￥$]|人民币|金额|总额|总价|造价|预算|投资|资金|合计|共计|产值|收入|支出)[:：为约达计 ]{0,3}$"
)
_AFTER_AMOUNT = re.compile(
    r"\.[0-9]| ?元|[余多]?(?:万|亿|吨|公斤|千克|平方|立方|公里|千米|亩|千瓦|株|美元|欧元)|[%％]"
)
#: What stands before the last piece of a longer number.
_TAIL = re.compile(r"[0-9A-Za-z〕\]][-–—]$")
#: Letters that people write right before a number of a person.
_LABELS = re.compile(r"(?:tel|phone|mobile|mob|id|no|sfz|wx|vx|qq|hm)$", re.IGNORECASE)
_GLUED = re.compile(r"[0-9A-Za-z]+$")
_AROUND = 16
_DIGITS = re.compile("[0-9\uff10-\uff19]")
#: Even a number that no rule takes for a person's is of no use in what we say about a text.
LONG_NUMBER = re.compile("[0-9\uff10-\uff19]{9,}")


@dataclass(frozen=True)
class Kind:
    """One sort of number: how it is seen, and what is said about it."""

    pattern: re.Pattern[str]
    #: Gives the rule that a number falls under, or nothing.
    judged: Callable[[str, str, str], str]
    masked: Callable[[str], str]


def personal(subject: Subject) -> Iterator[Finding]:
    """Find people's numbers and homes in everything there is to read."""
    for part in subject.parts:
        yield from numbers(part, subject.own, subject.facts.on)
    yield from homes(subject.parts, subject.own.addresses)


def numbers(part: Part, own: Own, today: date) -> Iterator[Finding]:
    """Find the numbers of one part; what one kind has taken, the next does not look at."""
    text = _without(part.even, [found.span() for found in _URL.finditer(part.even)])
    for kind in _kinds(today):
        taken: list[tuple[int, int]] = []
        for found in kind.pattern.finditer(text):
            start, end = found.span(found.lastindex or 0)
            digits = masking.digits_of(text[start:end])
            if digits in own.numbers or digits[-11:] in own.numbers or _is_glued(text, start):
                continue
            rule = kind.judged(digits, text[max(0, start - _AROUND) : start], text[end : end + _AROUND])
            if rule:
                taken.append((start, end))
                yield _finding(rule, part, start, end, kind.masked(digits))
        text = _without(text, taken)


def told(text: str, own: Own, today: date) -> str:
    """Return a sentence of ours with the numbers of people in it masked: it may quote a title or a link."""
    if not _DIGITS.search(text):
        return text
    part = Part("", text)
    edits = [(one.start, one.end, one.masked) for one in numbers(part, own, today)]
    return LONG_NUMBER.sub(lambda long: f"{long.group()[:3]}…", replaced(part, text, edits))


def is_identity(digits: str, today: date) -> bool:
    """Say whether a number has the region and the date of birth of an identity number."""
    if digits[:2] not in REGIONS or digits[2:6] == "0000":
        return False
    try:
        born = date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        return False
    return born.year >= FIRST_YEAR and born <= today


def has_right_check(digits: str) -> bool:
    """Say whether the last character of an identity number is the one that the others give."""
    total = sum(int(digit) * weight for digit, weight in zip(digits[:17], _WEIGHTS, strict=True))
    return _CHECKS[total % 11] == digits[17]


def passes_luhn(digits: str) -> bool:
    """Say whether a card's last digit is the one that the others give."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value  # noqa: PLR2004 - the cross sum of two digits
    return total % 10 == 0


def _kinds(today: date) -> tuple[Kind, ...]:
    def identity(digits: str, before: str, after: str) -> str:
        if not is_identity(digits, today) or _NAMES_AN_OFFICE.search(before) or _AFTER_AMOUNT.match(after):
            return ""
        if has_right_check(digits):
            return "personal.identity"
        return "" if _NAMES_A_THING.search(before) else "personal.identity-doubtful"

    def old_identity(digits: str, _before: str, _after: str) -> str:
        born = f"19{digits[6:12]}"
        return "personal.identity-doubtful" if is_identity(digits[:6] + born, today) else ""

    return (
        Kind(_IDENTITY, identity, masking.masked_identity),
        Kind(_OLD_IDENTITY, old_identity, masking.masked_identity),
        Kind(_CARD, _card, masking.masked_card),
        Kind(_MOBILE, _mobile, masking.masked_mobile),
    )


def _card(digits: str, before: str, after: str) -> str:
    if _AFTER_AMOUNT.match(after) or _BEFORE_AMOUNT.search(before):
        return ""
    if _BEFORE_CARD.search(before):
        return "personal.card" if passes_luhn(digits) else "personal.card-doubtful"
    is_named = _NAMES_A_THING.search(before) and not before.rstrip(":： ").endswith(("账号", "帐号"))
    return "personal.card" if _ISSUERS.fullmatch(digits) and passes_luhn(digits) and not is_named else ""


def _mobile(_digits: str, before: str, after: str) -> str:
    if _AFTER_AMOUNT.match(after) or _BEFORE_AMOUNT.search(before) or _NAMES_A_THING.search(before):
        return ""
    return "" if _TAIL.search(before) else "personal.mobile"


def _is_glued(text: str, start: int) -> bool:
    """Say whether a number goes on to the left in letters that do not announce it."""
    glued = _GLUED.search(text[max(0, start - _AROUND) : start])
    return glued is not None and not _LABELS.search(glued.group())


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    pieces, at = [], 0
    for start, end in spans:
        pieces += [text[at:start], "\x00" * (end - start)]
        at = end
    return "".join([*pieces, text[at:]])


_SAID = {
    "personal.identity": ("这是一个身份证号码，公开会泄露个人信息。", "只保留前两位和后三位"),
    "personal.identity-doubtful": (
        "像是身份证号码，但校验位不对，可能是写错了的身份证号码。",
        "如是身份证号码，请遮盖",
    ),
    "personal.mobile": (
        "这是一个手机号码，公开会泄露个人信息。",
        "中间四位改为 ****，或改用办公室的固定电话",
    ),
    "personal.card": ("这是一个银行卡号，公开会泄露个人信息。", "只保留后四位"),
    "personal.card-doubtful": (
        "像是银行卡号，但校验位不对，可能是写错了的卡号。",
        "如是银行卡号，请只保留后四位",
    ),
}
IN_FILE = "。附件里的内容不能一键遮盖，请在文件中改好，再重新上传。"


def _finding(rule: str, part: Part, start: int, end: int, masked: str) -> Finding:
    why, advice = _SAID[rule]
    suggestion = f"{advice}：{masked}"
    if not part.of_field:
        return Finding(rule, part, start, end, why, suggestion + IN_FILE, masked=masked)
    return Finding(rule, part, start, end, why, f"{suggestion}。", masked, masked)
