"""ZY-24: what a column held that is not kept any more stays at its address, and says so."""

from sqlalchemy import select

from app.content.models import Column
from app.content.states import ArticleState
from app.core.database import db
from app.operations.services import refresh_around
from app.tenancy.models import Tenant
from tests.worlds import BUREAU, PORTAL, TOWN, County

MARK = "<strong>归档</strong>"


def show(county: County, slug: str, *, is_visible: bool) -> None:
    """Keep a column of the bureau up, or close it."""
    with county.everywhere():
        tenant = db.session.scalars(select(Tenant).where(Tenant.slug == BUREAU)).one()
        asked = select(Column).where(Column.tenant_id == tenant.id, Column.slug == slug)
        db.session.scalars(asked).one().is_visible = is_visible
        refresh_around(tenant)


def test_zy_24_an_article_of_a_closed_column_is_read_with_its_mark(county: County) -> None:
    article = county.an_article(BUREAU, title="老栏目的通知", state=ArticleState.PUBLISHED)
    path = county.path_of(BUREAU, article)
    assert MARK not in county.visitor().get(path).text
    show(county, "tzgg", is_visible=False)
    for visitor, mount in ((county.visitor(), ""), (county.visitor(PORTAL), f"/u/{BUREAU}")):
        page = visitor.get(mount + path)
        assert page.status_code == 200
        assert MARK in page.text
        assert "所属栏目“通知公告”已停止更新" in page.text
        trail = page.text[page.text.index('class="trail') :].partition("</nav>")[0]
        assert f'href="{mount}/tzgg/"' not in trail
        assert visitor.get(f"{mount}/tzgg/").status_code == 404
    show(county, "tzgg", is_visible=True)
    again = county.visitor().get(path).text
    assert MARK not in again
    assert 'href="/tzgg/"' in again


def test_the_mark_shows_nothing_that_was_not_public(county: County) -> None:
    draft = county.an_article(BUREAU, title="没有发布的通知")
    elsewhere = county.an_article(TOWN, title="别家的通知", state=ArticleState.PUBLISHED)
    show(county, "tzgg", is_visible=False)
    known = county.path_of(TOWN, elsewhere)
    for path in (known, known.replace(str(elsewhere), str(draft)), "/tzgg/1999/01/1.html"):
        assert county.visitor().get(path).status_code == 404


def test_a_column_that_is_a_page_has_no_archive(county: County) -> None:
    article = county.an_article(BUREAU, column="dwgk", title="单位概况", state=ArticleState.PUBLISHED)
    path = county.path_of(BUREAU, article)
    assert county.visitor().get(path).status_code == 200
    show(county, "dwgk", is_visible=False)
    assert county.visitor().get(path).status_code == 404
