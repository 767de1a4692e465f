"""Lists of the portal: pinned first, then newest; the number shown is the number counted."""

import random
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app.accounts.models import Account
from app.content.models import Column
from app.content.states import ArticleState
from app.core.clock import now
from app.core.database import db
from app.portal import amounts, queries, services
from app.portal.models import PortalEntry
from app.publishing import endings
from app.publishing import services as publishing
from app.tenancy.models import Tenant, TenantState
from tests.app.publishing.acts import article_of, head_of, person
from tests.worlds import BUREAU, LIBRARY, PORTAL, TOWN, County

PUBLISHED = ArticleState.PUBLISHED
UNITS = (BUREAU, TOWN, LIBRARY)


def listed(county: County) -> tuple[list[int], int]:
    """Return the ids of all that the portal's notices show, page by page, and how many it says there are."""
    with county.inside(PORTAL) as portal:
        column_id = db.session.scalars(select(Column.id).where(Column.slug == "tzgg")).one()
        count = amounts.count_in(portal.id, column_id)
        pages = [
            queries.entries(portal.id, column_id=column_id, limit=1, offset=offset)
            for offset in range(count + 1)
        ]
        first = queries.firsts(portal.id, [column_id], limit=5).by_column[column_id]
        found = [entry for page in pages for entry in page]
        assert first == found[:5]
        assert found == sorted(found, key=lambda one: (one.is_pinned, one.published_at, one.entry_id))[::-1]
        return [entry.entry_id for entry in found], count


@pytest.fixture(params=["walked to", "from where their months begin"])
def far(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[set[bool]]:
    """Have pages reached in either way; return in which of them that happened."""
    reached: set[bool] = set()

    def start_after(*asked: int) -> amounts.Start | None:
        start = amounts.start_after(*asked)
        reached.add(start is not None)
        return start

    if request.param != "walked to":
        monkeypatch.setattr(amounts, "NEAR", 0)
        monkeypatch.setattr(queries, "start_after", start_after)
    yield reached
    assert reached in (set(), {True, False})


@pytest.mark.usefixtures("far")
def test_what_is_counted_is_what_is_shown_after_any_acts(county: County) -> None:
    """Publishing, hiding, pinning, withdrawing, the same text twice, a closed unit, a minute to come."""
    chance = random.Random(4)  # noqa: S311 - which act comes next is no secret
    articles: list[tuple[str, int]] = []
    for turn in range(24):
        act = chance.choice(["publish", "publish", "twice", "later", "withdraw", "hide", "pin", "close"])
        if act in ("publish", "twice", "later") or not articles:
            articles.append(_published(county, chance.choice(UNITS), act, turn))
        elif act == "withdraw":
            _withdraw(county, *articles.pop(chance.randrange(len(articles))))
        elif act == "close":
            _toggle(county, chance.choice(UNITS))
        else:
            _decide(county, act, chance)
        _date_back(county, chance)
        ids, count = listed(county)
        assert len(set(ids)) == len(ids) == count, act


def _date_back(county: County, chance: random.Random) -> None:
    """Let what was published just now have been published in one of the last months."""
    moment = now() - timedelta(days=chance.randrange(100))
    with county.inside(PORTAL):
        new = PortalEntry.published_at.between(now() - timedelta(hours=1), now()) & PortalEntry.is_listed
        found = db.session.scalars(select(PortalEntry.id).where(new)).all()
        # A listed entry keeps its moment, and is counted by it.
        for changed in ({"is_listed": False}, {"is_listed": True, "published_at": moment}):
            db.session.execute(update(PortalEntry).where(PortalEntry.id.in_(found)).values(**changed))


def _published(county: County, slug: str, act: str, turn: int) -> tuple[str, int]:
    title = "同一件事的通知" if act == "twice" else f"第{turn}号通知"
    state = ArticleState.SUBMITTED if act == "later" else PUBLISHED
    article_id = county.an_article(slug, title=title, body=f"<p>{title}。</p>", state=state)
    if act == "later":
        with county.inside(slug):
            article, head = article_of(article_id), head_of(article_of(article_id))
            publishing.take_back(article, person(f"{slug}.editor"), revision=head)
            publishing.submit(article, person(f"{slug}.editor"), revision=head, at=now() + timedelta(hours=2))
            publishing.publish(article, person(f"{slug}.signer"), revision=head)
    return slug, article_id


def _withdraw(county: County, slug: str, article_id: int) -> None:
    with county.inside(slug):
        article, signer = article_of(article_id), person(f"{slug}.signer")
        if article.first_published_at and article.first_published_at > now():
            endings.cancel(article, signer, revision=head_of(article), reason="改期")
        else:
            endings.withdraw(article, signer, revision=head_of(article), reason="有误")


def _toggle(county: County, slug: str) -> None:
    with county.everywhere():
        unit = db.session.scalars(select(Tenant).where(Tenant.slug == slug)).one()
        unit.state = TenantState.OPEN if unit.state is TenantState.CLOSED else TenantState.CLOSED


def _decide(county: County, act: str, chance: random.Random) -> None:
    with county.inside(PORTAL):
        operator = db.session.scalars(select(Account).where(Account.login == "portal.operator")).one()
        entries = db.session.scalars(select(PortalEntry).order_by(PortalEntry.id)).all()
        entry = chance.choice(entries)
        if act == "pin":
            services.pin(entry, operator, is_pinned=not entry.is_pinned)
        elif entry.hidden_at is None:
            services.hide(entry, operator, reason="重复")
        else:
            services.show(entry, operator)
