"""What an inspector would find: shown on the unit's desk, led to where it is mended, gone when it is."""

from app.inspection.findings import SOURCES, by_rule, findings
from app.web.findings import Finding
from tests.worlds import BUREAU, TOWN, County


def test_findings_stand_on_the_desk_and_lead_to_where_they_are_mended(county: County) -> None:
    """S-17 and GK-02: a new unit has no signed profile and nothing in its statutory nodes."""
    editor = county.staff("slj.editor")
    desk, page = editor.get("/slj/").text, editor.get("/slj/findings").text
    with county.inside(BUREAU):
        found = findings()

    assert {"S-17", "GK-02"} <= {one.rule for one in found}
    assert f'<span class="count">{len(found)}</span>' in desk
    assert page.count('class="what"') == len(found)
    for one in found:
        if one.path:
            assert editor.get(f"/slj/{one.path.partition('#')[0]}").status_code == 200, one.path


def test_every_area_of_disclosure_has_its_say(county: County) -> None:
    with county.inside(TOWN):
        assert [source.__name__.split(".")[1] for source in SOURCES] == [
            "participation",
            "documents",
            "disclosure",
            "profile",
        ]
        assert findings() == [one for source in SOURCES for one in source.findings()]


def test_findings_are_grouped_in_the_order_of_their_first() -> None:
    found = [Finding("GK-02", "甲"), Finding("S-17", "乙"), Finding("GK-02", "丙")]

    assert [(rule, [one.what for one in of_rule]) for rule, of_rule in by_rule(found)] == [
        ("GK-02", ["甲", "丙"]),
        ("S-17", ["乙"]),
    ]
