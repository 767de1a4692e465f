"""The last word of a title says what sort of document it is: the fifteen of 2012, and some more."""

import re

from app.content.genres import Genre

GENRES = {
    "通知": Genre.NOTICE,
    "通报": Genre.NOTICE,
    "公告": Genre.ANNOUNCEMENT,
    "通告": Genre.CIRCULAR,
    "公报": Genre.ANNOUNCEMENT,
    "公示": Genre.PUBLIC_NOTICE,
    "决定": Genre.DECISION,
    "决议": Genre.DECISION,
    "命令": Genre.DECISION,
    "令": Genre.DECISION,
    "意见": Genre.POLICY,
    "批复": Genre.POLICY,
    "函": Genre.POLICY,
    "纪要": Genre.POLICY,
    "议案": Genre.POLICY,
    "报告": Genre.OTHER,
    "请示": Genre.OTHER,
    "办法": Genre.NORMATIVE,
    "规定": Genre.NORMATIVE,
    "细则": Genre.NORMATIVE,
    "规划": Genre.PLAN,
    "计划": Genre.PLAN,
    "方案": Genre.PLAN,
    "解读": Genre.INTERPRETATION,
    "辟谣": Genre.CLARIFICATION,
    "澄清": Genre.CLARIFICATION,
}
#: Documents to a higher authority, which are as a rule not for the public (rules 1.5).
UPWARD = frozenset({"请示", "报告"})
ENDING = re.compile(
    rf"({'|'.join(sorted(GENRES, key=len, reverse=True))})\s*(?:[(（〔][^()（）〔〕]{{1,20}}[)）〕])?$"
)
ISSUER = re.compile(r"^(.{2,60}?)(?:关于|印发|转发)")
HAN = r"\u3000-\u303f\u3400-\u9fff\uff00-\uffef"
SPACE_BETWEEN = re.compile(rf"(?<=[{HAN}])[ \t\u3000]+(?=[{HAN}])")


def sort_of(title: str) -> str:
    """Return the word for the sort of document that ends a title; empty where there is none."""
    found = ENDING.search(title)
    return found.group(1) if found else ""


def issuer_in(title: str) -> str:
    """Return who issues a document by its title; empty where the title does not begin with it."""
    found = ISSUER.match(title)
    return found.group(1) if found else ""


def joined(*pieces: str) -> str:
    """Return lines as one, without the spaces and breaks that typesetting put between Chinese characters."""
    return SPACE_BETWEEN.sub("", " ".join(pieces)).strip()
