"""Codes of the second factor: near in time, each once; recovery codes once (D9)."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from freezegun import freeze_time
from freezegun.api import FrozenDateTimeFactory

from app.accounts.credentials import authenticator
from app.accounts.credentials.sealing import seal, unsealed
from app.accounts.models import Account
from app.core.clock import now
from app.core.database import db
from tests.app.accounts.conftest import SECRET, START, Offices, account_of, code_at


@pytest.fixture
def clock() -> Iterator[FrozenDateTimeFactory]:
    with freeze_time(START) as frozen:
        assert isinstance(frozen, FrozenDateTimeFactory)
        yield frozen


@pytest.fixture
def operator(clock: FrozenDateTimeFactory, staffed: Offices) -> Iterator[Account]:
    staffed.operator()
    with staffed.app.app_context():
        yield account_of("liming")


@pytest.mark.parametrize(("aside", "is_right"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_code_is_right_one_step_to_each_side(
    operator: Account,
    aside: int,
    is_right: bool,  # noqa: FBT001 - a column of a table
) -> None:
    assert authenticator.accept(operator, code_at(now(), aside)) is is_right


def test_no_code_is_right_twice_nor_an_earlier_one_afterwards(
    operator: Account, clock: FrozenDateTimeFactory
) -> None:
    code = code_at(now())

    assert authenticator.accept(operator, code)
    db.session.commit()
    assert not authenticator.accept(operator, code)
    assert not authenticator.accept(operator, code_at(now(), -1))
    clock.tick(timedelta(seconds=30))
    assert authenticator.accept(operator, code_at(now()))


def test_a_recovery_code_is_right_once_however_it_is_typed(operator: Account) -> None:
    codes = authenticator.renew_recovery_codes(operator)

    assert len(set(codes)) == 10
    assert authenticator.accept(operator, codes[0].upper().replace("-", " "))
    assert not authenticator.accept(operator, codes[0])
    assert authenticator.recovery_codes_left(operator) == 9


def test_new_recovery_codes_void_the_old(operator: Account) -> None:
    old = authenticator.renew_recovery_codes(operator)
    authenticator.renew_recovery_codes(operator)

    assert not authenticator.accept(operator, old[0])


@pytest.mark.parametrize("code", ["", "000", "abcdef", "１２３４５６", "二", "0" * 500])
def test_nonsense_is_no_code(operator: Account, code: str) -> None:
    assert not authenticator.accept(operator, code)


def test_the_secret_is_sealed(operator: Account) -> None:
    assert SECRET not in operator.second_factor
    assert unsealed(operator.second_factor) == SECRET
    assert unsealed(seal("other")[:-4] + "AAA=") is None
    assert unsealed("") is None
