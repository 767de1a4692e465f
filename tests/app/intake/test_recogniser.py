"""Numbers and dates as they are really written; what stands in head, ending and foot (rules 1.5)."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.content.genres import Attribute, Genre
from app.intake.recognition.dates import dates_in
from app.intake.recognition.lines import Line
from app.intake.recognition.numbers import faults_in, numbers_in
from app.intake.recognition.recogniser import Recognised, recognise

REAL_NUMBERS = {
    "呼政办发[2008]68号": ("呼政办发", 2008, 68),
    "国办公开办函〔2019〕60号": ("国办公开办函", 2019, 60),
    "国办发〔2017〕47号": ("国办发", 2017, 47),
    "国办秘函〔2019〕19号": ("国办秘函", 2019, 19),
    "豫工信办〔2011〕8号": ("豫工信办", 2011, 8),
    "粤办函〔2017〕555号": ("粤办函", 2017, 555),
    "皖法办发〔2020〕14号": ("皖法办发", 2020, 14),
    "岳政办明电[2016]6号": ("岳政办明电", 2016, 6),
    "永政办发（2007）第89号": ("永政办发", 2007, 89),
    "广外网办〔2007〕1号": ("广外网办", 2007, 1),
    "永森防指办〔2022〕11号": ("永森防指办", 2022, 11),
    "税总发〔2017〕84号": ("税总发", 2017, 84),
}
REAL_DATES = {
    "二〇〇七年九月十一日": date(2007, 9, 11),
    "二OO八年五月二十三日": date(2008, 5, 23),
    "二○一一年二月二十四日": date(2011, 2, 24),
    "二〇二〇年十月十日": date(2020, 10, 10),
    "二零一九年十二月三十一日": date(2019, 12, 31),
    "二〇二一年一月二十日": date(2021, 1, 20),
    "2007年9月12日": date(2007, 9, 12),
    "２００７ 年 ９ 月 １２ 日": date(2007, 9, 12),
    "二ＯＯ九年廿一月一日": None,
    "2007年2月30日": None,
    "2007-09-11": date(2007, 9, 11),
}


@pytest.mark.parametrize(("written", "parts"), REAL_NUMBERS.items())
def test_a_real_number_is_taken_apart_alone_and_in_a_sentence(
    written: str, parts: tuple[str, int, int]
) -> None:
    for text in (
        written,
        f"根据《{written}》，",
        f"按照{written}要求",
        f"永发〔2001〕1号和{written}",
        f"《通知》（{written}）",
    ):
        found = list(numbers_in(text))[-1]
        assert (found.code, found.year, found.serial, found.words) == (*parts, written), text


@pytest.mark.parametrize("pair", ["〔〕", "[]", "()", "（）", "【】", "﹝﹞", "〈〉", "［］", "{}", "〖〗"])
def test_every_bracket_and_zero_is_read(pair: str) -> None:
    for year, serial in (("2007", "89"), ("２００７", "０８９"), ("二○○七", "89"), ("2OO7", "089")):
        found = next(numbers_in(f"永政办发 {pair[0]}{year}{pair[1]} {serial} 号"))
        assert str(found) == "永政办发〔2007〕89号"


@pytest.mark.parametrize("wrong", ["永政办发2007-89", "永政办发〔07〕89号"])
def test_a_number_without_its_whole_year_is_refused_and_told(wrong: str) -> None:
    found = read(wrong, "关于值班的通知", "各站：", "请值班。")

    assert "document_number" not in found.fields
    assert any("年份应标全称" in one for one in found.warnings)
    assert faults_in("联系电话0577-67236286，2007-09-11") == []


@pytest.mark.parametrize(("written", "value"), REAL_DATES.items())
def test_dates_of_both_generations_are_read_with_any_zero(written: str, value: date | None) -> None:
    assert [one.value for one in dates_in(written)] == [value]


def read(*lines: str) -> Recognised:
    return recognise([Line(text, number, f"第 {number + 1} 段") for number, text in enumerate(lines)])


def values(found: Recognised) -> dict[str, str]:
    return {name: one.value for name, one in found.fields.items()}


def test_a_document_of_today_is_read_whole() -> None:
    found = values(
        read(
            "永嘉县人民政府文件",
            "永政发〔2024〕3号 签发人：王某某",
            "永嘉县人民政府关于调整",
            "城区停水安排的通告",
            "因管道检修，经研究决定调整停水安排。",
            "附件：1．停水范围图",
            "2．停水时间表",
            "永嘉县人民政府",
            "2024年3月1日",
            "（此件公开发布）",
            "抄送：县委办，",
            "县人大办。",
            "永嘉县人民政府办公室 2024年3月2日印发",
        )
    )

    assert found == {
        "issuer": "永嘉县人民政府",
        "document_number": "永政发〔2024〕3号",
        "signatory": "王某某",
        "title": "永嘉县人民政府关于调整城区停水安排的通告",
        "sort": "通告",
        "attachments": "1．停水范围图；2．停水时间表",
        "signature": "永嘉县人民政府",
        "formed_on": "2024-03-01",
        "note": "此件公开发布",
        "attribute": "open",
        "copies": "县委办，县人大办。",
        "printer": "永嘉县人民政府办公室",
        "printed_on": "2024-03-02",
    }


def test_several_offices_sign_together() -> None:
    head = ("永嘉县财政局", "永嘉县教育局文件", "永财〔2020〕1号", "关于做好助学工作的通知")
    found = values(read(*head, "各学校：", "请做好。", "永嘉县财政局", "永嘉县教育局", "2020年1月2日"))

    assert found["issuer"] == "永嘉县财政局 永嘉县教育局"
    assert found["signature"] == "永嘉县财政局 永嘉县教育局"


def test_the_number_may_stand_under_the_title() -> None:
    found = values(
        read("关于转发国办发〔2019〕19号文件的通知", "永政办发〔2019〕5号", "各乡镇：", "现转发给你们。")
    )

    assert found["title"] == "关于转发国办发〔2019〕19号文件的通知"
    assert found["document_number"] == "永政办发〔2019〕5号"


@pytest.mark.parametrize(
    ("note", "attribute"),
    [
        ("（此件公开发布）", Attribute.OPEN),
        ("（主动公开）", Attribute.OPEN),
        ("（此件主动公开）", Attribute.OPEN),
        ("（此件依申请公开）", Attribute.ON_REQUEST),
        ("（此件不予公开）", Attribute.CLOSED),
        ("此件不公开", Attribute.CLOSED),
    ],
)
def test_the_note_decides_the_attribute(note: str, attribute: Attribute) -> None:
    found = read("关于值班的通知", "各站：", "请值班。", "2024年3月1日", note)

    assert found.fields["attribute"].value == attribute.value


def test_what_goes_upwards_is_as_a_rule_not_disclosed() -> None:
    found = read("关于拨付经费的请示", "县人民政府：", "请拨付。", "2024年3月1日")

    assert found.fields["attribute"].value == Attribute.CLOSED.value
    assert any("上行文" in one for one in found.warnings)


@pytest.mark.parametrize("mark", ["机密★1年", "绝密", "秘密★"])
def test_a_secrecy_mark_in_the_head_is_seen(mark: str) -> None:
    assert "secrecy" in read("000123", mark, "特急", "关于值班的通知", "各站：", "请值班。").fields
    assert "secrecy" not in read("关于保守秘密的通知", "各站：", "不得泄露国家秘密。").fields


def test_a_text_that_is_no_document_has_only_a_title() -> None:
    found = read("我县召开防汛会议", "昨日，我县召开防汛会议。会议要求加强值班。")

    assert values(found) == {"title": "我县召开防汛会议"}
    assert found.genre is Genre.NEWS


PIECES = st.sampled_from(
    [
        *(
            "永政办发",
            "〔2007〕",
            "89号",
            "（",
            "）",
            "：",
            "主题词：",
            "抄送：",
            "印发",
            "二〇〇七年九月十一日",
        ),
        *(
            "2007年9月12日",
            "关于",
            "的通知",
            "文件",
            "附件：",
            "1．",
            "签发人：",
            "永嘉县人民政府",
            "，",
            "。",
            " ",
        ),
        *("字" * 50, "第", "机密★"),
    ]
)


@given(st.lists(st.lists(PIECES, max_size=6).map("".join) | st.text(max_size=30), max_size=25))
@settings(max_examples=300, deadline=None)
def test_whatever_stands_there_is_read_without_a_fault(lines: list[str]) -> None:
    found = read(*lines)

    for one in found.fields.values():
        assert one.value.strip()
    assert found.spent <= set(range(len(lines)))
