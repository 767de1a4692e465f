"""One switch says whether a subsite's own host or its path on the portal is canonical (DESIGN 1)."""

from collections.abc import Iterator

import pytest

from app.content.states import ArticleState
from app.core.database import db
from app.front import Front
from tests.databases import SETTINGS, Database
from tests.worlds import BUREAU, PORTAL, County


@pytest.fixture
def by_path(county: County, database: Database) -> Iterator[County]:
    """Return the same county in a deployment whose subsites live on the portal."""
    front = Front({**SETTINGS, "DATA_DIR": str(database.folder), **database.address(), "CANONICAL": "path"})
    yield County(front)
    for app in (front.public, front.console):
        with app.app_context():
            db.engine.dispose()


def test_by_host_the_portal_leads_to_the_units_host(county: County) -> None:
    path = county.path_of(BUREAU, county.an_article(state=ArticleState.PUBLISHED))

    assert f'href="http://slj.yj.localhost{path}"' in county.visitor(PORTAL).get("/tzgg/").text


def test_by_path_the_portal_leads_to_its_own_pages(county: County, by_path: County) -> None:
    path = county.path_of(BUREAU, county.an_article(state=ArticleState.PUBLISHED))
    address = f"http://www.yj.localhost/u/slj{path}"

    assert f'href="{address}"' in by_path.visitor(PORTAL).get("/tzgg/").text
    for page in (by_path.visitor(PORTAL).get(f"/u/slj{path}"), by_path.visitor(BUREAU).get(path)):
        assert f'rel="canonical" href="{address}"' in page.text


def test_a_units_home_on_the_portal_ends_with_a_slash(county: County) -> None:
    answer = county.visitor(PORTAL).get("/u/slj")

    assert (answer.status_code, answer.headers["Location"]) == (308, "/u/slj/")


def test_the_console_is_at_its_one_host(county: County) -> None:
    assert county.visitor("console").get("/login").status_code == 200
    assert county.visitor(BUREAU).get("/login/").status_code == 404
