"""How often one address may ask: counted apart for each name, and never a reason to turn all away."""

from collections.abc import Iterator

import pytest
from flask import Flask

from app.web import limits

KEY = {"SECRET_KEY": "only-for-tests"}


@pytest.fixture
def app() -> Iterator[Flask]:
    app = Flask("limits")
    app.config.update(REDIS_URL="", **KEY)
    limits.init_app(app)
    with app.app_context():
        yield app


def test_names_are_counted_apart(app: Flask) -> None:
    assert [limits.admits("2 per minute; 100 per hour", "form", "a") for _ in range(3)] == [True, True, False]
    assert limits.admits("2 per minute", "form", "b")


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
    ],
)
def test_an_address_is_counted_without_being_kept(app: Flask, one: str, other: str, *, is_same: bool) -> None:
    names = []
    for address in (one, other):
        with app.test_request_context(environ_base={"REMOTE_ADDR": address}):
            names.append(limits.asker())
    assert (names[0] == names[1]) == is_same
    assert one not in names[0]


def test_nobody_is_turned_away_while_redis_is_away() -> None:
    app = Flask("limits")
    app.config.update(REDIS_URL="redis://127.0.0.1:1/0", **KEY)
    limits.init_app(app)
    with app.app_context():
        assert limits.admits("1 per minute", "form", "a")
        assert limits.admits("1 per minute", "form", "a")
