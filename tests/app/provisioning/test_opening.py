"""Opening subsites: at once, repeatable, never half (S-40, S-41, ZY-01, ZY-02)."""

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from sqlalchemy import func, select

from app.content.models import Column, Section
from app.core.database import db
from app.core.errors import RuleBroken
from app.front import Front
from app.provisioning.apply import apply_county, kinds
from app.provisioning.faults import ManifestError
from app.provisioning.lists import requests_in
from app.provisioning.opening import open_unit, tenant_by_slug
from app.provisioning.platform import platform_opener
from app.provisioning.requests import spec_of, the_portal
from app.tenancy.models import Host, Tenant
from tests.databases import Database
from tests.worlds import MANIFEST, County


def _open(county: County, name: str, kind: str = "department", slug: str = "", host: str = "") -> str:
    with county.everywhere():
        portal = the_portal()
        spec = spec_of(name, kind, portal, slug=slug, host=host)
        list(open_unit(spec, kinds()[kind], portal, platform_opener()))
    return spec.slug


def test_an_opened_subsite_answers_at_once_in_every_process(county: County, database: Database) -> None:
    """S-40: no restart; another process is another front on the same data."""
    settings = {"SECRET_KEY": "x" * 32, "SCHEME": "http", "PUBLIC_PORT": "", "DATA_DIR": str(database.folder)}
    other = County(Front({**settings, **database.address()}))
    for here in (county, other):
        assert here.visitor("jyj").get("/").status_code == 404

    _open(county, "永嘉县教育局", slug="jyj")

    for here in (county, other):
        assert here.visitor("jyj").get("/").status_code == 200
    for app in (other.front.public, other.front.console):
        with app.app_context():
            db.engine.dispose()


def test_every_page_of_a_new_subsite_answers(county: County) -> None:
    for name, kind in (
        ("永嘉县教育局", "department"),
        ("岩头镇人民政府", "township"),
        ("永嘉县档案馆", "institution"),
    ):
        slug = _open(county, name, kind)
        visitor = county.visitor(slug)
        with county.inside(slug):
            paths = [f"/{one}/" for one in db.session.scalars(select(Column.slug))]
        assert len(paths) > 10
        for path in ("/", "/xxgk/", "/map.html", "/feed.atom", "/sitemap.xml", *paths):
            assert visitor.get(path).status_code == 200, path


def test_disclosure_has_its_four_blocks_in_order_and_the_nodes_of_the_statute(county: County) -> None:
    """GK-02, GK-10."""
    page = county.visitor("qiaotou").get("/xxgk/").text
    found = re.findall(r"<h2[^>]*>\s*(?:<a[^>]*>)?\s*([^<]+?)\s*<", page)
    assert found == ["政府信息公开指南", "政府信息公开制度", "法定主动公开内容", "政府信息公开年报"]

    with county.inside("qiaotou"):
        nodes = db.session.scalars(
            select(Column.source).where(Column.section == Section.DISCLOSURE, Column.block == "statutory")
        ).all()
    assert sum("第二十条" in source for source in nodes) == 15
    assert any("第二十一条" in source for source in nodes)


def test_a_second_run_adds_nothing_and_leaves_what_a_manager_renamed(county: County) -> None:
    with county.inside("slj"):
        column = db.session.scalars(select(Column).where(Column.slug == "tzgg")).one()
        column.title = "水利公告"

    with county.everywhere():
        assert [step.says for step in apply_county(MANIFEST)] == []

    with county.inside("slj"):
        assert db.session.scalar(select(Column.title).where(Column.slug == "tzgg")) == "水利公告"


def test_a_column_that_a_release_adds_comes_to_every_subsite_with_the_next_run(county: County) -> None:
    with county.inside("qiaotou"):
        column = db.session.scalars(select(Column).where(Column.slug == "qtgk")).one()
        db.session.delete(column)

    with county.everywhere():
        said = [step.says for step in apply_county(MANIFEST)]

    assert len(said) == 1
    assert said[0].startswith("+ 栏目 qiaotou：")


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ({"name": ""}, "1 到 60"),
        ({"name": "某" * 61}, "1 到 60"),
        ({"name": "县教育局", "kind": "portal"}, "不存在"),
        ({"name": "县教育局", "slug": "admin"}, "admin"),
        ({"name": "县教育局", "slug": "slj"}, "slj"),
        ({"name": "县教育局", "slug": "s1j"}, "s1j"),
        ({"name": "县教育局", "slug": "-x"}, "-x"),
        ({"name": "县教育局", "slug": "jyj", "host": "jyj.example.com"}, "gov.cn"),
        ({"name": "县教育局", "slug": "jyj", "host": "slj.yj.localhost"}, "已被"),
        ({"name": "县教育局", "slug": "jyj", "host": "a b.gov.cn"}, "写法"),
        ({"name": "县教育局", "slug": "jyj", "host": "console.yj.localhost"}, "后台自己的域名"),
        ({"name": "县教育局", "slug": "jyj", "host": "mail.yj.localhost"}, "保留字"),
        ({"name": "县教育局", "slug": "jyj", "host": "s1j.yj.localhost"}, "容易混淆"),
    ],
)
def test_what_cannot_be_had_is_refused_with_the_reason(
    county: County, asked: dict[str, str], reason: str
) -> None:
    with county.everywhere():
        portal = the_portal()
        with pytest.raises(RuleBroken, match=reason):
            spec_of(**{"kind": "department", **asked}, portal=portal)


@pytest.mark.parametrize("name", ["永嘉县水利局", "县水利局", "水利局", " 水利 局 "])
def test_a_unit_has_one_site(county: County, name: str) -> None:
    """ZY-02, under whichever of its names it comes."""
    with pytest.raises(RuleBroken, match="“永嘉县水利局”已有子站（slj），一个单位只开设一个网站"):
        _open(county, name, slug="shuiliju")


def test_an_independent_unit_says_where_its_site_is(county: County) -> None:
    """S-05: without the address the portal would lead to an empty subsite; the directory names it at once."""
    assert "永嘉县人民医院" not in county.visitor("portal").get("/units/").text
    with county.everywhere():
        portal = the_portal()
        for kind, url in (("independent", ""), ("independent", "yjrmyy.cn"), ("department", "https://a.cn/")):
            with pytest.raises(RuleBroken, match="网址"):
                spec_of("永嘉县人民医院", kind, portal, url=url)
        spec = spec_of("永嘉县人民医院", "independent", portal, url="https://www.yjrmyy.cn/")
        list(open_unit(spec, kinds()["independent"], portal, platform_opener()))
    directory = county.visitor("portal").get("/units/").text
    assert f"/leave?to={quote('https://www.yjrmyy.cn/', safe='')}" in directory


def test_a_refused_opening_leaves_nothing(county: County) -> None:
    with county.everywhere():
        before = (
            db.session.scalar(select(func.count(Tenant.id))),
            db.session.scalar(select(func.count(Host.id))),
        )
    with county.everywhere():
        portal = the_portal()
        spec = spec_of("永嘉县教育局", "department", portal)
        db.session.add(Host(name=spec.hosts[0], tenant_id=portal.id))  # Taken by another in this moment.
        with pytest.raises(RuleBroken, match="已被"):
            list(open_unit(spec, kinds()["department"], portal, platform_opener()))
        db.session.rollback()
    with county.everywhere():
        assert tenant_by_slug("jiaoyuju") is None
        after = (
            db.session.scalar(select(func.count(Tenant.id))),
            db.session.scalar(select(func.count(Host.id))),
        )
    assert before == after


def test_a_list_of_units_tells_each_bad_row_by_its_line(county: County) -> None:
    rows = (
        "县教育局,县直部门,,",
        ",department,,",
        "县司法局,bureau,,",
        "县商务局,department,,",
        "县税务局,department,,",
    )
    text = "\n".join(("name,kind,slug,host", *rows))
    with county.everywhere():
        found = requests_in(text.encode("utf-8-sig"), the_portal())

    assert [(one.line, bool(one.fault)) for one in found] == [
        (2, False),
        (3, True),
        (4, True),
        (5, False),
        (6, False),
    ]
    assert len({one.slug for one in found if not one.fault}) == 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_list_is_read_as_spreadsheets_write_it(county: County, encoding: str) -> None:
    """A Chinese Excel writes GBK unless it is asked for UTF-8, and people write Chinese headings."""
    text = "单位名称,类型,标识,域名,网址\r\n永嘉县教育局,县直部门,,,\r\n某校,独立网站,,,https://a.edu.cn/\r\n"
    with county.everywhere():
        found = requests_in(text.encode(encoding), the_portal())
    assert [(one.name, one.kind, one.url, one.fault) for one in found] == [
        ("永嘉县教育局", "department", "", ""),
        ("某校", "independent", "https://a.edu.cn/", ""),
    ]


def test_a_list_is_judged_as_it_would_be_opened_row_after_row(county: County) -> None:
    """What the preview promises holds: rows that cannot stand beside those above are told before."""
    rows = (
        "县教育局,department,,",
        "永嘉县教育局,department,jyj2,",
        "县司法局,department,abcde1,",
        "县民政局,department,abcdel,",
        "县统计局,department,tjj,tongji.yj.localhost",
        "县信访局,department,xfj,tongji.yj.localhost",
        "县气象局,department,qxj,,多,出",
    )
    with county.everywhere():
        found = requests_in("\n".join(("name,kind,slug,host", *rows)).encode(), the_portal())
    assert [one.line for one in found if one.fault] == [3, 5, 7, 8]
    assert "第 2 行是同一个单位" in found[1].fault
    assert "容易混淆" in found[3].fault
    assert "第 6 行" in found[5].fault
    assert "多出几格" in found[6].fault


@pytest.mark.parametrize(
    "text",
    ["", "甲,乙\n", "名称,name,kind\n", "name\n县教育局\n", "name,kind,colour\nx,y,z\n", "name,kind\n"],
)
def test_a_list_without_its_heading_is_refused_whole(county: County, text: str) -> None:
    with county.everywhere():
        portal = the_portal()
        with pytest.raises(RuleBroken, match="文件"):
            requests_in(text.encode(), portal)


def test_a_missing_manifest_is_one_clear_line(county: County, tmp_path: Path) -> None:
    with county.everywhere(), pytest.raises(ManifestError, match=r"county\.toml"):
        list(apply_county(tmp_path / "county.toml"))
