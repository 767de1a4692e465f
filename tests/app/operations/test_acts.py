"""What the office does shows on the subsite and on the portal with the next request."""

import csv
import io
from typing import Any

import pytest
from sqlalchemy import select

from app.accounts.models import Account, AccountState, Membership
from app.audit.models import AuditRow
from app.audit.services import flaws
from app.content.models import Column
from app.content.states import ArticleState
from app.core.database import db
from app.operations.codes import fault_of_credit_code
from app.portal.models import PortalEntry
from app.tenancy.models import Host, Tenant
from tests.browser import Browser
from tests.worlds import BUREAU, PORTAL, TOWN, County

NOTICES = "/tzgg/"


@pytest.fixture
def operator(county: County) -> Browser:
    """Return the operator's browser."""
    return county.staff("portal.operator")


def tenant_id(county: County, slug: str) -> int:
    with county.everywhere():
        return db.session.scalars(select(Tenant.id).where(Tenant.slug == slug)).one()


def acts(county: County) -> list[str]:
    with county.everywhere():
        return list(db.session.scalars(select(AuditRow.act).order_by(AuditRow.id.desc()).limit(3)))


def send(operator: Browser, address: str, **data: Any) -> str:
    """Send an act; return the page that the operator sees after it."""
    answer = operator.post(f"/office/{address}/", data=data, follow_redirects=True)
    assert answer.status_code == 200
    return answer.text


def change(operator: Browser, unit_id: int, **fields: str) -> str:
    """Change a unit, other fields as they are."""
    data = {"name": "永嘉县水利局", "unit": "永嘉县水利局", **fields}
    answer = operator.post(
        "/office/units/edit/", query_string={"id": unit_id}, data=data, follow_redirects=True
    )
    return answer.text


def test_a_renamed_unit_follows_everywhere(county: County, operator: Browser) -> None:
    """S-38: its own pages, the portal's directory and lists; pages kept before are not served again."""
    county.an_article(state=ArticleState.PUBLISHED)
    visitor, reader = county.visitor(), county.visitor(PORTAL)
    before = [
        visitor.get("/").text,
        reader.get("/").text,
        reader.get("/units/").text,
        reader.get(NOTICES).text,
    ]
    assert all("永嘉县水利局" in page for page in before)
    assert "已" in change(operator, tenant_id(county, BUREAU), name="永嘉县水务局", unit="永嘉县水务局")
    after = [visitor.get("/").text, reader.get("/units/").text, reader.get(NOTICES).text]
    assert all("永嘉县水务局" in page for page in after)
    assert "unit.change" in acts(county)
    with county.everywhere():
        assert list(flaws(tenant_id(county, PORTAL))) == []


def test_the_footer_changes_with_the_next_request(county: County, operator: Browser) -> None:
    """ZY-09: what a unit leaves empty is its portal's; the portal's change reaches its units."""
    visitor = county.visitor()
    assert "3303240001" in visitor.get("/").text
    change(operator, tenant_id(county, BUREAU), site_code="3303240099")
    assert "3303240099" in visitor.get("/").text
    town = county.visitor(TOWN)
    assert "浙ICP备11111111号" not in town.get("/").text
    change(
        operator,
        tenant_id(county, PORTAL),
        name="中国永嘉",
        unit="永嘉县人民政府办公室",
        icp="浙ICP备11111111号",
    )
    assert "浙ICP备11111111号" in town.get("/").text


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("site_code", "12345", "网站标识码应为 10 位数字"),
        ("credit_code", "123", "18 位"),
        ("credit_code", "113303240000000000", "校验位"),
        ("unit", "桥头镇人民政府", "一个单位只开设一个网站"),
        ("name", "", "请填写子站名称"),
        ("name", "长" * 61, "最多 60 个字"),
    ],
)
def test_wrong_identities_are_refused_and_kept_in_the_form(
    county: County, operator: Browser, field: str, value: str, reason: str
) -> None:
    """ZY-02, ZY-08."""
    page = change(operator, tenant_id(county, BUREAU), phone="0577-1", **{field: value})
    assert reason in page
    assert 'value="0577-1"' in page
    with county.everywhere():
        assert db.session.scalars(select(Tenant.phone).where(Tenant.slug == BUREAU)).one() == ""


def test_one_credit_code_is_one_sites(county: County, operator: Browser) -> None:
    """ZY-02."""
    code = "11330324002574125X"
    code = next(code[:17] + last for last in "0123456789ABCDEFGHJKLMNPQRTUWXY" if _is_code(code[:17] + last))
    change(operator, tenant_id(county, BUREAU), credit_code=code)
    page = change(operator, tenant_id(county, TOWN), name="桥头镇", unit="桥头镇人民政府", credit_code=code)
    assert "统一社会信用代码已用于“永嘉县水利局”（slj）" in page


def _is_code(code: str) -> bool:
    return fault_of_credit_code(code) is None


def test_a_closed_subsite_is_gone_and_comes_back(county: County, operator: Browser) -> None:
    """410 on its host, nothing of it on the portal; reopening brings all of it back."""
    county.an_article(state=ArticleState.PUBLISHED, title="河道清淤通知")
    unit_id = tenant_id(county, BUREAU)
    visitor, reader = county.visitor(), county.visitor(PORTAL)
    assert "河道清淤通知" in reader.get(NOTICES).text
    assert "请写明关停的理由" in send(operator, "units/close", id=unit_id, reason=" ")
    assert visitor.get("/").status_code == 200
    assert "已关停" in send(operator, "units/close", id=unit_id, reason="机构改革撤销")
    assert visitor.get("/").status_code == 410
    assert "河道清淤通知" not in reader.get(NOTICES).text
    assert "永嘉县水利局" not in reader.get("/units/").text
    assert "已重新开通" in send(operator, "units/reopen", id=unit_id)
    assert visitor.get("/").status_code == 200
    assert "河道清淤通知" in reader.get(NOTICES).text
    assert acts(county)[0] == "unit.reopen"


def test_closing_one_source_leaves_the_other(county: County, operator: Browser) -> None:
    """S-09: a text that two units published stands for the other when the first is closed."""
    body = "<p>全县河道统一清淤，望周知。</p>"
    for slug in (BUREAU, TOWN):
        county.an_article(slug, state=ArticleState.PUBLISHED, title="联合通知", body=body)
    reader = county.visitor(PORTAL)
    assert reader.get(NOTICES).text.count("联合通知") >= 1
    send(operator, "units/close", id=tenant_id(county, BUREAU), reason="撤并")
    page = reader.get(NOTICES).text
    assert "联合通知" in page
    assert "qiaotou.yj.localhost" in page
    send(operator, "units/reopen", id=tenant_id(county, BUREAU))
    with county.everywhere():
        assert all(db.session.scalars(select(PortalEntry.is_listed)))


def test_the_portal_is_not_closed_here(county: County, operator: Browser) -> None:
    assert "县门户不能" in send(operator, "units/close", id=tenant_id(county, PORTAL), reason="试")


def test_hosts_are_added_promoted_and_removed(county: County, operator: Browser) -> None:
    """DESIGN 1: one primary, the others lead to it; each change holds with the next request."""
    new = Browser(county.front, host="shuili.yj.localhost")
    assert new.get("/").status_code == 404
    send(operator, "hosts/new", unit="永嘉县水利局（slj）", name="Shuili.YJ.localhost.")
    answer = new.get("/tzgg/")
    assert (answer.status_code, answer.location) == (308, "http://slj.yj.localhost/tzgg/")
    with county.everywhere():
        host_id = db.session.scalars(select(Host.id).where(Host.name == "shuili.yj.localhost")).one()
        old_id = db.session.scalars(select(Host.id).where(Host.name == "slj.yj.localhost")).one()
    assert "已设为主域名" in send(operator, "hosts/primary", id=host_id)
    assert new.get("/").status_code == 200
    assert county.visitor().get("/").location == "http://shuili.yj.localhost/"
    assert "shuili.yj.localhost" in county.visitor(PORTAL).get("/units/").text
    assert "主域名不能移除" in send(operator, "hosts/remove", id=host_id)
    assert "已移除" in send(operator, "hosts/remove", id=old_id)
    assert county.visitor().get("/").status_code == 404


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("abc.com", "应以 .gov.cn"),
        ("qiaotou.yj.localhost", "已被“桥头镇人民政府”（qiaotou）使用"),
        ("console.yj.localhost", "后台自己的域名"),
        ("mail.yj.localhost", "保留字"),
        ("qia0tou.yj.localhost", "容易混淆"),
        ("http://x.gov.cn/", "写法不对"),
        ("[::1]", "写法不对"),
    ],
)
def test_hosts_that_cannot_be_had_say_why(county: County, operator: Browser, name: str, reason: str) -> None:
    """ZY-01; what was typed stays in the form."""
    page = send(operator, "hosts/new", unit="slj", name=name)
    assert reason in page
    assert f'value="{name}"' in page


def test_a_person_gets_an_account_a_role_and_an_end(county: County, operator: Browser) -> None:
    answer = operator.post(
        "/office/accounts/new/",
        data={"name": "王小明", "login": "wangxiaoming", "unit": "slj", "roles": ["editor", "signer"]},
    )
    assert "链接只显示这一次" in answer.text
    assert "/activate/" in answer.text
    row_id = county.account_id("wangxiaoming")
    send(operator, "memberships/new", login="wangxiaoming", unit="桥头镇人民政府", role="editor")
    assert "是县级角色" in send(
        operator, "memberships/new", login="wangxiaoming", unit="slj", role="operator"
    )
    with county.everywhere():
        held = db.session.scalars(select(Membership).where(Membership.account_id == row_id)).all()
        assert len(held) == 3
        first = held[0].id
    term = {"office": "副局长", "since": "2026-01-05", "until": "2099-12-31"}
    operator.post("/office/memberships/edit/", query_string={"id": first}, data=term)
    page = operator.get("/office/memberships/?search=wangxiaoming").text
    assert "副局长" in page
    assert "2026-01-05 至 2099-12-31" in page
    assert "已取消" in send(operator, "memberships/revoke", id=first)
    assert "已结束" in operator.get("/office/memberships/?search=wangxiaoming&flt_term=past").text
    assert "链接只显示这一次" in send(operator, "accounts/link", id=row_id)
    assert "已停用" in send(operator, "accounts/end", id=row_id)
    with county.everywhere():
        assert db.session.get_one(Account, row_id).state is AccountState.ENDED


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"login": "slj.editor"}, "已被使用"),
        ({"login": "admin"}, "共用"),
        ({"unit": "没有这个单位"}, "没有找到单位"),
        ({"roles": []}, "请至少选一个角色"),
        ({"roles": ["operator"]}, "县级角色"),
    ],
)
def test_accounts_that_cannot_be_say_why(
    county: County, operator: Browser, fields: dict[str, Any], reason: str
) -> None:
    data = {"name": "王小明", "login": "wangxiaoming", "unit": "slj", "roles": ["editor"], **fields}
    answer = operator.post("/office/accounts/new/", data=data)
    assert answer.status_code == 422
    assert reason in answer.text
    assert "王小明" in answer.text


def test_operators_do_not_help_themselves(county: County, operator: Browser) -> None:
    """No own role, no own link, no own end."""
    own = county.account_id("portal.operator")
    assert "不能更改自己的角色" in send(
        operator, "memberships/new", login="portal.operator", unit="slj", role="signer"
    )
    assert "我的账号" in send(operator, "accounts/link", id=own)
    assert "我的账号" in send(operator, "accounts/end", id=own)


def test_columns_change_with_their_limits(county: County, operator: Browser) -> None:
    with county.everywhere():
        column = db.session.scalars(
            select(Column).where(
                Column.slug == "tzgg",
                Column.tenant_id == select(Tenant.id).where(Tenant.slug == BUREAU).scalar_subquery(),
            )
        ).one()
        column_id, target = column.id, column.portal_column_id
    county.an_article(state=ArticleState.PUBLISHED)
    data = {"title": "通知公告栏", "max_gap_days": "30", "portal_column_id": target, "is_visible": "y"}
    operator.post("/office/columns/edit/", query_string={"id": column_id}, data=data)
    assert "通知公告栏" in county.visitor().get("/").text
    for wrong, reason in (
        ({"max_gap_days": "0"}, "更新期限应为"),
        ({"title": " "}, "栏目名称"),
        ({"portal_column_id": 10**6}, "没有保存"),
    ):
        page = operator.post(
            "/office/columns/edit/", query_string={"id": column_id}, data={**data, **wrong}
        ).text
        assert reason in page


def test_entries_are_pinned_hidden_and_shown(county: County, operator: Browser) -> None:
    """Each with the next request of the portal; the unit's page stays."""
    first = county.an_article(state=ArticleState.PUBLISHED, title="较早的通知")
    county.an_article(TOWN, state=ArticleState.PUBLISHED, title="较晚的通知", body="<p>另一件事。</p>")
    reader = county.visitor(PORTAL)

    def order() -> bool:
        page = reader.get(NOTICES).text
        return page.index("较早的通知") < page.index("较晚的通知")

    assert not order()
    with county.everywhere():
        entry_id = db.session.scalars(select(PortalEntry.id).where(PortalEntry.article_id == first)).one()
    send(operator, "entries/pin", id=entry_id)
    assert order()
    send(operator, "entries/unpin", id=entry_id)
    assert not order()
    assert "理由" in send(operator, "entries/hide", id=entry_id, reason="")
    assert "较早的通知" in reader.get(NOTICES).text
    send(operator, "entries/hide", id=entry_id, reason="内容已过期")
    assert "较早的通知" not in reader.get(NOTICES).text
    assert "较早的通知" in county.visitor().get(NOTICES).text
    assert "已隐藏：内容已过期" in operator.get("/office/entries/").text
    send(operator, "entries/show", id=entry_id)
    assert "较早的通知" in reader.get(NOTICES).text


def test_an_article_of_any_column_is_adopted(county: County, operator: Browser) -> None:
    with county.everywhere():
        portal = db.session.scalars(select(Tenant).where(Tenant.slug == PORTAL)).one()
        target = (
            db.session.scalars(select(Column).where(Column.tenant_id == portal.id, Column.slug == "tzgg"))
            .one()
            .id
        )
        town = db.session.scalars(select(Tenant).where(Tenant.slug == TOWN)).one()
        free = db.session.scalars(
            select(Column).where(
                Column.tenant_id == town.id, Column.portal_column_id.is_(None), Column.section == "main"
            )
        ).first()
        assert free is not None
        column = free.slug
        unit = town.id
    article = county.an_article(TOWN, column=column, state=ArticleState.PUBLISHED, title="廊桥修缮纪实")
    reader = county.visitor(PORTAL)
    assert "廊桥修缮纪实" not in reader.get(NOTICES).text
    page = operator.get("/office/entries/adopt/", query_string={"words": "廊桥 桥头"}).text
    assert "廊桥修缮纪实" in page
    data = {"article": article, "unit": unit, "column": target, "words": "廊桥"}
    assert "已采用" in send(operator, "entries/adopt", **data)
    assert "廊桥修缮纪实" in reader.get(NOTICES).text
    assert "已经在该栏目中" in send(operator, "entries/adopt", **data)
    draft = county.an_article(TOWN, column=column, title="未公开的稿子")
    assert "没有公开" in send(operator, "entries/adopt", **{**data, "article": draft})
    assert (
        "未公开的稿子"
        not in operator.get("/office/entries/adopt/", query_string={"words": "未公开"})
        .text.partition("<main")[2]
        .partition("<form")[2]
        .partition("</form>")[2]
    )


def test_the_record_is_shown_with_before_and_after(county: County, operator: Browser) -> None:
    change(operator, tenant_id(county, BUREAU), phone="0577-67236286")
    page = operator.get("/office/acts/", query_string={"search": "unit.change"}).text
    assert "修改子站" in page
    with county.everywhere():
        row_id = db.session.scalars(select(AuditRow.id).where(AuditRow.act == "unit.change")).one()
    page = county.staff("portal.auditor").get(f"/office/acts/{row_id}/").text
    assert "联系电话：0577-67236286" in page
    assert "联系电话：（空）" in page


def test_the_record_is_in_the_words_of_the_screen(county: County, operator: Browser) -> None:
    """No English word and no code of ours stands where an auditor reads."""
    county.an_article(state=ArticleState.PUBLISHED)
    page = operator.get("/office/acts/", query_string={"flt_about": "article"}).text
    assert "审签发布" in page
    assert "开设子站</td>" not in page
    assert "article:" not in page
    with county.everywhere():
        row_id = db.session.scalars(select(AuditRow.id).where(AuditRow.act == "article.publish")).first()
    page = operator.get(f"/office/acts/{row_id}/").text
    for said in ("信息 ", "状态：待审签", "状态：已发布", "文字校验值：", "理由：（空）"):
        assert said in page


def test_exports_hold_what_the_list_shows_and_no_formula(county: County, operator: Browser) -> None:
    """C7."""
    change(operator, tenant_id(county, BUREAU), name='=HYPERLINK("http://x","看")', unit="永嘉县水利局")
    answer = operator.get(
        "/office/units/export/csv/", query_string={"flt_kind": "department", "search": "slj"}
    )
    assert answer.mimetype == "text/csv"
    assert answer.data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert rows[0][:2] == ["子站", "标识"]
    assert rows[1][:2] == ['\'=HYPERLINK("http://x","看")', "slj"]
    assert len(rows) == 2
