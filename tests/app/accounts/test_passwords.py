"""Which passwords may be chosen, and that comparing says nothing by its time (D7)."""

from statistics import median
from time import perf_counter

import pytest

from app.accounts.credentials import passwords
from tests.app.accounts.conftest import PASSWORD, hash_of_password


@pytest.mark.parametrize(
    "password",
    [
        "Green-hill-77x",
        "correct horse battery staple",
        "一个只有我自己知道的很长的中文句子",
        "Shuiku2026!jian",
    ],
)
def test_a_mixture_or_a_sentence_may_be_chosen(password: str) -> None:
    assert passwords.faults(password, login="wanghai", name="王海") == []


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("Aa1-short", "至少 10 个字符"),
        ("onlylowercase", "至少用 3 种"),
        ("Aa1-" * 40, "最多 128"),
        ("Wanghai-2026x", "登录名或姓名"),
        ("王海-Abc-123456", "登录名或姓名"),
        ("Passw0rd!2026", "太常见"),
        ("Admin@123456", "太常见"),
        ("Aa1!Aa1!Aa1!", "太常见"),
        ("1111111111111111", "太常见"),
    ],
)
def test_what_is_easily_guessed_is_refused_with_the_reason(password: str, says: str) -> None:
    assert says in "".join(passwords.faults(password, login="wanghai", name="王海"))


@pytest.mark.usefixtures("dear_passwords")
def test_a_hash_is_argon2id_and_dear_and_only_the_password_fits() -> None:
    assert hash_of_password().startswith("$argon2id$v=19$m=65536,t=3,p=1$")
    assert passwords.is_right(PASSWORD, hash_of_password())
    assert not passwords.is_right(PASSWORD + "x", hash_of_password())
    assert not passwords.is_right("", hash_of_password())


def test_full_width_signs_are_the_same_password() -> None:
    assert passwords.is_right("Ｇreen-hill-７７x", hash_of_password())


@pytest.mark.usefixtures("dear_passwords")
def test_nobodys_password_is_never_right_and_takes_as_long() -> None:
    def time_of(password_hash: str) -> float:
        began = perf_counter()
        assert not passwords.is_right("wrong-Password-1", password_hash)
        return perf_counter() - began

    time_of("")  # The first makes the hash it compares with.
    pairs = [(time_of(hash_of_password()), time_of("")) for _ in range(7)]

    known, unknown = median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)
    assert 0.2 < known / unknown < 5
