"""Merging a column that a unit cannot keep up (ZY-14)."""

from typing import Any

import pytest
from sqlalchemy import select

from app.content.models import Article, Column
from app.content.states import ArticleState
from app.core.database import db
from app.site.short_codes import Kind, code_of
from app.tenancy.models import Tenant
from tests.browser import Browser
from tests.worlds import BUREAU, PORTAL, County


@pytest.fixture
def operator(county: County) -> Browser:
    return county.staff("portal.operator")


def column_of(slug: str, unit: str = BUREAU) -> Column:
    """Return a unit's column; the scope must reach the county."""
    of_unit = select(Tenant.id).where(Tenant.slug == unit).scalar_subquery()
    return db.session.scalars(select(Column).where(Column.slug == slug, Column.tenant_id == of_unit)).one()


def a_second_list(county: County, **more: Any) -> tuple[int, int]:
    """Give the bureau another column of notices; return its id and that of the first."""
    with county.everywhere():
        first = column_of("tzgg")
        values = {
            "tenant_id": first.tenant_id,
            "slug": "tzgg2",
            "title": "公告栏",
            "type": first.type,
            "section": first.section,
            "layout": first.layout,
            "position": 99,
        }
        second = Column(**{**values, **more})
        db.session.add(second)
        db.session.commit()
        return second.id, first.id


def merge(operator: Browser, column_id: int, into: int) -> str:
    answer = operator.post(
        "/office/columns/merge/",
        query_string={"id": column_id},
        data={"into": str(into)},
        follow_redirects=True,
    )
    return str(answer.text)


def test_zy_14_a_merged_column_leads_to_the_other_for_ever(county: County, operator: Browser) -> None:
    old, into = a_second_list(county)
    article = county.an_article(state=ArticleState.PUBLISHED, column="tzgg2", title="停水通知")
    county.an_article(state=ArticleState.DRAFT, column="tzgg2", title="草稿")
    with county.everywhere():
        number = db.session.scalars(select(Article.index_number).where(Article.id == article)).one()
    reader = county.visitor()
    assert "停水通知" in reader.get("/tzgg2/").text
    assert "停水通知" not in county.visitor(PORTAL).get("/tzgg/").text

    assert "2 篇信息" in operator.get("/office/columns/merge/", query_string={"id": old}).text
    assert "已并入" in merge(operator, old, into)

    for path in ("/tzgg2/", "/tzgg2/feed.atom"):
        answer = reader.get(path)
        assert answer.status_code == 308
        assert answer.headers["Location"].endswith(path.replace("tzgg2", "tzgg"))
    printed = reader.get(f"/s/{code_of(Kind.COLUMN, old)}")
    assert printed.headers["Location"].endswith("/tzgg/")
    assert "停水通知" in reader.get("/tzgg/").text
    assert "停水通知" in county.visitor(PORTAL).get("/tzgg/").text
    with county.everywhere():
        moved = db.session.get_one(Article, article)
        assert (moved.column_id, moved.index_number) == (into, number)
        at = moved.first_published_at
    assert at is not None
    assert reader.get(f"/tzgg2/{at:%Y}/{at:%m}/{article}.html").status_code == 200


def test_zy_14_a_chain_of_merges_leads_to_its_end(county: County, operator: Browser) -> None:
    first, into = a_second_list(county)
    second, _ = a_second_list(county, slug="tzgg3")
    merge(operator, first, second)
    merge(operator, second, into)

    assert county.visitor().get("/tzgg2/").headers["Location"].endswith("/tzgg/")


def test_zy_14_what_the_county_fixes_is_not_merged(county: County, operator: Browser) -> None:
    with county.everywhere():
        guide = db.session.scalars(select(Column.id).where(Column.block == "guide")).first()
        notices, policies = column_of("tzgg").id, column_of("zcwj").id
        portal_list = column_of("tzgg", PORTAL).id
    assert guide is not None

    for column, into in ((guide, notices), (notices, policies), (portal_list, notices)):
        page = merge(operator, column, into)
        assert "已并入" not in page
        assert "不能合并" in page or "请选择并入哪个栏目" in page
    with county.everywhere():
        assert {guide, notices, policies} <= set(db.session.scalars(select(Column.id)))
