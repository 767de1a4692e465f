"""A broken manifest names file, key and what is expected; nothing is half read."""

from pathlib import Path

import pytest

from app.provisioning.documents import read_document
from app.provisioning.faults import ManifestError
from app.provisioning.manifest import read_county
from tests.worlds import MANIFEST

COUNTY = MANIFEST.read_text("utf-8")
UNITS = MANIFEST.with_name("units.csv").read_text("utf-8")


def _written(folder: Path, county: str = COUNTY, units: str = UNITS, encoding: str = "utf-8") -> Path:
    (folder / "units.csv").write_text(units, encoding)
    (folder / "county.toml").write_text(county, encoding)
    return folder / "county.toml"


def test_a_good_one_is_read_whole(tmp_path: Path) -> None:
    county = read_county(_written(tmp_path, units="\ufeff" + UNITS))

    assert (county.name, county.site_name, county.opened) == ("永嘉县", "中国永嘉", 2005)
    assert county.units[0].hosts == ("slj.yj.localhost",)
    assert [unit.kind for unit in county.units] == ["department", "township", "institution"]


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('name = "永嘉县"', "", "name"),
        ("opened = 2005", 'opened = "去年"', "opened"),
        ('site_code = "3303240001"', 'site_code = "33"', "site_code"),  # ZY-08
        ('domain = "yj.localhost"', 'domain = "yj.example.com"', "domain"),  # ZY-01
        ("demo = true", 'demo = true\ncolour = "red"', "colour"),
        ("[county]", "[county", ""),
    ],
)
def test_a_broken_county_names_its_key(tmp_path: Path, old: str, new: str, key: str) -> None:
    assert old in COUNTY

    with pytest.raises(ManifestError) as refused:
        read_county(_written(tmp_path, COUNTY.replace(old, new)))

    assert "county.toml" in str(refused.value)
    assert key in str(refused.value)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("slj,永嘉县教育局,department,教育局,,", "slj"),
        ("jyj,,department,教育局,,", "5"),
        ("jyj,永嘉县教育局,bureau,教育局,,", "kind"),
        ("admin,永嘉县教育局,department,教育局,,", "admin"),
    ],
)
def test_a_broken_row_is_told_by_its_line(tmp_path: Path, row: str, says: str) -> None:
    with pytest.raises(ManifestError) as refused:
        read_county(_written(tmp_path, units=f"{UNITS}{row}\n"))

    assert "units.csv" in str(refused.value)
    assert "5" in str(refused.value)
    assert says in str(refused.value)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(ManifestError) as refused:
        read_county(_written(tmp_path, COUNTY.replace("3303240001", "33"), f"{UNITS}x,,bureau,,,\n"))

    assert len(refused.value.faults) >= 2


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16"])
def test_another_encoding_is_read_or_refused_clearly(tmp_path: Path, encoding: str) -> None:
    with pytest.raises(ManifestError, match=r"county\.toml"):
        read_county(_written(tmp_path, encoding=encoding))


@pytest.mark.parametrize(
    "text",
    [
        "没有标题的文件",
        "---\ncolumn: tzgg\n---\n正文",
        "---\ntitle: 题\nsize: 1\n---\n正文",
        "---\ntitle: 题\nformed_on: 去年\n---\n正文",
        "---\ntitle: 题\n---\n",
        "---\ntitle: 题\ngenre: poem\n---\n正文",
        "---\ntitle: 题\n",
    ],
)
def test_a_broken_document_is_refused_by_name(tmp_path: Path, text: str) -> None:
    file = tmp_path / "notice.md"
    file.write_text(text, "utf-8")

    with pytest.raises(ManifestError, match=r"notice\.md"):
        read_document(file)


def test_a_plain_text_file_keeps_its_lines_as_paragraphs(tmp_path: Path) -> None:
    file = tmp_path / "notice.txt"
    file.write_text("---\ntitle: 题\n---\n第一段 *不是* 重点\n\n第二段", "utf-8")

    assert "第二段" in read_document(file).body_markdown
