"""Who must wait before trying again, and who must not (D7)."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from freezegun import freeze_time
from freezegun.api import FrozenDateTimeFactory

from app.accounts.credentials import throttle
from app.accounts.models import FailedSignIn
from app.core.clock import now
from app.core.database import db
from tests.app.accounts.conftest import START, Offices


@pytest.fixture
def clock(staffed: Offices) -> Iterator[FrozenDateTimeFactory]:
    with freeze_time(START) as frozen, staffed.app.app_context():
        assert isinstance(frozen, FrozenDateTimeFactory)
        yield frozen


def is_admitted(name: str, address: str, *, is_known: bool = False) -> bool:
    return throttle.admit(name, address, is_known=lambda: is_known) is None


def test_a_sixth_try_of_one_name_from_one_address_waits(clock: FrozenDateTimeFactory) -> None:
    assert [is_admitted("a", "10.0.0.1") for _ in range(7)] == [True] * 5 + [False] * 2
    assert is_admitted("a", "10.0.0.2")
    assert is_admitted("b", "10.0.0.1")


def test_waiting_ends_when_the_oldest_try_is_old(clock: FrozenDateTimeFactory) -> None:
    for _ in range(5):
        is_admitted("a", "10.0.0.1")
        clock.tick(timedelta(minutes=1))

    wait = throttle.admit("a", "10.0.0.1", is_known=lambda: True)
    assert wait is not None
    assert "约 10 分钟后（17:15 以后）" in wait.says
    clock.tick(timedelta(minutes=10))
    assert is_admitted("a", "10.0.0.1")


def test_an_address_that_tries_many_names_waits(clock: FrozenDateTimeFactory) -> None:
    assert all(is_admitted(f"name{at}", "10.0.0.1") for at in range(50))
    assert not is_admitted("another", "10.0.0.1")
    assert is_admitted("another", "10.0.0.2")


def test_a_name_tried_from_everywhere_waits_longer_each_time_but_not_for_ever(
    clock: FrozenDateTimeFactory,
) -> None:
    admitted = sum(is_admitted("a", f"10.0.{at // 250}.{at % 250}") for at in range(1000))
    assert admitted == 20

    waits = []
    for at in range(9):
        wait = throttle.admit("a", f"10.9.0.{at}", is_known=lambda: False)
        assert wait is not None
        waits.append(round((wait.until - now()).total_seconds()))
        clock.move_to(wait.until)
        assert is_admitted("a", f"10.9.0.{at}")
    assert waits[:4] == [10, 20, 40, 80]
    assert max(waits) == 15 * 60


def test_strangers_cannot_keep_a_person_out_of_where_they_are_known(clock: FrozenDateTimeFactory) -> None:
    for at in range(200):
        is_admitted("a", f"10.0.0.{at}")

    assert not is_admitted("a", "10.8.0.1")
    assert is_admitted("a", "10.8.0.1", is_known=True)


def test_what_was_right_is_forgotten_and_so_is_what_is_old(clock: FrozenDateTimeFactory) -> None:
    is_admitted("old", "10.0.0.9")
    clock.tick(timedelta(days=2))
    for _ in range(5):
        is_admitted("a", "10.0.0.1")
    is_admitted("b", "10.0.0.1")

    throttle.forgive("a", "10.0.0.1")

    assert db.session.query(FailedSignIn).count() == 1
    assert is_admitted("a", "10.0.0.1")


def test_names_and_addresses_are_not_kept_readable(clock: FrozenDateTimeFactory) -> None:
    is_admitted("login wanghai", "10.0.0.1")

    row = db.session.query(FailedSignIn).one()
    assert len(row.login_hash) == len(row.address_hash) == 64


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:10.0.0.1", "10.0.0.1", True),
        ("10.0.0.1", "10.0.0.2", False),
        ("", "10.0.0.2", False),
    ],
)
def test_one_machine_has_one_address(
    clock: FrozenDateTimeFactory,
    one: str,
    other: str,
    is_same: bool,  # noqa: FBT001 - a column of a table
) -> None:
    assert (throttle.hash_of_address(one) == throttle.hash_of_address(other)) is is_same
