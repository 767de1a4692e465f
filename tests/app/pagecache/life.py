"""What happens to a county while others read: publications, withdrawals, other looks, other hosts."""

from random import Random
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.accounts.models import Account
from app.content.models import Article
from app.content.states import ArticleState
from app.core.database import db
from app.operations.services import refresh_around
from app.publishing import endings
from app.tenancy.models import Host, Tenant
from tests.worlds import BUREAU, HOSTS, PORTAL, TOWN, County

if TYPE_CHECKING:
    from collections.abc import Callable

UNITS = (BUREAU, TOWN)
PATHS = ("/", "/tzgg/", "/feed.atom", "/hant/tzgg/", "/sitemap.xml", "/tzgg/?page=2", "/nowhere/")
MODES = ("", "e", "3k", "2ysp", "nonsense")
THEMES = ("base", "county_blue", "department", "sober", "township")
#: So many of the newest articles are asked for, and of the hosts that were given away.
NEWEST = 4


class Life:
    """Acts upon a county, chosen by chance, and the addresses that they bring about."""

    def __init__(self, county: County, chance: Random) -> None:
        self._county, self._chance = county, chance
        self._shown: list[tuple[str, int]] = []
        self._count = 0
        self.paths: list[str] = []
        self.hosts: dict[str, str] = {}
        self.given_away: list[str] = []

    def act(self) -> str:
        """Let something happen, and say what."""
        acts: tuple[Callable[[], None], ...] = (
            *(self.publish, self.publish, self.withdraw),
            *(self.rename, self.dress, self.move, self.idle),
        )
        chosen = self._chance.choice(acts)
        chosen()
        return chosen.__name__

    def page(self, chance: Random) -> tuple[str, str, str]:
        """Return a host, a path and a mode of display that somebody may ask for now."""
        slug = chance.choice((*UNITS, PORTAL))
        path = chance.choice((*PATHS, *self.paths[-NEWEST:]))
        if slug == PORTAL and chance.random() < 1 / 3:
            path = f"/u/{chance.choice(UNITS)}{path}" if not path.startswith("/hant") else path
        host = self.hosts.get(slug, HOSTS[slug])
        if self.given_away and chance.random() < 1 / 20:
            host = chance.choice(self.given_away[-NEWEST:])
        return host, path, chance.choice(MODES)

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
        withdraw(self._county, slug, article)

    def rename(self) -> None:
        with self._county.everywhere():
            tenant = self._tenant(self._chance.choice((*UNITS, PORTAL)))
            tenant.name = f"{tenant.name[:4]}{self._chance.randrange(10)}"
            refresh_around(tenant)

    def dress(self) -> None:
        with self._county.everywhere():
            tenant = self._tenant(self._chance.choice((*UNITS, PORTAL)))
            tenant.theme, tenant.palette = self._chance.choice(THEMES), ""
            refresh_around(tenant)

    def move(self) -> None:
        slug = self._chance.choice(UNITS)
        name = f"{slug}{self._chance.randrange(100)}.yj.localhost"
        with self._county.everywhere():
            tenant = self._tenant(slug)
            host = db.session.scalars(select(Host).where(Host.tenant_id == tenant.id, Host.is_primary)).one()
            self.given_away.append(host.name)
            host.name = self.hosts[slug] = name
            refresh_around(tenant)

    def idle(self) -> None:
        """Do nothing: readers come anyway."""

    @staticmethod
    def _tenant(slug: str) -> Tenant:
        return db.session.scalars(select(Tenant).where(Tenant.slug == slug)).one()


def withdraw(county: County, slug: str, article: int) -> None:
    """Let a unit's signer withdraw a published article."""
    with county.inside(slug):
        found = db.session.get_one(Article, article)
        signer = db.session.scalars(select(Account).where(Account.login == f"{slug}.signer")).one()
        assert found.head_id is not None
        endings.withdraw(found, signer, revision=found.head_id, reason="内容有误")
