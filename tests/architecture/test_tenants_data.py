"""What tenants/ says holds together: kinds, the founding county, and its demonstration articles."""

import re
from collections import Counter

import pytest

from app.config import ROOT
from app.provisioning.documents import read_documents
from app.provisioning.manifest import RESERVED_PATHS, read_county, read_kinds
from app.provisioning.specs import UNIT_KINDS, KindSpec
from app.tenancy.naming import fault_of

TENANTS = ROOT / "tenants"
KINDS = read_kinds(TENANTS)
COUNTY = read_county(TENANTS / "yongjia" / "county.toml")
DOCUMENTS = read_documents(TENANTS / "yongjia" / "content")


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_columns_have_addresses_of_their_own(kind: KindSpec) -> None:
    slugs = [column.slug for column in kind.columns]

    assert [slug for slug, count in Counter(slugs).items() if count > 1] == []
    assert set(slugs) & RESERVED_PATHS == set()


@pytest.mark.parametrize("kind", UNIT_KINDS)
def test_what_a_unit_publishes_has_a_place_on_the_portal(kind: str) -> None:
    targets = {column.portal_column for column in KINDS[kind].columns if column.portal_column}

    assert targets
    assert targets <= {column.slug for column in KINDS["portal"].columns}


@pytest.mark.parametrize("kind", ["portal", "township", "department"])
def test_the_nodes_of_the_statute_are_there_from_birth(kind: str) -> None:
    """GK-02: fifteen of article 20; GK-03: a township's set is not a department's."""
    sources = [column.source for column in KINDS[kind].columns if column.block == "statutory"]

    assert sum("第二十条" in source for source in sources) == 15


@pytest.mark.parametrize(
    ("kind", "titles"),
    [
        ("township", "农业农村政策 农田水利 土地承包 宅基地 土地征收 房屋征收 筹资筹劳 社会救助"),
        ("department", "市政建设 公共服务 公益事业 土地征收 房屋征收 治安管理 社会救助"),
    ],
)
def test_a_township_is_not_a_bureau(kind: str, titles: str) -> None:
    """GK-03: the set of article 21 is the township's own, or that of the county's departments."""
    found = [one.title for one in KINDS[kind].columns if "第二十一条" in one.source]

    assert sorted(found) == sorted(titles.split())


def test_every_list_that_is_inspected_has_its_limit() -> None:
    """F4a: news within two weeks, notices and policy documents within half a year."""
    limits = {"news": 14, "notice": 180, "policy": 180}
    for kind in ("portal", "township", "department"):
        for column in KINDS[kind].columns:
            if column.type in limits and column.section == "main" and column.layout == "list":
                assert column.max_gap_days is not None, (kind, column.slug)
                assert column.max_gap_days <= limits[column.type], (kind, column.slug)


def test_the_founding_countys_units_are_all_there_each_with_its_own_host() -> None:
    slugs = [unit.slug for unit in COUNTY.units]
    hosts = [host for unit in COUNTY.units for host in unit.hosts]

    assert len(slugs) >= 54
    assert len(set(slugs)) == len(slugs)
    assert len(set(hosts)) == len(hosts)
    assert [slug for slug in slugs if fault_of(slug)] == []


def test_every_demonstration_article_has_a_column_to_stand_in() -> None:
    kind_of = {unit.slug: unit.kind for unit in COUNTY.tenants}
    for document in DOCUMENTS:
        kind = document.kind or kind_of[document.unit]
        assert KINDS[kind].column(document.column), document.path.name


def test_every_picture_of_the_demonstration_is_shown_and_says_what_it_is() -> None:
    folder = TENANTS / "yongjia" / "content"
    shown = {
        name: says
        for document in DOCUMENTS
        for says, name in re.findall(r"!\[(.*?)\]\((.*?)\)", document.body_markdown)
    }

    assert set(shown) == {path.name for path in folder.glob("*.webp")}
    assert len(shown) >= 5
    assert all(says.startswith("示意图：") for says in shown.values())


def test_the_founding_notice_keeps_its_fields_and_its_words() -> None:
    notice = next(one for one in DOCUMENTS if one.doc_number)

    assert (notice.unit, notice.doc_number, notice.genre) == ("xfb", "永政办发〔2007〕89号", "notice")
    assert (str(notice.formed_on), str(notice.printed_on)) == ("2007-09-11", "2007-09-12")
    for clause in (
        "未建立独立网站的乡镇和部门",
        "67236286",
        "二〇〇七年九月十一日",
        "电子政务 网络 通知",
        "新闻单位",
    ):
        assert clause in notice.body_markdown
