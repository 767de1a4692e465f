"""What one machine changes is seen on the others, and minutes come though nobody asks (DESIGN 4, 15)."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from app.content.states import ArticleState
from app.core.database import db
from app.front import Front
from app.pagecache import sites
from app.pagecache.watch import Watch
from app.tenancy import directory as directories
from app.tenancy.models import Host
from tests.app.pagecache.asking import ask
from tests.databases import FIXED, SETTINGS, Database
from tests.worlds import BUREAU, HOSTS, County

PATIENCE = 20  # seconds; the machine may be busy with other tests
HOST = HOSTS[BUREAU]


@pytest.fixture
def elsewhere(
    county: County, database: Database, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Front]:
    """Return a worker on another machine, where there can be one: it has a data folder of its own."""
    monkeypatch.setattr(sites, "HOLDS_FOR", 3600)  # What is learnt must come from the watch alone.
    own = folder if database.name == "postgresql" else database.folder
    front = Front({**SETTINGS, **FIXED, "DATA_DIR": str(own), **database.address()})
    watch = Watch(front.public)
    watch.start()
    assert county.front is not front
    yield front
    watch.stop()
    watch.join()
    for app in (front.public, front.console):
        with app.app_context():
            db.engine.dispose()


def test_a_publication_reaches_other_machines(county: County, elsewhere: Front) -> None:
    ask(elsewhere, "/tzgg/", HOST)
    for number in range(3):
        title = f"第{number}号通知"
        assert title not in ask(elsewhere, "/tzgg/", HOST).text
        county.an_article(BUREAU, title=title, state=ArticleState.PUBLISHED)
        assert comes(lambda title=title: title in ask(elsewhere, "/tzgg/", HOST).text)  # type: ignore[misc]


def test_a_host_given_away_answers_no_more_on_other_machines(
    county: County, elsewhere: Front, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(elsewhere, "/tzgg/", HOST)
    monkeypatch.setattr(directories, "LOOK_AGAIN_AFTER", 3600.0)
    with county.everywhere():
        db.session.scalars(select(Host).where(Host.name == HOST)).one().name = "moved.yj.localhost"
    assert comes(lambda: ask(elsewhere, "/tzgg/", HOST).status_code == 404)
    assert ask(elsewhere, "/tzgg/", "moved.yj.localhost").status_code == 200


def test_pages_of_a_minute_that_has_come_are_found_by_no_web_server(
    county: County, database: Database, elsewhere: Front
) -> None:
    known = elsewhere.public.extensions["sites"]

    def learn() -> bool:
        known.forget()  # As comes with every second, from the one after the last change on.
        return ask(elsewhere, "/tzgg/", HOST).status_code == 200

    data = Path(elsewhere.public.config["DATA_DIR"])
    page = data / "pages" / "hosts" / HOST / "tzgg" / "index.html"
    assert comes(lambda: learn() and page.exists())
    for site in known.all():
        site.until = time.time()
    assert comes(lambda: not page.exists())
    assert ask(elsewhere, "/tzgg/", HOST).status_code == 200
    assert county.front is database.front


def comes(is_so: Callable[[], bool]) -> bool:
    """Wait for something that another thread does."""
    until = time.monotonic() + PATIENCE
    while not is_so():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True
