"""The portal's entries follow the units by themselves (S-09, S-16, DESIGN 7)."""

import re
from typing import Any

import pytest
from sqlalchemy import select

from app.accounts.models import Account
from app.content.models import Column
from app.content.states import ArticleState
from app.core.database import db
from app.core.errors import RuleBroken
from app.pagecache.generations import raise_generation
from app.portal import services as portal
from app.portal.models import PortalEntry
from app.tenancy.models import Tenant
from tests.worlds import BUREAU, LIBRARY, PORTAL, PROOF, TOWN, County

SAME: dict[str, Any] = {
    "title": "关于台风防御的通知",
    "body": "<p>请做好防御。</p>",
    "state": ArticleState.PUBLISHED,
}


def _notices(county: County) -> str:
    return county.visitor(PORTAL).get("/tzgg/").text


def _stands(page: str, title: str) -> int:
    return len(re.findall(rf">\s*{title}\s*<", page))


def test_the_same_text_of_two_units_stands_once_with_both_sources(county: County) -> None:
    county.an_article(BUREAU, **SAME)
    county.an_article(TOWN, **{**SAME, "body": "<p>请做好\n 防御。</p>"})

    page = _notices(county)

    assert _stands(page, "关于台风防御的通知") == 1
    assert "永嘉县水利局" in page
    assert "桥头镇人民政府" in page


def test_one_document_number_is_one_document(county: County) -> None:
    county.an_article(
        BUREAU, title="转发通知甲", document_number="永政办发〔2026〕3号", state=ArticleState.PUBLISHED
    )
    county.an_article(
        TOWN, title="转发通知乙", document_number="永政办发[2026]003号", state=ArticleState.PUBLISHED
    )

    page = _notices(county)

    assert _stands(page, "转发通知甲") == 1
    assert _stands(page, "转发通知乙") == 0
    assert "桥头镇人民政府" in page


def test_two_texts_joined_by_a_third_are_one_group(county: County) -> None:
    county.an_article(BUREAU, **SAME)
    county.an_article(TOWN, title="文件乙", document_number="永水〔2026〕1号", state=ArticleState.PUBLISHED)
    county.an_article(LIBRARY, **{**SAME, "document_number": "永水[2026]1号"})

    with county.everywhere():
        group = db.session.scalars(select(PortalEntry).order_by(PortalEntry.id)).all()[-3:]
        assert [one.same_as_id for one in group] == [None, group[0].id, group[0].id]


def test_when_the_first_source_withdraws_the_next_takes_its_place(county: County) -> None:
    first = county.an_article(BUREAU, **SAME)
    county.an_article(TOWN, **SAME)

    signer = county.staff("slj.signer")
    head = county.head_of(BUREAU, first)
    signer.post(f"/slj/articles/{first}/withdraw", data={"revision": head, "reason": "重复"})

    page = _notices(county)
    assert _stands(page, "关于台风防御的通知") == 1
    assert "http://qiaotou.yj.localhost/tzgg/" in page
    assert "http://slj.yj.localhost/tzgg/" not in page


def test_a_corrected_text_leaves_its_group_once_it_is_signed(county: County) -> None:
    county.an_article(BUREAU, **SAME)
    second = county.an_article(TOWN, **SAME)
    editor, signer = county.staff("qiaotou.editor"), county.staff("qiaotou.signer")

    with county.inside(TOWN):
        column = db.session.scalars(select(Column.id).where(Column.slug == "tzgg")).one()
    editor.post(
        f"/qiaotou/articles/{second}/edit",
        data={
            "base": county.head_of(TOWN, second),
            "column_id": column,
            "title": "关于台风防御的补充通知",
            "body": "<p>补充。</p>",
            "genre": "notice",
            "correction": "改为补充通知",
        },
    )
    assert _stands(_notices(county), "关于台风防御的补充通知") == 0  # Not signed yet: the old text stays.
    head = county.head_of(TOWN, second)
    editor.post(f"/qiaotou/articles/{second}/submit", data={"revision": head})
    signer.post(f"/qiaotou/articles/{second}/publish", data={"revision": head, **PROOF})

    page = _notices(county)
    assert _stands(page, "关于台风防御的补充通知") == 1
    assert _stands(page, "关于台风防御的通知") == 1


def test_a_renamed_unit_is_renamed_on_the_portal_with_the_next_request(county: County) -> None:
    county.an_article(BUREAU, **SAME)
    assert "永嘉县水利局" in _notices(county)

    with county.everywhere():
        tenant = db.session.scalars(select(Tenant).where(Tenant.slug == BUREAU)).one()
        tenant.name = "永嘉县水务局"
        raise_generation(tenant.id, tenant.portal_id)

    assert "永嘉县水务局" in _notices(county)


def _operator() -> Account:
    return db.session.scalars(select(Account).where(Account.login == "portal.operator")).one()


def _entry_of(article_id: int) -> PortalEntry:
    return db.session.scalars(select(PortalEntry).where(PortalEntry.article_id == article_id)).one()


def test_a_pinned_entry_stands_first_and_a_hidden_one_nowhere(county: County) -> None:
    first = county.an_article(BUREAU, title="较早的通知", state=ArticleState.PUBLISHED)
    later = county.an_article(TOWN, title="较晚的通知", state=ArticleState.PUBLISHED)
    assert _notices(county).index("较晚的通知") < _notices(county).index("较早的通知")

    with county.inside(PORTAL):
        portal.pin(_entry_of(first), _operator(), is_pinned=True)
    assert _notices(county).index("较早的通知") < _notices(county).index("较晚的通知")

    with county.inside(PORTAL):
        portal.hide(_entry_of(later), _operator(), reason="与要求不符")
    assert "较晚的通知" not in _notices(county)

    with county.inside(PORTAL), pytest.raises(RuleBroken, match="理由"):
        portal.hide(_entry_of(first), _operator(), reason="  ")


def test_an_article_of_any_column_can_be_adopted_and_goes_when_it_is_withdrawn(county: County) -> None:
    article = county.an_article(BUREAU, column="qtgk", title="规范性文件目录", state=ArticleState.PUBLISHED)
    with county.inside(BUREAU) as bureau:
        bureau_id = bureau.id
    with county.inside(PORTAL):
        column = db.session.scalars(select(Column.id).where(Column.slug == "tzgg")).one()
        portal.adopt(article, bureau_id, column, _operator())
    assert "规范性文件目录" in _notices(county)

    signer = county.staff("slj.signer")
    head = county.head_of(BUREAU, article)
    signer.post(f"/slj/articles/{article}/withdraw", data={"revision": head, "reason": "有误"})

    assert "规范性文件目录" not in _notices(county)


def test_what_is_not_public_cannot_be_adopted(county: County) -> None:
    article = county.an_article(BUREAU)
    with county.inside(BUREAU) as bureau:
        bureau_id = bureau.id
    with county.inside(PORTAL):
        column = db.session.scalars(select(Column.id).where(Column.slug == "tzgg")).one()
        with pytest.raises(RuleBroken, match="没有公开"):
            portal.adopt(article, bureau_id, column, _operator())
