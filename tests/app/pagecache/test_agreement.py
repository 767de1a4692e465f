"""Whatever happens to a county, a kept page is the page that would be made now (DESIGN 8).

Two workers of one machine keep pages; a third keeps none. After each act all three are asked, and must agree.
ZIWANG_TWIN_STEPS=100000 asks for more than the few hundred requests of every run.
"""

import os
from collections.abc import Iterator
from random import Random

import pytest
from sqlalchemy import select

from app.accounts.models import Account
from app.content.models import Article
from app.content.states import ArticleState
from app.core.database import db
from app.front import Front
from app.operations.services import refresh_around
from app.publishing import endings
from app.tenancy.models import Host, Tenant
from tests.app.pagecache.asking import ask
from tests.databases import FIXED, SETTINGS, Database
from tests.worlds import BUREAU, HOSTS, PORTAL, TOWN, County

STEPS = int(os.environ.get("ZIWANG_TWIN_STEPS", "0")) or 6
UNITS = (BUREAU, TOWN)
PATHS = ("/", "/tzgg/", "/feed.atom", "/hant/tzgg/", "/sitemap.xml", "/tzgg/?page=2", "/nowhere/")
MODES = ("", "e", "3k", "2ysp", "nonsense")


@pytest.fixture
def workers(county: County, database: Database) -> Iterator[list[Front]]:
    """Return two workers that keep pages, and their twin that keeps none."""
    settings = {**SETTINGS, **FIXED, "DATA_DIR": str(database.folder), **database.address()}
    made = [Front(settings), Front({**settings, "PAGE_MEMORY": 0, "PAGE_FOLDER": 0})]
    yield [county.front, *made]
    for front in made:
        for app in (front.public, front.console):
            with app.app_context():
                db.engine.dispose()


def test_kept_pages_agree_with_a_twin_that_keeps_none(county: County, workers: list[Front]) -> None:
    chance = Random(20240811)  # noqa: S311 - the same acts each time
    life = Life(county, chance)
    for step in range(STEPS):
        act = chance.choice((life.publish, life.publish, life.withdraw, life.dress, life.move, life.idle))
        act()
        for _ in range(3):
            compare(workers, chance, life, f"step {step}, after {act.__name__}")


def compare(workers: list[Front], chance: Random, life: "Life", when: str) -> None:
    """Ask all workers for one page, the keeping ones twice, in any order."""
    slug = chance.choice((*UNITS, PORTAL))
    path = chance.choice((*PATHS, *life.paths[-4:]))
    if slug == PORTAL and chance.random() < 1 / 3:
        path = f"/u/{chance.choice(UNITS)}{path}" if not path.startswith("/hant") else path
    mode, host = chance.choice(MODES), life.hosts.get(slug, HOSTS[slug])
    cookies = {"Cookie": f"ziwang-display={mode}"} if mode else {}
    *keeping, twin = workers
    expected = ask(twin, path, host, **cookies)
    for front in chance.sample([*keeping, *keeping], 2 * len(keeping)):
        found = ask(front, path, host, **cookies)
        where = f"{when}: {host}{path} in mode {mode!r}"
        assert found.status_code == expected.status_code, where
        assert found.data == expected.data, where
        assert said(found.headers.items()) == said(expected.headers.items()), where


def said(headers: object) -> set[tuple[str, str]]:
    """Return what an answer says but for what the keeping itself adds, and the time."""
    found: list[tuple[str, str]] = list(headers)  # type: ignore[call-overload]
    return {(name, value) for name, value in found if name not in ("Date", "ETag", "Last-Modified", "Vary")}


class Life:
    """What people do to a county while others read."""

    def __init__(self, county: County, chance: Random) -> None:
        self._county, self._chance = county, chance
        self._shown: list[tuple[str, int]] = []
        self.paths: list[str] = []
        self.hosts: dict[str, str] = {}
        self._count = 0

    def publish(self) -> None:
        slug = self._chance.choice(UNITS)
        self._count += 1
        title = f"关于第{self._count}件事项的通知"
        article = self._county.an_article(slug, title=title, state=ArticleState.PUBLISHED)
        self._shown.append((slug, article))
        self.paths.append(self._county.path_of(slug, article))

    def withdraw(self) -> None:
        if not self._shown:
            return
        slug, article = self._shown.pop(self._chance.randrange(len(self._shown)))
        with self._county.inside(slug):
            found = db.session.get_one(Article, article)
            signer = db.session.scalars(select(Account).where(Account.login == f"{slug}.signer")).one()
            assert found.head_id is not None
            endings.withdraw(found, signer, revision=found.head_id, reason="内容有误")

    def dress(self) -> None:
        with self._county.everywhere():
            tenant = self._tenant(self._chance.choice((*UNITS, PORTAL)))
            tenant.name = f"{tenant.name[:4]}{self._chance.randrange(10)}"
            refresh_around(tenant)

    def move(self) -> None:
        slug = self._chance.choice(UNITS)
        name = f"{slug}{self._chance.randrange(100)}.yj.localhost"
        with self._county.everywhere():
            tenant = self._tenant(slug)
            host = db.session.scalars(select(Host).where(Host.tenant_id == tenant.id, Host.is_primary)).one()
            host.name = self.hosts[slug] = name
            refresh_around(tenant)

    def idle(self) -> None:
        """Do nothing: readers come anyway."""

    @staticmethod
    def _tenant(slug: str) -> Tenant:
        return db.session.scalars(select(Tenant).where(Tenant.slug == slug)).one()
