"""Workers are killed while people publish: what was acknowledged is there, and nothing is there by halves.

FAULTS_KILLS=100 kills so many on each of the two databases.
"""

import os
import signal
import threading
import time
from collections import Counter
from random import Random

from sqlalchemy import select

from app.audit.models import AuditRow
from app.audit.services import flaws
from app.content.models import Article, Revision
from app.content.states import ArticleState
from app.core.database import db
from app.portal.models import PortalEntry
from app.publishing.models import Move, SignOff
from bench.machine import children_of
from bench.served import Server, free_port, gunicorn
from tests.databases import SETTINGS, Database
from tests.faults.clerks import TITLE, Clerk, hire
from tests.worlds import BUREAU, PORTAL, County

#: On each of the two databases.
KILLS = int(os.environ.get("FAULTS_KILLS", "0")) or 20
DESKS, WORKERS = 3, 2
#: Seconds between two kills: from the middle of one request to a few requests later.
SOONEST, LATEST, LONGEST_WAIT = 0.02, 0.3, 0.6
STEPS = {"submit", "publish", "withdraw"}


def test_nothing_acknowledged_is_lost_and_nothing_is_half_published(
    county: County, database: Database
) -> None:
    hire(county, DESKS)
    port, enough = free_port(), threading.Event()
    clerks = [Clerk(county, port, number, enough) for number in range(DESKS)]
    database.let_go()
    with gunicorn("tests.faults.entrance:app", port, _environ(database), workers=WORKERS) as server:
        for clerk in clerks:
            clerk.start()
        killed = _kill_workers(server, clerks)
        _let_publish(clerks)
        enough.set()
        for clerk in clerks:
            clerk.join()

    assert [clerk.notes.faults for clerk in clerks] == [[]] * DESKS
    assert killed == KILLS
    assert sum(clerk.notes.unanswered for clerk in clerks) > 0  # Kills met people at work.
    acknowledged = [act for clerk in clerks for act in clerk.notes.acknowledged]
    assert _published(clerks) > DESKS
    _look_for(county, acknowledged)
    _compare_everything(county)


def _environ(database: Database) -> dict[str, str]:
    settings = {**SETTINGS, "DATA_DIR": str(database.folder), **database.address()}
    return {f"ZIWANG_{name}": str(value) for name, value in settings.items()}


def _kill_workers(server: Server, clerks: list[Clerk]) -> int:
    """Kill one worker after the other at moments that are random but the same each time; return how many.

    Where the machine is slow, the next one lives until something was done: there must be something to lose.
    """
    chance, killed = Random(7), 0  # noqa: S311 - nobody guesses at it
    until = time.monotonic() + KILLS * (LATEST + LONGEST_WAIT)
    while killed < KILLS and time.monotonic() < until:
        before, waits_until = _acts(clerks), time.monotonic() + LONGEST_WAIT
        time.sleep(chance.uniform(SOONEST, LATEST))
        while _acts(clerks) == before and time.monotonic() < waits_until:
            time.sleep(SOONEST * chance.random())
        workers = children_of(server.process.pid)
        if workers:
            os.kill(chance.choice(workers), signal.SIGKILL)
            killed += 1
    return killed


def _let_publish(clerks: list[Clerk]) -> None:
    """Wait until some papers have come to their readers, which takes a slow machine longer than the kills."""
    until = time.monotonic() + KILLS * LONGEST_WAIT
    while _published(clerks) <= DESKS and time.monotonic() < until:
        time.sleep(SOONEST)


def _published(clerks: list[Clerk]) -> int:
    return sum(act == "publish" for clerk in clerks for _, act in clerk.notes.acknowledged)


def _acts(clerks: list[Clerk]) -> int:
    return sum(len(clerk.notes.acknowledged) for clerk in clerks)


def _look_for(county: County, acknowledged: list[tuple[int, str]]) -> None:
    """Find every acknowledged act in the tables."""
    with county.inside(BUREAU):
        known = {(one.article_id, one.step) for one in db.session.scalars(select(Move))}
        known |= {(one, "start") for one in db.session.scalars(select(Article.id))}
    assert set(acknowledged) - known == set()
    twice = [act for act, times in Counter(acknowledged).items() if times > 1]
    assert twice == []


def _compare_everything(county: County) -> None:
    """Hold article, signature, steps, record, portal and pages beside each other, for every article."""
    visitor, portal = county.visitor(), county.visitor(PORTAL)
    lists = {slug: _titles(county, slug) for slug in (BUREAU, PORTAL)}
    with county.everywhere():
        listed = {one.article_id for one in db.session.scalars(select(PortalEntry)) if one.is_listed}
    with county.inside(BUREAU) as bureau:
        rows = db.session.execute(
            select(
                Article.id, Article.state, Article.published_id, Article.first_published_at, Revision.title
            )
            .join(Revision, Revision.id == Article.head_id)
            .where(Revision.title.like("第%号工位%"))
        ).all()
        signed = set(db.session.scalars(select(SignOff.article_id)))
        moves = Counter((one.article_id, one.step) for one in db.session.scalars(select(Move)))
        recorded = Counter(
            (int(one.subject.removeprefix("article:")), one.act.removeprefix("article."))
            for one in db.session.scalars(select(AuditRow).where(AuditRow.subject.like("article:%")))
        )
        assert list(flaws(bureau.id)) == []
    for article_id, state, published_id, since, title in rows:
        is_public = state is ArticleState.PUBLISHED
        assert (published_id is not None) == is_public, title
        assert (article_id in signed) == (since is not None) == (moves[article_id, "publish"] == 1), title
        assert (article_id in listed) == is_public, title
        assert (title in lists[BUREAU]) == (title in lists[PORTAL]) == is_public, title
        assert recorded[article_id, "start"] == 1, title
        assert {step: moves[article_id, step] for step in STEPS} == {
            step: recorded[article_id, step] for step in STEPS
        }, title
        if since is not None:
            path, expected = county.path_of(BUREAU, article_id), 200 if is_public else 410
            assert visitor.get(path).status_code == expected, title
            assert portal.get(f"/u/{BUREAU}{path}").status_code == expected, title
    verified = county.front.console.test_cli_runner().invoke(args=["audit", "verify"])
    assert verified.exit_code == 0, verified.output


def _titles(county: County, slug: str) -> set[str]:
    """Return the titles on all pages of the notices."""
    found: set[str] = set()
    for number in range(1, 1000):
        titles = set(TITLE.findall(county.visitor(slug).get(f"/tzgg/?page={number}").text))
        if not titles:
            break
        found |= titles
    return found
