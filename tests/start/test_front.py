"""A web server before gunicorn: what it is told, and what a person is told who has none."""

import re
from pathlib import Path

import pytest

from app.web.headers import POLICY
from deploy.bootstrap.places import ROOT
from deploy.bootstrap.programs import StartError
from deploy.front import nginx


def test_who_has_no_nginx_is_told_in_one_line_what_to_install(folder: Path) -> None:
    with pytest.raises(StartError, match="请先安装") as told:
        nginx.program({"PATH": str(folder)}, besides="")
    assert "\n" not in str(told.value)


def test_an_nginx_named_by_the_operator_is_taken() -> None:
    assert nginx.program({"NGINX": "/opt/nginx/sbin/nginx"}) == "/opt/nginx/sbin/nginx"


def test_the_fronts_have_no_gap_and_the_policy_of_our_pages(folder: Path) -> None:
    policy = POLICY.format(styles="", framed_by="'none'")
    for scheme in ("http", "https"):
        text = nginx.configuration(
            folder, nginx.Listening("127.0.0.1:8000"), gunicorn="127.0.0.1:8001", scheme=scheme
        )
        assert not re.search(r"\{\{|\}\}", text)
        assert text.count("{") == text.count("}")
        assert ('Strict-Transport-Security "max-age' in text) == (scheme == "https")
        assert f'"{policy}"' in text
    assert f'"{policy}"' in (ROOT / "deploy" / "Caddyfile").read_text(encoding="utf-8")
