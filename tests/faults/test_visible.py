"""Who reads after a publication's commit sees it, on the subsite, the portal, in the feed and by search.

Others read without a pause meanwhile, so that pages are kept at every moment. Each tenth text is withdrawn
and must be gone as fast. FAULTS_PUBLICATIONS=10000 and FAULTS_SECONDS=900 make a long run of it (with
--timeout=0 --log-cli-level=INFO, which says how far it came).
"""

import logging
import os
import time
from random import Random

from app.content.states import ArticleState
from tests.app.pagecache.life import withdraw
from tests.databases import Database
from tests.faults.lines import Line
from tests.faults.machines import Page, Reading, lines, machine
from tests.worlds import BUREAU, HOSTS, PORTAL, TOWN, County

PUBLICATIONS = int(os.environ.get("FAULTS_PUBLICATIONS", "0")) or 30
SECONDS = float(os.environ.get("FAULTS_SECONDS", "0")) or 4
READERS, LINES, WITHDRAWN_EACH = 2, 4, 10
PATHS = ("/", "/tzgg/", "/feed.atom", "/tzgg/feed.atom", "/sitemap.xml")
_log = logging.getLogger(__name__)


def test_a_publication_is_seen_by_whoever_asks_after_its_commit(county: County, database: Database) -> None:
    stale: list[str] = []
    done = 0
    with (
        machine(database, database.folder) as server,
        lines(server, LINES) as asking,
        Reading([server.port] * READERS, anything) as reading,
    ):
        began = time.monotonic()
        while done < PUBLICATIONS and time.monotonic() < began + SECONDS:
            done += 1
            stale += published(county, asking, done)
    _log.info(
        "%d publications, %d stale answers, %d read besides, %.0f s",
        *(done, len(stale), reading.asked, time.monotonic() - began),
    )
    assert stale == []
    assert reading.faults == []
    assert done > 0


def published(county: County, asking: list[Line], number: int) -> list[str]:
    """Publish a text, look for it everywhere, and withdraw some; return where it was not as it should be."""
    slug, title = (BUREAU, TOWN)[number % 2], f"关于HY{number:06d}号事项的通知"
    article = county.an_article(slug, title=title, state=ArticleState.PUBLISHED)
    path = county.path_of(slug, article)
    stale = [f"{page} without {title}" for page in looked_at(slug, path, asking, number, is_there=True)]
    if number % WITHDRAWN_EACH == 0:
        withdraw(county, slug, article)
        seen = looked_at(slug, path, asking, number, is_there=False)
        stale += [f"{page} still with {title}" for page in seen]
    return stale


def looked_at(slug: str, path: str, asking: list[Line], number: int, *, is_there: bool) -> list[Page]:
    """Return the pages that lead to a text that is gone, or do not lead to one that is there."""
    word = f"HY{number:06d}"
    pages = (
        (HOSTS[slug], "/tzgg/", ""),
        (HOSTS[PORTAL], "/tzgg/", ""),
        (HOSTS[slug], "/feed.atom", ""),
        (HOSTS[slug], f"/search?q={word}", ""),
        (HOSTS[slug], path, ""),
    )
    wrong = []
    for turn, page in enumerate(pages):
        answer = asking[(number + turn) % len(asking)].ask(*page)
        if page[1] == path:
            is_right = answer.status == (200 if is_there else 410)
        else:
            is_right = answer.status == 200 and (path in answer.text) == is_there
        if not is_right:
            wrong.append(page)
    return wrong


def anything(chance: Random) -> Page:
    """Return a page that readers ask for."""
    return HOSTS[chance.choice((BUREAU, TOWN, PORTAL))], chance.choice(PATHS), ""
