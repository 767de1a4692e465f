"""Days of mourning turn the chosen subsites grey and back to the minute, kept pages with them (MG-01)."""

import pytest
from freezegun import freeze_time

from tests.app.operations.test_acts import acts
from tests.browser import Browser
from tests.worlds import BUREAU, PORTAL, TOWN, County

PERIOD = {"begins": "2026-12-13T00:00", "ends": "2026-12-14T00:00", "reason": "国家公祭日"}
BEFORE, FIRST, LAST, AFTER = (
    "2026-12-12 15:59:59",
    "2026-12-12 16:00:00",
    "2026-12-13 15:59:59",
    "2026-12-13 16:00:00",
)


def _is_grey(county: County, slug: str, path: str = "/map.html") -> bool:
    return "grey.css" in county.visitor(slug).get(path).text


def _set(county: County, **typed: object) -> Browser:
    operator = county.staff("portal.operator")
    answer = operator.post("/office/mourning/", data={**PERIOD, **typed})
    assert answer.status_code == 303, answer.text
    return operator


def test_mg_01_the_whole_county_is_grey_from_minute_to_minute(county: County) -> None:
    with freeze_time("2026-12-12 02:00:00"):
        _set(county)
    assert acts(county)[0] == "mourning.set"
    for slug in (BUREAU, PORTAL):
        for moment, expected in ((BEFORE, False), (FIRST, True), (LAST, True), (AFTER, False)):
            with freeze_time(moment):
                assert _is_grey(county, slug) is expected, (slug, moment)


def test_mg_01_only_chosen_subsites_turn_and_error_pages_with_them(county: County) -> None:
    with freeze_time("2026-12-12 02:00:00"):
        _set(county, units=[BUREAU])
    with freeze_time(FIRST):
        assert _is_grey(county, BUREAU)
        assert _is_grey(county, BUREAU, "/nothing/")
        assert _is_grey(county, PORTAL, "/u/slj/map.html")
        assert not _is_grey(county, TOWN)
        assert not _is_grey(county, PORTAL)


def test_mg_01_ending_a_period_gives_the_colours_back_at_once(county: County) -> None:
    with freeze_time("2026-12-12 02:00:00"):
        _set(county)
    with freeze_time(FIRST):
        assert _is_grey(county, BUREAU)
        operator = county.staff("portal.operator")
        assert "正在置灰" in operator.get("/office/mourning/").text
        assert operator.post("/office/mourning/end/", data={"id": "1"}).status_code == 303
        assert not _is_grey(county, BUREAU)
        assert acts(county)[0] == "mourning.end"
        assert operator.post("/office/mourning/end/", data={"id": "99"}).status_code == 404


@freeze_time("2026-12-12 02:00:00")
@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"ends": "2026-12-13T00:00"}, "结束时间要晚于开始时间"),
        ({"begins": "2020-01-01T00:00", "ends": "2020-01-02T00:00"}, "已经过去"),
        ({"begins": "明天"}, "请填写开始时间"),
        ({"ends": "9999-12-31T23:59"}, "年份不对"),
        ({"reason": " "}, "请写明依据"),
        ({"units": ["elsewhere"]}, "不属于本县"),
    ],
)
def test_mg_01_what_cannot_be_is_refused_and_nothing_typed_is_lost(
    county: County, typed: dict[str, object], says: str
) -> None:
    sent = {**PERIOD, **typed}

    answer = county.staff("portal.operator").post("/office/mourning/", data=sent)

    assert answer.status_code == 409
    assert says in answer.text
    assert f'value="{sent["begins"]}"' in answer.text
