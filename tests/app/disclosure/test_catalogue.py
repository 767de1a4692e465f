"""A unit's catalogue: there from birth, kept in a form, and shown to visitors with its articles."""

import re
from typing import Any

import pytest
from freezegun import freeze_time
from sqlalchemy import func, select

from app.accounts.models import Account
from app.audit.models import AuditRow
from app.content.models import Article, Column
from app.content.states import ArticleState
from app.core.database import db
from app.disclosure.catalogues import catalogues
from app.disclosure.editing import add_missing
from app.disclosure.models import CatalogueRow, RowArticle
from app.publishing import endings
from app.web.paging import PER_PAGE
from tests.browser import Browser
from tests.worlds import BUREAU, LIBRARY, PORTAL, TOWN, County

DESK = f"/{BUREAU}/disclosure/catalogue/"
FORM: dict[str, Any] = {
    "area": "",
    "first": "水利工程",
    "second": "水库巡查",
    "content": "巡查安排、巡查结果",
    "basis": "水库大坝安全管理条例",
    "deadline": "wd",
    "number": "7",
    "channels": ["web", "board"],
    "audience": "库区村民",
    "mode": "open",
    "level": "county",
    "column_id": "0",
}


@pytest.fixture
def editor(county: County) -> Browser:
    return county.staff(f"{BUREAU}.editor")


def row_of(county: County, code: str, unit: str = BUREAU) -> CatalogueRow:
    with county.inside(unit):
        row = db.session.scalars(select(CatalogueRow).where(CatalogueRow.code == code)).one()
        db.session.expunge(row)
        return row


def form_of(county: County, code: str) -> dict[str, Any]:
    """Return what the form of a row would send unchanged."""
    row = row_of(county, code)
    return {
        **FORM,
        **{name: getattr(row, name) for name in ("first", "second", "content", "basis", "audience")},
        "number": "20",
        "base": str(row.version),
        "channels": row.channels.split(),
        "level": row.level.value,
        "column_id": str(row.column_id or 0),
    }


def test_rows_are_there_from_birth_and_a_second_run_brings_none_back(county: County) -> None:
    """Rules 1.10: apply only adds; what the unit retired or changed stays so."""
    counts = {}
    for unit in (BUREAU, TOWN, LIBRARY, PORTAL):
        with county.inside(unit) as tenant:
            counts[unit] = db.session.scalar(select(func.count(CatalogueRow.id))) or 0
            row = db.session.scalars(select(CatalogueRow).limit(1)).one()
            row.second = "单位改过的"
            assert add_missing(catalogues().rows_for(tenant.kind, tenant.unit)) == 0
    assert counts[TOWN] > counts[BUREAU] > counts[LIBRARY] >= 10


def test_a_row_is_added_with_all_its_fields_and_shown_at_once(county: County, editor: Browser) -> None:
    visitor = county.visitor()
    assert "水库巡查" not in visitor.get("/xxgk/catalogue/").text

    page = editor.post(DESK, data=FORM, follow_redirects=True).text

    assert "编号 z001" in page
    shown = visitor.get("/xxgk/catalogue/").text
    for said in (
        *("水利工程", "水库巡查", "巡查安排、巡查结果", "水库大坝安全管理条例", "特定群体：库区村民"),
        *(
            "自信息形成或者变更之日起 7 个工作日内",
            "政府网站、社区、企事业单位、村公示栏（电子屏）",
            "主动公开",
        ),
    ):
        assert said in shown, said
    assert "水库巡查" in visitor.get("/xxgk/catalogue/z001/").text
    assert "水库巡查" not in county.visitor(TOWN).get("/xxgk/catalogue/").text


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"second": " "}, "请填写二级事项"),
        ({"second": "长" * 61}, "最多 60 个字"),
        ({"deadline": "soon"}, "请选择列出的公开时限"),
        ({"number": ""}, "天数应为 1 到 60"),
        ({"number": "二十"}, "请填写阿拉伯数字"),
        ({"number": "99999999999999999999"}, "请填写阿拉伯数字"),
        ({"deadline": "yearly", "month": "2", "day": "30"}, "请填写真实的月和日"),
        ({"channels": []}, "请至少选一个公开渠道"),
        ({"channels": ["web", "pigeon"]}, "请至少选一个公开渠道"),
        ({"mode": "secret"}, "请选择主动公开或者依申请公开"),
        ({"level": ""}, "请选择公开层级"),
        ({"area": "nowhere"}, "请选择列出的领域"),
        ({"column_id": "999999"}, "请选择本单位的栏目"),
        ({"column_id": "x"}, "请选择本单位的栏目"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_typed_is_lost(
    county: County, editor: Browser, wrong: dict[str, Any], told: str
) -> None:
    answer = editor.post(DESK, data={**FORM, **wrong})

    assert answer.status_code == 422
    assert told in answer.text
    assert "水库大坝安全管理条例" in answer.text
    with county.inside(BUREAU):
        assert not db.session.scalars(select(CatalogueRow).where(CatalogueRow.code.startswith("z0"))).all()


def test_a_column_of_another_unit_is_none_to_choose(county: County, editor: Browser) -> None:
    with county.inside(TOWN):
        foreign = db.session.scalars(select(Column.id).where(Column.slug == "tzgg")).one()

    assert editor.post(DESK, data={**FORM, "column_id": str(foreign)}).status_code == 422


def test_a_change_makes_a_new_version_with_what_was_before(county: County, editor: Browser) -> None:
    row, form = row_of(county, "0101"), form_of(county, "0101")

    same = editor.post(f"{DESK}{row.id}/edit", data=form, follow_redirects=True).text
    page = editor.post(
        f"{DESK}{row.id}/edit", data={**form, "second": "机构职能和编制"}, follow_redirects=True
    ).text

    assert "没有改动" in same
    assert "第 2 版" in page
    assert 'value="机构职能和编制"' in editor.get(f"{DESK}{row.id}/edit").text
    with county.inside(BUREAU):
        act = db.session.scalars(select(AuditRow).where(AuditRow.act == "catalogue.change")).one()
        assert "机构职能和编制" in str(vars(act))


def test_who_saves_second_is_told_and_loses_nothing(county: County, editor: Browser) -> None:
    row, form = row_of(county, "0101"), form_of(county, "0101")
    path = f"{DESK}{row.id}/edit"
    editor.post(path, data={**form, "second": "先保存的"})

    refused = county.staff(f"{BUREAU}.manager").post(path, data={**form, "second": "后保存的"})

    assert refused.status_code == 409
    assert "刚刚有人改过这一行，现在是第 2 版" in refused.text
    assert 'value="后保存的"' in refused.text
    assert row_of(county, "0101").second == "先保存的"
    for base in ("", "x", "9" * 30):
        assert editor.post(path, data={**form, "base": base}).status_code == 409


def test_a_retired_row_leaves_the_catalogue_and_its_address_answers(county: County, editor: Browser) -> None:
    row, visitor = row_of(county, "0502"), county.visitor()
    assert row.second in visitor.get("/xxgk/catalogue/").text

    editor.post(f"{DESK}{row.id}/retire", data={})

    assert row.second not in visitor.get("/xxgk/catalogue/").text
    assert "已不在现行目录中" in visitor.get("/xxgk/catalogue/0502/").text
    assert editor.post(f"{DESK}{row.id}/retire", data={}).status_code == 409
    editor.post(f"{DESK}{row.id}/restore", data={})
    assert row.second in visitor.get("/xxgk/catalogue/").text


def test_a_row_leads_to_its_columns_articles_and_to_those_put_under_it(
    county: County, editor: Browser
) -> None:
    """Rules 1.10: each row leads to its articles, whatever their column; drafts are never shown."""
    row, visitor = row_of(county, "0502"), county.visitor()
    county.an_article(column="xzcf", title="处罚决定书公示", state=ArticleState.PUBLISHED)
    notice = county.an_article(title="执法检查结果", state=ArticleState.PUBLISHED)
    draft = county.an_article(title="还在写的处罚")
    assert "执法检查结果" in editor.get(f"{DESK}{row.id}?words=检查").text

    for article in (notice, notice, draft):
        editor.post(f"{DESK}{row.id}/articles/{article}", data={})

    page = visitor.get(row.path).text
    assert "处罚决定书公示" in page
    assert "执法检查结果" in page
    assert "还在写的处罚" not in page
    assert ">2 条<" in visitor.get("/xxgk/catalogue/").text
    with county.inside(BUREAU):
        assert db.session.scalar(select(func.count(RowArticle.id))) == 2
    editor.post(f"{DESK}{row.id}/articles/{notice}/remove", data={})
    assert "执法检查结果" not in visitor.get(row.path).text


def test_an_article_is_put_under_rows_from_its_own_page(county: County, editor: Browser) -> None:
    article = county.an_article(column="xzcf", title="处罚决定书公示", state=ArticleState.PUBLISHED)
    own, other, third = (row_of(county, code) for code in ("0502", "0101", "0102"))
    path = f"/{BUREAU}/articles/{article}/catalogue"
    assert f'href="{path}"' in editor.get(f"/{BUREAU}/articles/{article}").text
    assert "按栏目自动归入" in editor.get(path).text

    for chosen in ([other.id, third.id], [other.id, own.id, 2_000_000_000, "x"], [other.id]):
        editor.post(path, data={"row": chosen})

    assert "处罚决定书公示" in county.visitor().get(other.path).text
    assert "处罚决定书公示" not in county.visitor().get(third.path).text
    assert re.search(rf'value="{other.id}" checked', editor.get(path).text)
    with county.inside(BUREAU):
        assert list(db.session.scalars(select(RowArticle.row_id))) == [other.id]
        acts = select(AuditRow.act).where(AuditRow.act.startswith("catalogue.")).order_by(AuditRow.id)
        assert list(db.session.scalars(acts)) == ["catalogue.tag", "catalogue.tag", "catalogue.untag"]
    signer = county.staff(f"{BUREAU}.leader")
    assert signer.get(path).status_code == 403
    assert f'href="{path}"' not in signer.get(f"/{BUREAU}/articles/{article}").text


def test_a_withdrawn_article_leaves_its_row_at_once(county: County, editor: Browser) -> None:
    row, visitor = row_of(county, "0502"), county.visitor()
    notice = county.an_article(title="执法检查结果", state=ArticleState.PUBLISHED)
    editor.post(f"{DESK}{row.id}/articles/{notice}", data={})
    assert "执法检查结果" in visitor.get(row.path).text

    with county.inside(BUREAU):
        article = db.session.scalars(select(Article).where(Article.id == notice)).one()
        signer = db.session.scalars(select(Account).where(Account.login == f"{BUREAU}.signer")).one()
        endings.withdraw(article, signer, revision=article.head_id or 0, reason="内容有误")

    assert "执法检查结果" not in visitor.get(row.path).text
    assert editor.post(f"{DESK}{row.id}/articles/{notice}", data={}).status_code == 409


def test_another_units_article_is_not_put_under_a_row(county: County, editor: Browser) -> None:
    row = row_of(county, "0502")
    foreign = county.an_article(TOWN, state=ArticleState.PUBLISHED)

    assert editor.post(f"{DESK}{row.id}/articles/{foreign}", data={}).status_code == 404


def test_the_catalogue_is_paged_under_a_row_and_printable_as_one_page(county: County) -> None:
    visitor = county.visitor()
    page = visitor.get("/xxgk/catalogue/").text

    assert len(re.findall(r"<thead>", page)) == 1
    assert len(re.findall(r"<h1", page)) == 1
    for path, status in (("0101/", 200), ("nowhere/", 404), ("0101/?page=2", 404), ("0101/?page=x", 404)):
        assert visitor.get(f"/xxgk/catalogue/{path}").status_code == status, path


def test_the_portals_row_shows_what_its_units_have_published(county: County) -> None:
    county.an_article(column="xzcf", title="处罚决定书公示", state=ArticleState.PUBLISHED)

    page = county.visitor(PORTAL).get("/xxgk/catalogue/0502/").text

    assert "处罚决定书公示" in page
    assert "永嘉县水利局" in page


def test_the_portals_row_shows_what_was_put_under_it_by_hand_too(county: County) -> None:
    """Number and list agree on every page, and the newest stands first whichever way it came."""
    row = row_of(county, "0502", PORTAL)
    titles = [f"第{number}次通报" for number in range(PER_PAGE + 1)]
    for number, title in enumerate(titles):
        with freeze_time(f"2026-11-0{1 + number // 10} 01:0{number % 10}:00"):
            if number in (1, PER_PAGE - 1):
                by_hand = county.an_article(PORTAL, title=title, state=ArticleState.PUBLISHED)
                path = f"/{PORTAL}/disclosure/catalogue/{row.id}/articles/{by_hand}"
                assert county.staff(f"{PORTAL}.editor").post(path, data={}).status_code == 303
            else:
                county.an_article(column="xzcf", title=title, state=ArticleState.PUBLISHED)

    visitor = county.visitor(PORTAL)
    first, second = visitor.get(row.path).text, visitor.get(f"{row.path}?page=2").text

    assert f">{PER_PAGE + 1} 条<" in visitor.get("/xxgk/catalogue/").text
    shown = [list(dict.fromkeys(re.findall(r"第\d+次通报", page))) for page in (first, second)]
    assert shown == [titles[:0:-1], titles[:1]]


def test_words_of_a_row_are_text_and_no_markup(county: County, editor: Browser) -> None:
    editor.post(DESK, data={**FORM, "second": "<b onclick=x>巡查</b>", "content": "'\"><script>x</script>"})

    page = county.visitor().get("/xxgk/catalogue/").text

    assert "<b onclick" not in page
    assert "<script>x" not in page
