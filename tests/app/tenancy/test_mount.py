"""A unit's subsite under /u/<slug>/ of its portal is the same subsite, and nobody else's."""

import re

import pytest
from sqlalchemy import select

from app.core.database import db
from app.tenancy.models import Host, Tenant, TenantKind
from tests.worlds import BUREAU, PORTAL, TOWN, County


def test_links_on_a_mounted_page_stay_under_the_mount(county: County) -> None:
    page = county.visitor(PORTAL).get(f"/u/{BUREAU}/").text
    own = [href for href in re.findall(r'href="(/[^"]*)"', page) if not href.startswith("/static/")]
    assert own
    assert [href for href in own if not href.removeprefix("/hant").startswith(f"/u/{BUREAU}/")] == []


@pytest.mark.parametrize(
    "path",
    ["/u/", "/u/nobody/", "/u/Slj/", "/u/slj%2f../", "/u/../", "/u/slj/u/qiaotou/", "/u/portal/", "/u//slj/"],
)
def test_no_other_spelling_leads_anywhere(county: County, path: str) -> None:
    assert county.visitor(PORTAL).get(path).status_code in (308, 404)


def test_only_a_portal_has_units_under_it(county: County) -> None:
    for path in (f"/u/{BUREAU}/", f"/u/{TOWN}/", f"/u/{PORTAL}/"):
        assert county.visitor(BUREAU).get(path).status_code == 404


@pytest.mark.parametrize(("host", "path"), [(PORTAL, "/u/nobody/"), (BUREAU, f"/u/{TOWN}/tzgg/")])
def test_nobodys_prefix_is_told_in_the_theme_of_the_host(county: County, host: str, path: str) -> None:
    """The way out leads to pages that exist, not further under the prefix."""
    page = county.visitor(host).get(path).text
    assert 'class="foot"' in page
    links = [href for href in re.findall(r'href="(/[^"]*)"', page) if not href.startswith("/static/")]
    assert "/map.html" in links
    assert [href for href in links if href.startswith("/u/")] == []


def test_another_countys_unit_is_not_under_this_portal(county: County) -> None:
    with county.everywhere():
        portal = Tenant(slug="other", kind=TenantKind.PORTAL, name="乐清", unit="乐清", county="乐清市")
        db.session.add(portal)
        db.session.flush()
        theirs = Tenant(
            slug="yueqing", kind=TenantKind.DEPARTMENT, name="水利", unit="水利", portal_id=portal.id
        )
        db.session.add(theirs)
        db.session.flush()
        db.session.add(Host(name="www.yq.localhost", tenant_id=portal.id, is_primary=True))
        db.session.add(Host(name="slj.yq.localhost", tenant_id=theirs.id, is_primary=True))
    assert county.visitor(PORTAL).get("/u/yueqing/").status_code == 404
    assert county.visitor().get("/", host="slj.yq.localhost").status_code == 200
    assert county.visitor().get(f"/u/{BUREAU}/", host="www.yq.localhost").status_code == 404
    assert county.staff("portal.operator").get("/yueqing/").status_code == 404


def test_the_shared_host_keeps_mounted_and_own_pages_apart(county: County) -> None:
    """The page cache knows both under other addresses; neither is served for the other."""
    portal = county.visitor(PORTAL)
    for _ in range(2):
        pages = {path: portal.get(path).text for path in ("/tzgg/", "/u/slj/tzgg/", "/u/qiaotou/tzgg/")}
        assert len(set(pages.values())) == 3
        assert "永嘉县水利局" in pages["/u/slj/tzgg/"]
        assert "永嘉县水利局" not in pages["/u/qiaotou/tzgg/"]
    with county.everywhere():
        assert db.session.scalars(select(Tenant.slug).where(Tenant.slug == BUREAU)).all() == [BUREAU]
