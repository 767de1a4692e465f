"""Host labels from Chinese names (S-41): proposals that can be had, and refusals that say why."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.tenancy.naming import fault_of, proposals

LABEL = re.compile(r"[a-z][a-z0-9-]{1,30}")
HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=20)


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        ("县水利局", ("shuiliju", "slj")),
        ("永嘉县水利局", ("shuiliju", "slj")),
        ("桥头镇人民政府", ("qiaotou", "qtz", "qiaotouzhen")),
        ("大若岩镇人民政府", ("daruoyan",)),
        ("巽宅镇人民政府", ("xunzhai",)),
        ("东城街道办事处", ("dongcheng",)),
    ],
)
def test_a_name_gives_its_pinyin_whole_and_by_initials(name: str, labels: tuple[str, ...]) -> None:
    found = {one.label for one in proposals(name, county="永嘉县") if one.fault is None}

    assert set(labels) <= found


def test_two_offices_with_the_same_initials_get_alternatives() -> None:
    found = proposals("县税务局", taken={"swj"}, county="永嘉县")

    free = [one.label for one in found if one.fault is None]
    assert "swj" not in free
    assert len(free) >= 3
    assert any(one.label == "swj" and "已被" in str(one.fault) for one in found)


@pytest.mark.parametrize(
    "label",
    [
        "www",
        "admin",
        "console",
        "mail",
        "api",
        "static",
        "xxgk",
        "s",
        "-a",
        "a-",
        "a--b",
        "xn--abc",
        "1a",
        "A",
        "水利",
        "",
    ],
)
def test_what_no_unit_may_have_is_refused_with_a_sentence(label: str) -> None:
    assert str(fault_of(label)).endswith("。")


@pytest.mark.parametrize("label", ["slj", "sij", "s1j", "s-lj"])
def test_what_is_taken_or_looks_like_it_is_refused(label: str) -> None:
    assert fault_of(label, taken={"slj"}) is not None


def test_what_only_shares_letters_may_be_had() -> None:
    assert fault_of("shuili", taken={"slj"}) is None


@given(HAN)
def test_every_proposal_can_be_had_or_says_why_not(name: str) -> None:
    for one in proposals(name, taken={"slj"}, county="永嘉县"):
        assert one.fault == fault_of(one.label, taken={"slj"})
        assert one.fault or LABEL.fullmatch(one.label)


@given(st.text(max_size=80))
def test_no_text_is_too_strange_to_be_judged(text: str) -> None:
    assert fault_of(text) is None or str(fault_of(text)).endswith("。")
