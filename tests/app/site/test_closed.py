"""A closed subsite answers every address with where to go on, in its own frame (ZY-06)."""

import re

import pytest
from sqlalchemy import select

from app.content.states import ArticleState
from app.core.database import db
from app.operations.services import close_unit, reopen_unit
from app.tenancy.models import Tenant
from tests.worlds import BUREAU, PORTAL, County

HOME = "http://www.yj.localhost"


@pytest.mark.parametrize("mount", ["", "/u/slj"])
def test_every_page_leads_to_the_portal_and_nowhere_into_the_closed_subsite(
    county: County, mount: str
) -> None:
    path = county.path_of(BUREAU, county.an_article(state=ArticleState.PUBLISHED))
    reader = county.visitor(PORTAL if mount else BUREAU)
    assert reader.get(mount + path).status_code == 200
    with county.everywhere():
        close_unit(_bureau(), reason="机构改革")

    for asked in ("/", path, "/tzgg/"):
        answer = reader.get(mount + asked)
        assert answer.status_code == 410
        assert "“永嘉县水利局”已经关停" in answer.text
        inner = [one for one in re.findall(r'<a [^>]*href="([^"]+)"', answer.text) if one.startswith("/")]
        assert [one for one in inner if not re.search("mode=|/hant/", one)] == []
        assert f'href="{HOME}/units/"' in answer.text
        assert f'href="{HOME}/search?q=%E6%B0%B8' in answer.text
        assert "<form" not in answer.text
    assert county.visitor(PORTAL).get("/search?q=永嘉县水利局").status_code == 200

    with county.everywhere():
        reopen_unit(_bureau())
    assert reader.get(mount + path).status_code == 200


def _bureau() -> Tenant:
    return db.session.scalars(select(Tenant).where(Tenant.slug == BUREAU)).one()
