"""Differences between two texts: in fields, in files, in words, and in bounded time (D10)."""

import random
import time
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.content.difference import Difference, differences
from app.content.models import Attachment, Revision, RevisionFile
from app.content.services import Text
from app.core.alignment import Kind, opcodes


def a_revision(body: str = "<p>正文</p>", files: tuple[tuple[str, str], ...] = (), **fields: Any) -> Revision:
    values = {name: one.default for name, one in Text.__dataclass_fields__.items() if name != "files"}
    revision = Revision(**{**values, "title": "标题", "body": body, **fields})
    revision.files = [
        RevisionFile(attachment=Attachment(title=title, extension="docx", sha256=digest))
        for title, digest in files
    ]
    return revision


def of_bodies(old: str, new: str) -> Difference:
    return differences(a_revision(old), a_revision(new))


def marked(difference: Difference) -> list[str]:
    """Write the changed passages with [-what went-] and {+what came+}."""
    signs = {Kind.KEPT: "{}", Kind.REMOVED: "[-{}-]", Kind.ADDED: "{{+{}+}}"}
    return [
        "".join(signs[run.kind].format(run.text) for run in block.runs) for block in difference.changed_blocks
    ]


def side(difference: Difference, left_out: Kind) -> list[str]:
    """Return the passages of one side, put together again from the runs."""
    lines = [
        "".join(run.text for run in block.runs if run.kind is not left_out)
        for block in difference.body
        if block.kind is not left_out
    ]
    return [line for line in lines if line]


def test_the_same_wording_is_no_difference() -> None:
    difference = of_bodies("<p>停水<b>一天</b></p>", "<h2>停水一天</h2>")

    assert difference.is_empty
    assert difference.is_restyled
    assert not of_bodies("<p>一</p>", "<p>一</p>").is_restyled


def test_chinese_is_compared_by_characters_and_numbers_as_a_whole() -> None:
    difference = of_bodies("<p>定于3月12日停水，共128户。</p>", "<p>定于3月15日停水，共1280户。</p>")

    assert marked(difference) == ["定于3月[-12-]{+15+}日停水，共[-128-]{+1280+}户。"]


def test_a_lone_character_in_common_does_not_tear_a_change_apart() -> None:
    assert marked(of_bodies("<p>请到东门的窗口办理</p>", "<p>请到南楼的大厅办理</p>")) == [
        "请到[-东门的窗口-]{+南楼的大厅+}办理"
    ]


def test_passages_come_and_go_and_tables_change_row_by_row() -> None:
    row = "<tr><td>{}</td><td>{}</td></tr>"
    old = (
        "<p>第一段</p><p>整段删去的话</p><table>"
        + row.format("桥头", 12)
        + row.format("岩坦", 7)
        + "</table>"
    )
    new = (
        "<p>第一段</p><table>" + row.format("桥头", 12) + row.format("岩坦", 9) + "</table><p>新写的末段</p>"
    )
    difference = of_bodies(old, new)

    assert marked(difference) == ["[-整段删去的话-]", "岩坦 ｜ [-7-]{+9+}", "{+新写的末段+}"]
    assert [block.shape for block in difference.changed_blocks] == ["", "表格行", ""]


def test_a_link_that_leads_elsewhere_is_a_change() -> None:
    difference = of_bodies(
        '<p><a href="https://a.gov.cn/">见</a></p>', '<p><a href="https://b.com/">见</a></p>'
    )

    assert not difference.is_empty


def test_fields_are_named_with_both_values() -> None:
    difference = differences(
        a_revision(title="停水通知", formed_on=None), a_revision(title="停电通知", formed_on=date(2026, 3, 1))
    )

    found = [(change.label, change.before, change.after) for change in difference.fields]
    assert found == [("标题", "停水通知", "停电通知"), ("成文日期", "", "2026-03-01")]


def test_files_come_go_and_are_replaced() -> None:
    old = a_revision(files=(("名单", "1"), ("旧表", "2"), ("细则", "3")))
    new = a_revision(files=(("名单", "9"), ("细则", "3"), ("新表", "4")))

    found = [(change.before, change.after) for change in differences(old, new).fields]
    assert found == [("名单.docx", "名单.docx（内容已更换）"), ("旧表.docx", ""), ("", "新表.docx")]


def test_the_order_of_files_is_a_difference() -> None:
    old, new = a_revision(files=(("一", "1"), ("二", "2"))), a_revision(files=(("二", "2"), ("一", "1")))

    assert [change.label for change in differences(old, new).fields] == ["附件顺序"]


def test_long_stretches_without_change_are_left_out() -> None:
    body = "".join(f"<p>第{number}段</p>" for number in range(30))
    short = of_bodies(body, body.replace("第15段", "第15段有改动")).shortened()

    assert [(block.kind, block.count) for block in short] == [
        (Kind.SKIPPED, 14),
        (Kind.KEPT, 1),
        (Kind.CHANGED, 1),
        (Kind.KEPT, 1),
        (Kind.SKIPPED, 13),
    ]


PASSAGES = st.lists(st.text("一二三 a1，", min_size=1, max_size=12), max_size=40)


@given(PASSAGES, PASSAGES)
def test_both_texts_can_be_put_together_from_their_difference(old: list[str], new: list[str]) -> None:
    before, after = ("".join(f"<p>{words}</p>" for words in lines) for lines in (old, new))
    difference = of_bodies(before, after)

    assert side(difference, Kind.ADDED) == [line for words in old if (line := " ".join(words.split()))]
    assert side(difference, Kind.REMOVED) == [line for words in new if (line := " ".join(words.split()))]


@given(st.lists(st.integers(0, 5), max_size=200), st.lists(st.integers(0, 5), max_size=200))
def test_stretches_cover_both_sides_in_order(old: list[int], new: list[int]) -> None:
    at_old = at_new = 0
    for is_same, left, right in opcodes(old, new):
        assert (left.start, right.start) == (at_old, at_new)
        assert not is_same or old[left] == new[right]
        at_old, at_new = left.stop, right.stop
    assert (at_old, at_new) == (len(old), len(new))


def _written(seed: int, length: int) -> str:
    chance = random.Random(seed)  # noqa: S311 - which words there are is no secret
    return "".join(chance.choices("的一是了我不人在他有这上们来到时大地为子中你说生国年着", k=length))


HUGE = {
    "unlike": (f"<p>{_written(1, 350_000)}</p>", f"<p>{_written(2, 350_000)}</p>"),
    "many passages": (
        "".join(f"<p>{_written(number, 30)}</p>" for number in range(9000)),
        "".join(f"<p>{_written(number + number % 2 * 10_000, 30)}</p>" for number in range(9000)),
    ),
    "all the same": ("<p>同</p>" * 80_000, "<p>同</p>" * 60_000 + "<p>异</p>" + "<p>同</p>" * 20_000),
    "two in turn": ("<p>同</p><p>异</p>" * 40_000, "<p>异</p><p>同</p><p>同</p>" * 27_000),
    "long and alike": (
        "".join(f"<p>{_written(number, 2000)}</p>" for number in range(170)),
        "".join(f"<p>{_written(number + 1, 1990)}</p>" for number in range(170)),
    ),
    "one character": ("<p>" + "啊" * 350_000 + "</p>", "<p>" + "啊哦" * 170_000 + "</p>"),
}


@pytest.mark.parametrize("case", HUGE)
def test_time_grows_with_the_text_and_not_faster(case: str) -> None:
    """A megabyte in a second or two; a comparison of all with all would take minutes."""
    old, new = (a_revision(body) for body in HUGE[case])
    started = time.process_time()
    difference = differences(old, new)

    assert time.process_time() - started < 20
    assert not difference.is_empty
