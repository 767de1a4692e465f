"""Who is writing just now: told to colleagues, and never in the way of saving (D2)."""

from datetime import UTC, datetime, timedelta

import pytest
from freezegun import freeze_time
from sqlalchemy import select

from app.accounts.models import Account, AccountState, Membership
from app.accounts.permissions import Role
from app.content.lease import ArticleLease
from app.core.database import db
from tests.app.content.test_console import ARTICLES, a_form
from tests.browser import Browser
from tests.worlds import BUREAU, County

START = datetime(2026, 11, 24, 2, 12, tzinfo=UTC)


@pytest.fixture
def article(county: County) -> int:
    """File an article in a unit with two editors."""
    with county.inside(BUREAU) as unit:
        role = Membership(tenant_id=unit.id, role=Role.EDITOR, since=START.date())
        db.session.add(Account(login="lisi", name="李四", state=AccountState.ACTIVE, memberships=[role]))
    return county.an_article()


def hold(browser: Browser, article: int, **fields: str) -> dict[str, object]:
    answer = browser.post(f"{ARTICLES}/{article}/lease", data=fields)
    assert answer.status_code == 200
    return dict(answer.json or {})


def holders(county: County) -> list[str]:
    joined = select(Account.login).join(ArticleLease, ArticleLease.account_id == Account.id)
    with county.inside(BUREAU):
        return list(db.session.scalars(joined))


def shown(browser: Browser, article: int, page: str = "") -> str:
    return " ".join(browser.get(f"{ARTICLES}/{article}{page}").text.split())


def test_the_second_one_is_told_and_saves_all_the_same(county: County, article: int) -> None:
    with freeze_time(START):
        first, second = county.staff(f"{BUREAU}.editor"), county.staff("lisi")
        assert hold(first, article)["is_own"] is True
        told = hold(second, article)

        assert (told["is_own"], told["since"]) == (False, "10:12")
        for page in ("", "/edit"):
            assert "10:12</span> 起正在修改这篇信息" in shown(second, article, page), page
        assert "正在修改这篇信息" not in shown(first, article)
        head = county.head_of(BUREAU, article)
        saved = second.post(f"{ARTICLES}/{article}/edit", data=a_form(county, title="改过的", base=head))

    assert saved.status_code == 303
    assert county.head_of(BUREAU, article) != head
    assert holders(county) == [f"{BUREAU}.editor"]


def test_reading_claims_nothing(county: County, article: int) -> None:
    shown(county.staff("lisi"), article, "/edit")

    assert holders(county) == []


def test_it_is_given_up_by_saving_and_by_leaving(county: County, article: int) -> None:
    first, second = county.staff(f"{BUREAU}.editor"), county.staff("lisi")
    hold(first, article)
    hold(second, article, leave="yes")  # Of another's claim nothing is given up.
    assert holders(county) == [f"{BUREAU}.editor"]

    hold(first, article, leave="yes")
    assert holders(county) == []
    hold(second, article)
    head = county.head_of(BUREAU, article)
    second.post(f"{ARTICLES}/{article}/edit", data=a_form(county, base=head))

    assert holders(county) == []


def test_after_ten_minutes_without_a_sign_anyone_goes_on(county: County, article: int) -> None:
    with freeze_time(START) as clock:
        first, second = county.staff(f"{BUREAU}.editor"), county.staff("lisi")
        hold(first, article)
        clock.tick(timedelta(minutes=6))
        hold(first, article)  # A sign of life.
        clock.tick(timedelta(minutes=9))
        assert hold(second, article)["is_own"] is False
        clock.tick(timedelta(minutes=2))
        assert "已经超过 10 分钟没有动作" in shown(second, article, "/edit")
        assert "正在修改" not in shown(second, article)

        assert hold(second, article)["is_own"] is True
        assert hold(first, article)["name"] == "李四"


@pytest.mark.parametrize("way", ["/lease/take-over", "/lease"])
def test_taking_over_at_once_is_possible(county: County, article: int, way: str) -> None:
    first, second = county.staff(f"{BUREAU}.editor"), county.staff("lisi")
    hold(first, article)

    answer = second.post(f"{ARTICLES}/{article}{way}", data={"take": "yes"})

    assert answer.status_code in (200, 303)
    assert hold(first, article)["is_own"] is False
    assert "李四" in shown(first, article, "/edit")
