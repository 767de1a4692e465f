"""The lock pins every package that setup.cfg names, and says nothing of where anybody fetched it."""

import json
import re

import pytest
from packaging.requirements import Requirement

from deploy.bootstrap.lock import pins
from deploy.bootstrap.packages import LOCKS, wanted
from tests.start.command import ROOT

FILES = LOCKS["test"]


@pytest.mark.parametrize("group", ["core", "test"])
def test_every_named_package_is_pinned_within_its_range(group: str) -> None:
    pinned = pins(*(ROOT / name for name in LOCKS[group]))
    for text in wanted()[group]:
        requirement = Requirement(text)
        assert pinned.get(requirement.name.lower(), "none") in requirement.specifier, text


@pytest.mark.parametrize("name", FILES)
def test_each_line_of_the_lock_is_a_pin(name: str) -> None:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    assert lines
    assert [line for line in lines if not re.fullmatch(r"[a-z0-9.-]+==[\w.]+( ; [\w '!=<>.]+)?", line)] == []


def test_no_package_is_pinned_twice() -> None:
    names = [line.split("==")[0] for name in FILES for line in (ROOT / name).read_text().splitlines()]
    assert sorted(names) == sorted(set(names))


def test_the_editor_is_pinned_and_its_lock_names_no_registry() -> None:
    asked = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["dependencies"]
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert {name: packages[f"node_modules/{name}"]["version"] for name in asked} == asked
    for name, package in packages.items():
        assert "resolved" not in package
        assert not name or package["integrity"].startswith("sha512-")
