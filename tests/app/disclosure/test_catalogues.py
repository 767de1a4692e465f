"""The catalogues in tenants/catalogue/ hold together with the kinds, and are read whole or not at all."""

import shutil
from collections import Counter
from pathlib import Path

import pytest

from app.config import ROOT
from app.core.errors import RuleBroken
from app.disclosure.catalogues import read_catalogues
from app.provisioning.manifest import read_kinds

TENANTS = ROOT / "tenants"
CATALOGUES = read_catalogues(TENANTS / "catalogue")
KINDS = read_kinds(TENANTS)


def test_there_are_the_26_areas_and_no_two_rows_of_one_code() -> None:
    codes = [row.code for row in CATALOGUES.basic]
    codes += [row.code for area in CATALOGUES.areas for row in area.rows]

    assert len({area.slug for area in CATALOGUES.areas}) == len(CATALOGUES.areas) == 26
    assert [code for code, count in Counter(codes).items() if count > 1] == []
    assert all(area.rows for area in CATALOGUES.areas)


@pytest.mark.parametrize("kind", ["portal", "township", "department", "institution"])
def test_each_kind_has_a_basic_catalogue_whose_rows_lead_to_its_columns(kind: str) -> None:
    slugs = {column.slug for column in KINDS[kind].columns}
    rows = [row for row in CATALOGUES.basic if kind in row.kinds]

    assert len(rows) >= 10
    assert {row.first for row in rows} >= {"机构信息", "特定事项"}
    assert [row.code for row in rows if row.column not in slugs] == []


@pytest.mark.parametrize(
    ("name", "kind", "areas"),
    [
        ("永嘉县教育局", "department", {"ywjy"}),
        ("永嘉县人民政府办公室", "department", set()),
        ("永嘉县应急管理局", "department", {"aqsc", "jz"}),
    ],
)
def test_an_area_is_kept_by_the_units_whose_names_say_so(name: str, kind: str, areas: set[str]) -> None:
    assert {row.area for row in CATALOGUES.rows_for(kind, name)} - {""} == areas


def test_a_township_keeps_what_is_done_at_its_level() -> None:
    rows = list(CATALOGUES.rows_for("township", "桥头镇人民政府"))

    assert {"shjz", "ylfw", "snbt"} <= {row.area for row in rows}
    assert "hjgl" not in {row.area for row in rows}
    assert "independent" not in {kind for row in CATALOGUES.basic for kind in row.kinds}


@pytest.mark.parametrize(
    ("was", "is_now", "error"),
    [
        ('deadline = "20wd"', 'deadline = "soon"', RuleBroken),
        ('code = "0101"', 'code = "../x"', ValueError),
        ('level = "both"', 'level = "moon"', ValueError),
        ('second = "机构职能"', "", TypeError),
    ],
)
def test_a_fault_of_the_data_is_not_passed_over(
    tmp_path: Path, was: str, is_now: str, error: type[Exception]
) -> None:
    folder = tmp_path / "catalogue"
    shutil.copytree(TENANTS / "catalogue", folder)
    text = (folder / "basic.toml").read_text("utf-8")
    assert was in text
    (folder / "basic.toml").write_text(text.replace(was, is_now, 1), "utf-8")

    with pytest.raises(error):
        read_catalogues(folder)
