"""Counters in a live server: all processes count together, and one that is away turns nobody away."""

from flask import Flask

from app.web import limits
from tests.engines import valkey

KEY = {"SECRET_KEY": "only-for-tests"}
LIMIT = "2 per hour"


def _application(port: int) -> Flask:
    app = Flask("limits")
    app.config.update(REDIS_URL=f"redis://127.0.0.1:{port}/0", **KEY)
    limits.init_app(app)
    return app


def _admits(app: Flask, name: str) -> bool:
    with app.app_context():
        return limits.admits(LIMIT, "form", name)


def test_two_applications_count_together_and_outlive_the_server() -> None:
    with valkey.running() as server:
        port = server.port
        one, other = _application(port), _application(port)
        assert [_admits(app, "a") for app in (one, other, one, other)] == [True, True, False, False]
        assert _admits(other, "b")

    for app in (one, other):
        assert [_admits(app, "a") for _ in range(4)] == [True] * 4

    with valkey.running(port):
        # The new server knows nothing of before; whoever asks is counted again, and by both.
        assert [_admits(app, "a") for app in (other, one, other, one)] == [True, True, False, False]
