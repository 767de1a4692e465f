"""Rules and words are data: dated, complete, and layered from the platform over the county to the unit."""

import re
from datetime import date
from typing import Any

import pytest

from app.checks.hits import Severity
from app.checks.models import WordKind
from app.checks.rulebook import Waiving, book
from app.checks.words import Layer, Lexicon, Word
from app.config import ROOT
from bench.checks import LEXICON, RULES

RULE: dict[str, Any] = {
    "id": "L1",
    "title": "超期",
    "severity": "confirm",
    "waiver": "none",
    "source": "x",
    "from": date(2019, 5, 15),
}
NAMED = re.compile(r'"((?:personal|secrecy|link|shape|file)\.[a-z-]+|(?:L|GK-|ZY-)\d+(?:\.empty)?)"')


def word(text: str, severity: Severity | None, layer: Layer, correction: str = "") -> Word:
    return Word(text, severity, layer, correction)


def found(text: str, *words: Word) -> list[str]:
    return [one.text for _, one in Lexicon(words).found_in(text)]


def test_every_rule_of_the_code_stands_in_the_book_and_the_other_way_round() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "app" / "checks").glob("*.py"))
    named = set(NAMED.findall(code))
    of_words = {f"word.{one}" for one in Severity}

    assert named | of_words == RULES.keys()


def test_marks_of_secrecy_are_never_waived_without_the_officer() -> None:
    for name, rule in RULES.items():
        if name.startswith("secrecy.") and rule.severity is Severity.STOP:
            assert rule.waiving is not Waiving.TWO, name
        if rule.severity is not Severity.STOP:
            assert rule.waiving is Waiving.NONE, name
        assert rule.source, name


def test_the_newest_entry_holds() -> None:
    later = {**RULE, "severity": "off", "from": date(2026, 1, 1)}

    assert book([later, RULE])["L1"].severity is None
    assert book([RULE])["L1"].severity is Severity.CONFIRM


@pytest.mark.parametrize("change", [{"severity": "hard"}, {"waiver": "three"}, {"extra": 1}])
def test_a_wrong_entry_is_told_by_its_name(change: dict[str, object]) -> None:
    with pytest.raises(RuntimeError, match="L1"):
        book([{**RULE, **change}])


def test_the_longest_word_is_taken_and_an_allowed_one_hides_what_lies_within() -> None:
    wrong = word("帐号", Severity.CONFIRM, Layer.PLATFORM, "账号")
    longer = word("收款帐号", Severity.STOP, Layer.COUNTY, "收款账号")
    allowed = word("营帐号角", None, Layer.PLATFORM)

    assert found("收款帐号和帐号", wrong, longer) == ["收款帐号", "帐号"]
    assert found("营帐号角，帐号", wrong, allowed) == ["帐号"]


def test_a_unit_may_allow_what_the_county_asks_about_but_not_what_it_stops() -> None:
    asked = word("旧称", Severity.CONFIRM, Layer.COUNTY)
    stopped = word("禁词", Severity.STOP, Layer.COUNTY)

    assert found("旧称", asked, word("旧称", None, Layer.UNIT)) == []
    assert found("禁词", stopped, word("禁词", None, Layer.UNIT)) == ["禁词"]
    assert found("有禁词的话", stopped, word("有禁词的话", None, Layer.UNIT)) == ["禁词"]
    assert found("有禁词的话", stopped, word("有禁词的话", None, Layer.COUNTY)) == []
    assert found("禁词", stopped, word("禁词", Severity.HINT, Layer.UNIT)) == ["禁词"]


def test_the_shipped_words_are_many_and_no_correction_is_itself_wrong() -> None:
    assert len(LEXICON) > 150
    assert {kind.value for kind in WordKind} == {*(one.value for one in Severity), "allow"}
    corrections = [one.correction for _, one in LEXICON.found_in("\n".join(LEXICON.texts()))]
    assert corrections
    assert [one for one in corrections if list(LEXICON.found_in(one))] == []
