"""Checks withstand whatever is written: no crash, no personal number in what they say, linear in time."""

import random
import re
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.checks.hits import Hit
from app.checks.inspection import findings, inspect
from app.checks.masking import masked_address, masked_identity, masked_mobile
from app.checks.parts import body_part, file_part, replaced
from app.checks.subject import Facts, File, Subject
from app.content.services import Text
from app.core.html import clean
from bench.checks import CALENDAR, LEXICON, OWN, RULES, TODAY

MOBILE, IDENTITY = "13800001234", "330324199001011234"
PIECES = st.sampled_from(
    [
        *(MOBILE, IDENTITY, "<b>", "</b>", "&amp;", "<p>", "</p>", "<table><tr><td>", "</td>"),
        *("住址：桥头镇坦头村1号", "机密★", "\u200b", "<a href='tel:13800001234'>", "</a>", "附件：1.a"),
        *("登陆", "人名政府", "\x00", "《", "〔2026〕1号", "\n", " ", "1", "元"),
    ]
)
PRIVATE = re.compile(r"(?<![0-9])1[3-9][0-9]{9}(?![0-9])|[1-8][0-9]{16}[0-9Xx]")


def subject_of(
    body: str, *, files: tuple[File, ...] = (), submitted: str = "", title: str = "标题"
) -> Subject:
    text = Text(title, body, source="永嘉县水利局")
    return Subject(text, Facts(TODAY, CALENDAR), files, OWN, submitted)


def hits_of(body: str, title: str = "标题") -> list[Hit]:
    return inspect(subject_of(clean(body), submitted=body, title=title), LEXICON, RULES)


def test_the_customary_forms_of_masking() -> None:
    assert masked_mobile("13812341234") == "138****1234"
    assert masked_mobile("+86 138-1234-1234") == "138****1234"
    assert masked_identity(IDENTITY) == "33*************234"
    assert masked_address("浙江省永嘉县桥头镇坦头村12号") == "浙江省永嘉县桥头镇"
    assert masked_address("镇海区招宝山街道后大街5号") == "镇海区招宝山街道"
    assert masked_address("永嘉县江北小区3幢") == "永嘉县"


def test_the_vectors_of_what_is_no_personal_number() -> None:
    said = hits_of(
        "<p>67236286、0577-67236286、11441700007280420Y、114403006955506492/2021-00426、13800000000元</p>"
    )
    doubtful = hits_of(f"<p>{IDENTITY}</p>")

    assert [hit for hit in said if hit.rule.startswith("personal")] == []
    assert [hit.rule for hit in doubtful] == ["personal.identity-doubtful"]
    assert doubtful[0].replacement == "33*************234"


def test_a_number_is_masked_across_tags_entities_and_its_link() -> None:
    body = clean('<p>请拨<a href="tel:13800001234">138<b>0000</b>1234</a>&amp;或13800001234。</p>')
    part = body_part(body)
    found = [one for one in findings(subject_of(body), LEXICON) if one.rule == "personal.mobile"]

    mended = replaced(part, body, [(one.start, one.end, one.replacement) for one in found])

    assert len(found) == 3
    assert len({one.fingerprint for one in found}) == 1
    assert 'href="tel:138****1234"' in mended
    assert body_part(mended).text.startswith("\n请拨138****1234&或138****1234。")
    assert PRIVATE.search(mended) is None
    assert clean(mended) == mended


@given(st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=30).map("".join))
@example("附件：1.a13800001234")
@example("13800001234A13800001234")
@example("1380000123413800001234<b>13800001234")
@example("<a href='tel:13800001234'>")
@settings(max_examples=150, deadline=None, derandomize=True)
def test_whatever_is_written_is_checked_and_no_number_is_told(body: str) -> None:
    for hit in hits_of(body, title=body[:100]):
        assert (
            PRIVATE.search(f"{hit.where} {hit.excerpt} {hit.why} {hit.suggestion} {hit.replacement}") is None
        )
        assert len(hit.fingerprint) == 32


@given(st.lists(PIECES, max_size=30).map("".join))
@settings(max_examples=150, deadline=None, derandomize=True)
def test_masking_all_leaves_nothing_to_mask(written: str) -> None:
    body = clean(written)
    for _ in range(3):  # What overlaps is mended with the next click.
        part = body_part(body)
        spans = sorted(
            {
                (one.start, one.end, one.replacement)
                for one in findings(subject_of(body), LEXICON)
                if one.rule.startswith("personal.") and one.part.name == "正文"
            }
        )
        apart = [one for n, one in enumerate(spans) if not n or spans[n - 1][1] <= one[0]]
        body = replaced(part, body, apart)

    assert [one for one in findings(subject_of(body), LEXICON) if one.rule == "personal.mobile"] == []


def test_a_place_in_a_file_is_its_passage() -> None:
    part = file_part("名单.xlsx", [("第 1 行", "姓名"), ("第 7 行", "陈某\t" + MOBILE)])

    assert part.place_of(0) == "附件“名单.xlsx”第 1 行"
    assert part.place_of(part.text.index(MOBILE)) == "附件“名单.xlsx”第 7 行"


SLOW = (
    *(
        MOBILE + " ",
        "330399199001010015,",
        "1",
        "家庭住址",
        "住址：桥头镇坦头村12号，",
        "<p>",
        '<a "',
        "&amp;",
    ),
    *("密 ", "机密★\n", "请登陆平台，人名政府", "附件：1.a\n", "<img src='a' alt='地图'>", "<td>住址</td>"),
    *("12幢2单元302室", "http://", "〔2026〕1号", "内部资料", "份号:::"),
)


@pytest.mark.parametrize("piece", SLOW)
def test_time_grows_with_the_text_and_not_faster(piece: str) -> None:
    """A megabyte in seconds: a pattern that went back over the text would take hours."""
    began = time.process_time()
    count = sum(1 for _ in findings(subject_of(piece * (200_000 // len(piece))), LEXICON))

    assert time.process_time() - began < 30, count


def test_random_marks_of_every_kind_are_read_in_time() -> None:
    chance = random.Random(7)  # noqa: S311 - the same text each time
    signs = "0123456789xX-—:： \t\n住址密级机绝秘★附件县镇村号元《》〔〕<>&;="
    body = "".join(chance.choice(signs) for _ in range(300_000))
    began = time.process_time()

    hits = inspect(subject_of(body), LEXICON, RULES)

    assert time.process_time() - began < 30, len(hits)
