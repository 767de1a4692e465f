"""A broken manifest names file, key and what is expected; nothing is half read."""

import re
import shutil
from pathlib import Path

import pytest

from app.config import ROOT
from app.provisioning.documents import read_document
from app.provisioning.faults import ManifestError
from app.provisioning.manifest import read_county, read_kinds
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
        ("demo = true", "", "demo"),  # ZY-01: a domain that leads nowhere is a demonstration's
        ("demo = true", 'demo = true\ncolour = "red"', "colour"),
        ("[county]", "[county", "第 "),
    ],
)
def test_a_broken_county_names_its_key(tmp_path: Path, old: str, new: str, key: str) -> None:
    assert old in COUNTY

    with pytest.raises(ManifestError) as refused:
        read_county(_written(tmp_path, COUNTY.replace(old, new)))

    assert "county.toml" in str(refused.value)
    assert key in str(refused.value)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("[county]", "[county", "方括号没有闭合"),
        ("demo = true", "demo true", "键后面缺少等号"),
        ("demo = true", "demo = true\ndemo = true", "写了两次"),
        ("demo = true", "demo = 是", "值的写法不对"),
        ("opened = 2005", 'opened = "去年"', "应为 1994 到 2100 的整数"),
    ],
)
def test_what_is_wrong_is_said_in_chinese(tmp_path: Path, old: str, new: str, says: str) -> None:
    with pytest.raises(ManifestError, match=says) as refused:
        read_county(_written(tmp_path, COUNTY.replace(old, new, 1)))
    said = str(refused.value).rpartition(".toml：")[2]
    assert not re.search(r"[A-Z][a-z]+ ", said), said


@pytest.mark.parametrize(
    ("row", "key"),
    [
        ("slj,永嘉县教育局,department,教育局,,", "slug"),
        ("jyj,永嘉县水利局,department,教育局,,", "name"),
        ("jyj,,department,教育局,,", "name"),
        ("jyj,永嘉县教育局,bureau,教育局,,", "kind"),
        ("admin,永嘉县教育局,department,教育局,,", "slug"),
        ("jyj,永嘉县教育局,department", ""),
    ],
)
def test_a_broken_row_is_told_by_its_line(tmp_path: Path, row: str, key: str) -> None:
    with pytest.raises(ManifestError) as refused:
        read_county(_written(tmp_path, units=f"{UNITS}{row}\n"))

    assert {fault.path.name for fault in refused.value.faults} == {"units.csv"}
    assert refused.value.key == f"第 5 行 {key}".strip()


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [("phone", "telephone", "telephone"), ("phone", "address", "重复"), ("kind", "phone", "缺少 kind")],
)
def test_a_wrong_head_is_told_before_any_row(tmp_path: Path, old: str, new: str, says: str) -> None:
    with pytest.raises(ManifestError, match=says) as refused:
        read_county(_written(tmp_path, units=UNITS.replace(f",{old},", f",{new},", 1)))

    assert (refused.value.path.name, refused.value.key) == ("units.csv", "第 1 行")


@pytest.mark.parametrize(
    "host", ["slj.yj.localhost", "www.yj.localhost", "console.yj.localhost", "jyj.example.com"]
)
def test_a_host_is_one_units_and_under_the_countys_domain(tmp_path: Path, host: str) -> None:
    head, *rows = UNITS.splitlines()
    rows = [f"{row}," for row in rows] + [f"jyj,永嘉县教育局,department,,,,{host}"]

    with pytest.raises(ManifestError, match=host) as refused:
        read_county(_written(tmp_path, units="\n".join([f"{head},hosts", *rows])))

    assert refused.value.key == "第 5 行 hosts"


@pytest.mark.parametrize(
    ("slug", "target", "key"),
    [("gzdt", "", "column gzdt"), ("zzz", "nowhere", "column zzz.portal_column"), ("search", "", ".slug")],
)
def test_a_kind_with_a_column_that_cannot_stand_is_refused(
    tmp_path: Path, slug: str, target: str, key: str
) -> None:
    tenants = Path(shutil.copytree(ROOT / "tenants", tmp_path / "tenants"))
    file = tenants / "kinds" / "township.toml"
    column = f'[[column]]\nslug = "{slug}"\ntitle = "新栏目"\ntype = "news"\nportal_column = "{target}"\n'
    file.write_text(f"{file.read_text('utf-8')}\n{column}", "utf-8")

    with pytest.raises(ManifestError) as refused:
        read_kinds(tenants)

    assert [fault.path.name for fault in refused.value.faults] == ["township.toml"]
    assert refused.value.key.endswith(key)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(ManifestError) as refused:
        read_county(_written(tmp_path, COUNTY.replace("3303240001", "33"), f"{UNITS}x,,bureau,,,\n"))

    assert len(refused.value.faults) >= 2


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16"])
def test_another_encoding_is_read_or_refused_clearly(tmp_path: Path, encoding: str) -> None:
    with pytest.raises(ManifestError, match=r"county\.toml"):
        read_county(_written(tmp_path, encoding=encoding))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("没有标题的文件", "第 1 行"),
        ("---\ncolumn: tzgg\n---\n正文", "title"),
        ("---\ntitle: 题\nsize: 1\n---\n正文", "第 3 行 size"),
        ("---\ntitle: 题\ntitle: 题\n---\n正文", "第 3 行 title"),
        ("---\ntitle: 题\nformed_on: 去年\n---\n正文", "formed_on"),
        ("---\ntitle: 题\nformed_on: 2007-02-30\n---\n正文", "formed_on"),
        ("---\ntitle: 题\nformed_on: 2007-09-12\nprinted_on: 2007-09-11\n---\n正文", "printed_on"),
        ("---\ntitle: 题\n---\n", "正文"),
        ("---\ntitle: 题\ngenre: poem\n---\n正文", "genre"),
        ("---\ntitle: 题\nunit: kind:bureau\n---\n正文", "unit"),
        ("---\ntitle: 题\n", ""),
    ],
)
def test_a_broken_document_is_refused_by_name_and_key(tmp_path: Path, text: str, key: str) -> None:
    file = tmp_path / "notice.md"
    file.write_text(text, "utf-8")

    with pytest.raises(ManifestError) as refused:
        read_document(file)

    assert [(fault.path.name, fault.key) for fault in refused.value.faults] == [("notice.md", key)]


def test_a_document_in_another_encoding_is_told_by_its_line(tmp_path: Path) -> None:
    file = tmp_path / "notice.md"
    file.write_text("---\ntitle: 题\n---\n正文", "gb18030")

    with pytest.raises(ManifestError, match="另存为 UTF-8") as refused:
        read_document(file)

    assert refused.value.key == "第 2 行"


def test_a_plain_text_file_keeps_its_lines_as_paragraphs(tmp_path: Path) -> None:
    file = tmp_path / "notice.txt"
    file.write_text("---\ntitle: 题\n---\n第一段 *不是* 重点\n\n第二段", "utf-8")

    assert "第二段" in read_document(file).body_markdown
