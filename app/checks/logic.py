"""Whether the data of a document agree with each other and with what is public: L1 to L10, and the source.

The identifiers are those of the rules that a county is inspected against (文件发布逻辑检查, rules 1.1.1).
"""

import re
from collections.abc import Callable, Iterator
from datetime import date

from app.checks.hits import Finding
from app.checks.numbers import number_of
from app.checks.parts import Part
from app.checks.subject import Subject
from app.content.genres import Attribute, Genre
from app.core.workdays import add_workdays, workdays_between

#: Working days from being formed to being public (GK-04), and from a document to its interpretation (ZY-20).
DISCLOSED_WITHIN = 20
INTERPRETED_WITHIN = 3
#: What a title's last word says the text is, and under which genres such a text is rightly filed.
_OF_TITLE = (
    ("解读", frozenset({Genre.INTERPRETATION})),
    ("决定", frozenset({Genre.DECISION, Genre.NORMATIVE, Genre.POLICY, Genre.OTHER})),
    ("公告", frozenset({Genre.ANNOUNCEMENT, Genre.NORMATIVE, Genre.POLICY, Genre.OTHER})),
    ("通告", frozenset({Genre.CIRCULAR, Genre.NORMATIVE, Genre.POLICY, Genre.OTHER})),
    ("公示", frozenset({Genre.PUBLIC_NOTICE, Genre.OTHER})),
    ("通知", frozenset({Genre.NOTICE, Genre.NORMATIVE, Genre.POLICY, Genre.PLAN, Genre.OTHER})),
)
_TITLE_END = re.compile(r"[(（][^()（）]{0,30}[)）]$|[\s。!！]+$")
_NOT_OPEN = re.compile(
    r"此件(?:属于?)?(依申请公开|不予公开|不公开|不宜公开)|公开(?:属性|方式)[:：]?\s?(依申请公开|不予公开)"
)
_DATE = r"([12][0-9]{3})年([0-9]{1,2})月([0-9]{1,2})日"
_FROM = re.compile(rf"自{_DATE}起(?:施行|实施|生效|执行)")
_UNTIL = re.compile(
    rf"(?:有效期(?:至|到|截至|截止到?)|施行至|执行至){_DATE}|本[^。\n《》]{{1,12}}?自?{_DATE}起(?:废止|失效)"
)
_LIST_OF_FILES = re.compile(r"^[ \u3000]*附\s?件[:：][ \u3000]*(.*)$", re.MULTILINE)
_FILE_ITEM = re.compile(r"[ \u3000]*(?:附件)?([0-9]{1,2})[.、．](?![0-9])[ \u3000]*([^\n]{1,80})")
_INLINE = re.compile(r"^[ \u3000]*附\s?件\s?([0-9]{0,2})[ \u3000]*[:：]?[ \u3000]*$", re.MULTILINE)
MOST_FILES = 60
_LOOSE = re.compile(r"[\s《》“”\"'.。、,，()（）\-_]|附件\d*")

Rule = Callable[[Subject], Iterator[Finding]]


def logic(subject: Subject) -> Iterator[Finding]:
    """Ask each of the rules."""
    for rule in (late, early, year, printing, twice, genre, interpretation, validity, attachments, attribute):
        yield from rule(subject)
    yield from source(subject)


def late(subject: Subject) -> Iterator[Finding]:
    """L1: public more than twenty working days after it was formed."""
    formed = subject.text.formed_on
    if formed is None:
        return
    due = add_workdays(formed, DISCLOSED_WITHIN, subject.facts.calendar)
    if subject.facts.on > due:
        days = workdays_between(due, subject.facts.on, subject.facts.calendar)
        why = f"成文日期是 {formed}，应在 20 个工作日内（{due} 前）公开，已超过 {days} 个工作日。"
        yield _said(subject, "L1", why, "请尽快公开；成文日期写错了的请改正。", f"{formed}")


def early(subject: Subject) -> Iterator[Finding]:
    """L2: public before it was formed."""
    formed, on = subject.text.formed_on, subject.facts.on
    if formed and formed > on:
        why = f"成文日期 {formed} 晚于发布日期 {on}，文件还没有成文就发布了。"
        yield _said(subject, "L2", why, "请核对成文日期。", f"{formed}")


def year(subject: Subject) -> Iterator[Finding]:
    """L3: the number's year is not the year in which the document was formed."""
    number, formed = number_of(subject.text.document_number), subject.text.formed_on
    if number and formed and number.year != formed.year:
        why = f"文号里的年份是 {number.year}，成文日期却在 {formed.year} 年。"
        yield _said(subject, "L3", why, "请核对文号和成文日期。", f"{number} {formed.year}")


def printing(subject: Subject) -> Iterator[Finding]:
    """L4: printed before it was formed."""
    formed, printed = subject.text.formed_on, subject.text.printed_on
    if formed and printed and printed < formed:
        why = f"印发日期 {printed} 早于成文日期 {formed}。"
        yield _said(subject, "L4", why, "请核对两个日期。", f"{formed} {printed}")


def twice(subject: Subject) -> Iterator[Finding]:
    """L5: the same number is public elsewhere with other words."""
    for other in subject.facts.same_number:
        why = f"同一文号已在“{other.unit}”发布过《{other.title}》，两处的文字不一样。"
        advice = "请核对文号；转载的，文字要与原文一致。"
        yield _said(subject, "L5", why, advice, f"{other.unit} {other.title}")


def genre(subject: Subject) -> Iterator[Finding]:
    """L6: the title says another genre than the one it is filed under."""
    title = subject.text.title
    while found := _TITLE_END.search(title):
        title = title[: found.start()]
    for word, fitting in _OF_TITLE:
        if title.endswith(word) and subject.text.genre not in fitting:
            why = f"标题是“{word}”，体裁却选了“{subject.text.genre.label}”。"
            yield _said(subject, "L6", why, "请核对体裁。", f"{word} {subject.text.genre}")
            return


def interpretation(subject: Subject) -> Iterator[Finding]:
    """L7: an interpretation before its document, or more than three working days after it."""
    if subject.text.genre is not Genre.INTERPRETATION:
        return
    document, on = subject.facts.interpreted, subject.facts.on
    if document is None:
        why = "没有找到所解读的文件：文件应先公开，或与解读同时公开。"
        yield _said(subject, "L7", why, "在摘要或正文里写明所解读文件的文号，并确认它已经公开。", "missing")
        return
    due = add_workdays(document.on, INTERPRETED_WITHIN, subject.facts.calendar)
    if on < document.on:
        yield _said(subject, "L7", f"解读早于《{document.title}》公开。", "请先公开文件。", "early")
    elif on > due:
        why = f"《{document.title}》{document.on} 已公开，解读应在 3 个工作日内（{due} 前）发布。"
        yield _said(subject, "L7", why, "请尽快发布解读。", "late")


def validity(subject: Subject) -> Iterator[Finding]:
    """L8: it ends before it begins to hold."""
    begins = _day(_FROM.search(subject.body.even))
    ends = _day(_UNTIL.search(subject.body.even))
    if begins and ends and ends < begins:
        why = f"正文写着 {begins} 起施行，又写着 {ends} 失效或废止，失效早于生效。"
        yield _said(subject, "L8", why, "请核对施行日期和有效期。", f"{begins} {ends}")
    invalid, formed = subject.facts.invalid_since, subject.text.formed_on
    if invalid and (first := begins or formed) and invalid < first:
        why = f"标注的废止日期 {invalid} 早于{'生效' if begins else '成文'}日期 {first}。"
        yield _said(subject, "L8", why, "请核对废止日期。", f"{first} {invalid}")


def attachments(subject: Subject) -> Iterator[Finding]:
    """L9: the body names attachments that are not there."""
    named = _named_files(subject.body.even)
    inline = {int(found[1] or 1) for found in _INLINE.finditer(subject.body.even)}
    stored = [_LOOSE.sub("", one.name.rpartition(".")[0] or one.name) for one in subject.files]
    missing = [
        title
        for number, title in named
        if number not in inline and not any(_is_same(_LOOSE.sub("", title), name) for name in stored)
    ]
    open_places = len(named) - len(inline & {number for number, _ in named}) - len(stored)
    if missing and open_places > 0:
        names = "、".join(f"“{title[:30]}”" for title in missing[:5])
        why = f"正文写明有 {len(named)} 个附件，现在只有 {len(stored)} 个，缺少{names}。"
        yield _said(subject, "L9", why, "请上传缺少的附件，或改正附件说明。", "|".join(missing))


def attribute(subject: Subject) -> Iterator[Finding]:
    """L10: the text says that it is not disclosed, and is filed as disclosed."""
    if subject.text.attribute is not Attribute.OPEN:
        return
    for part in subject.parts:
        found = None if part.is_file else _NOT_OPEN.search(part.even)
        if found:
            words = found[1] or found[2]
            why = f"文中写着“{words}”，公开属性却是“主动公开”。"
            advice = "请核对原件。确实不主动公开的，不要发布。"
            yield Finding("L10", part, *found.span(), why, advice, key=words)


def source(subject: Subject) -> Iterator[Finding]:
    """ZY-13: what is not the unit's own says from whom and from where it is."""
    text = subject.text
    if not text.source:
        yield _said(
            subject, "ZY-13.empty", "没有写信息来源。", "填写来源；本单位自己写的填本单位名称。", "none"
        )
    elif not text.source_url and not any(_is_same(text.source, name) for name in subject.own.names):
        why = f"来源是“{text.source}”，不是本单位，却没有写原文网址。"
        advice = "转载的信息要填写原文网址；是本单位写的，来源改为本单位名称。"
        yield _said(subject, "ZY-13", why, advice, text.source)


def _named_files(text: str) -> list[tuple[int, str]]:
    """Return the numbers and titles in the list of attachments below the text."""
    found = _LIST_OF_FILES.search(text)
    if not found:
        return []
    below = text[found.start(1) : found.end() + 4_000]
    named: list[tuple[int, str]] = []
    for line in below.split("\n"):
        item = _FILE_ITEM.match(line)
        if not item and line.strip():
            break
        if item and len(named) < MOST_FILES:
            named.append((int(item[1]), item[2].strip()))
    only = found[1].strip()
    return named or ([(1, only)] if only and only not in {"无", "略"} else [])


def _is_same(one: str, other: str) -> bool:
    """Say whether two names mean the same, where one may be shorter."""
    return bool(one and other) and (one in other or other in one)


def _day(found: re.Match[str] | None) -> date | None:
    if not found:
        return None
    groups = [int(group) for group in found.groups() if group]
    try:
        return date(*groups)
    except ValueError:
        return None


def _said(subject: Subject, rule: str, why: str, advice: str, key: str) -> Finding:
    part = Part(_PLACES.get(rule, "正文"), "")
    return Finding(
        rule, part if rule in _PLACES else subject.title, 0, 0, why, advice, key=key, is_quotable=False
    )


_PLACES = {
    "L1": "成文日期",
    "L2": "成文日期",
    "L3": "文号",
    "L4": "印发日期",
    "L5": "文号",
    "L6": "体裁",
    "L7": "发布时间",
    "L8": "有效期",
    "L9": "附件",
    "ZY-13": "来源",
    "ZY-13.empty": "来源",
}
