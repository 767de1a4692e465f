"""nginx answers finished pages by itself, and none that has changed: nobody listens behind it here."""

import gzip
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from app.content.states import ArticleState
from app.core.database import db
from app.pagecache.generations import raise_generation
from bench.served import Server
from tests.app.pagecache import asking
from tests.front.asking import ask
from tests.front.conftest import ON_ONE
from tests.worlds import BUREAU, HOSTS, PORTAL, TOWN, County

pytestmark = ON_ONE

GONE = 502  # nginx's own answer where gunicorn would have to be asked.
LATER = 1.05  # seconds; no page is found in the second of a change (app/pagecache/folder.py)


def finish(county: County, *pages: tuple[str, str]) -> list[bytes]:
    """Let the platform finish pages, when the second of the last change is over."""
    time.sleep(LATER)
    county.front.public.extensions["sites"].forget()
    return [asking.ask(county.front, path, host).data for host, path in pages]


@contextmanager
def changing(county: County, slug: str) -> Iterator[None]:
    """Change something of a subsite."""
    with county.inside(slug) as tenant:
        raise_generation(tenant.id)
        db.session.flush()
        yield


def test_home_column_article_feed_and_the_portals_home_need_nobody_else(
    county: County, alone: Server
) -> None:
    article = county.path_of(BUREAU, county.an_article(title="节水通知", state=ArticleState.PUBLISHED))
    unit, portal = HOSTS[BUREAU], HOSTS[PORTAL]
    pages = [(unit, "/"), (unit, "/tzgg/"), (unit, article), (unit, "/feed.atom"), (portal, "/")]
    for host, path in pages:
        assert ask(alone, host, path).status == GONE
    for (host, path), body in zip(pages, finish(county, *pages), strict=True):
        found = ask(alone, host, path)
        assert (found.status, found.body) == (200, body), path
        packed = ask(alone, host, path, Accept_Encoding="gzip, br")
        assert packed.headers["Content-Encoding"] == "gzip", path
        assert gzip.decompress(packed.body) == body
        assert "Accept-Encoding" in packed.headers["Vary"]
        short = ask(alone, host, path, If_None_Match=found.headers["ETag"])
        assert (short.status, short.body) == (304, b"")
    assert "节水通知" in ask(alone, unit, "/").body.decode()


def test_a_units_home_is_gone_when_the_unit_or_its_portal_changes(county: County, alone: Server) -> None:
    home, column = (HOSTS[BUREAU], "/"), (HOSTS[BUREAU], "/tzgg/")
    for changed, others in ((BUREAU, GONE), (PORTAL, 200), (TOWN, 200)):
        finish(county, home, column)
        assert [ask(alone, *page).status for page in (home, column)] == [200, 200]
        with changing(county, changed):
            assert ask(alone, *home).status == 200, "nothing has been decided yet"
        assert ask(alone, *column).status == others, changed
        assert ask(alone, *home).status == (200 if changed == TOWN else GONE), changed


def test_a_home_shows_the_countys_newest_and_is_dated_later(county: County, alone: Server) -> None:
    """A web server tells two pages of one address apart by second and length alone."""
    dates = []
    for title in ("全县第一号", "全县第二号"):
        county.an_article(PORTAL, title=title, state=ArticleState.PUBLISHED)
        finish(county, (HOSTS[BUREAU], "/"))
        found = ask(alone, HOSTS[BUREAU], "/")
        assert title in found.body.decode()
        dates.append(found.headers["Last-Modified"])
    assert dates[0] != dates[1]
    again = ask(alone, HOSTS[BUREAU], "/", If_Modified_Since=dates[0])
    assert again.status == 200


@pytest.mark.parametrize(
    ("path", "headers", "host"),
    [
        ("/?page=2", {}, ""),
        ("/index.html", {}, ""),
        ("/index.html.gz", {}, ""),
        ("/index.html.head", {}, ""),
        ("/tzgg/index.html", {}, ""),
        ("/.homes/", {}, ""),
        ("/../hosts/", {}, ""),
        ("/", {"Cookie": "ziwang-display=large"}, ""),
        ("/", {}, "nobody.example"),
        ("/hosts/slj.yj.localhost/tzgg/", {}, ".."),
    ],
)
def test_what_may_be_another_page_is_asked_of_the_platform(
    county: County, alone: Server, path: str, headers: dict[str, str], host: str
) -> None:
    finish(county, (HOSTS[BUREAU], "/"), (HOSTS[BUREAU], "/tzgg/"))
    assert ask(alone, HOSTS[BUREAU], "/").status == 200
    assert ask(alone, host or HOSTS[BUREAU], path, **headers).status in (GONE, 400)
    assert ask(alone, HOSTS[BUREAU], "/", method="POST").status == GONE
