"""The production settings believe nobody, keep nothing about visitors and listen where they are told."""

import runpy
from typing import Any

import pytest
from gunicorn.config import Config

from deploy.addresses import addresses, trouble_with, workers
from tests.start.command import ROOT


@pytest.fixture
def settings() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "deploy" / "gunicorn.py"))


def test_gunicorn_takes_every_setting(settings: dict[str, Any]) -> None:
    config = Config()
    known = {name: value for name, value in settings.items() if name in config.settings}
    for name, value in known.items():
        config.set(name, value)
    assert {"bind", "workers", "threads", "timeout", "graceful_timeout", "max_requests"} <= known.keys()


def test_no_visitor_is_logged_and_no_header_is_believed(settings: dict[str, Any]) -> None:
    assert settings["accesslog"] is None
    assert settings["forwarded_allow_ips"] == ""
    assert settings["control_socket_disable"] is True


def test_workers_are_replaced_at_different_times(settings: dict[str, Any]) -> None:
    assert settings["max_requests"] > 0
    assert settings["max_requests_jitter"] > 0


def test_only_this_machine_is_served_unless_told_otherwise() -> None:
    assert addresses({"PORT": "8123"})[0] == "127.0.0.1:8123"
    assert set(addresses({})) <= {"127.0.0.1:8000", "[::1]:8000"}
    assert addresses({"ZIWANG_BIND": "0.0.0.0:80, unix:/run/z.sock"}) == ["0.0.0.0:80", "unix:/run/z.sock"]


@pytest.mark.parametrize("address", ["127.0.0.1", "127.0.0.1:web", "192.0.2.1:8000", "no such host:8000"])
def test_an_address_that_cannot_be_is_troublesome(address: str) -> None:
    assert trouble_with(address)


def test_workers_follow_the_cores_unless_told_otherwise() -> None:
    assert workers({"ZIWANG_WORKERS": "3"}) == 3
    assert 1 <= workers({}) <= 8
    assert workers({"ZIWANG_WORKERS": "0"}) == workers({})
