"""What is installed is known by a stamp, and an install that broke off is begun afresh."""

import os
from pathlib import Path

import pytest

from deploy.bootstrap import packages
from deploy.bootstrap.places import VENV, python_of
from deploy.bootstrap.programs import StartError, succeeds

SETUP = "[options]\ninstall_requires =\n[options.extras_require]\ntest =\n"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a project that needs no packages, so that installing it needs no network."""
    monkeypatch.setenv("PATH", f"{VENV / 'bin'}:{os.environ['PATH']}")
    (tmp_path / "setup.cfg").write_text(SETUP)
    for name in packages.LOCKS["test"]:
        (tmp_path / name).touch()
    return tmp_path


@pytest.fixture
def venv(root: Path) -> Path:
    folder = root / ".venv"
    packages.install("core", root=root, venv=folder)
    return folder


def test_a_finished_install_is_found_again(root: Path, venv: Path) -> None:
    assert packages.is_installed("core", root=root, venv=venv)
    assert not packages.is_installed("test", root=root, venv=venv)


def test_the_packages_of_the_tests_contain_those_of_the_site(root: Path) -> None:
    packages.install("test", root=root, venv=root / ".venv")
    assert packages.is_installed("core", root=root, venv=root / ".venv")


@pytest.mark.parametrize("name", ["setup.cfg", "requirements.lock"])
def test_a_changed_list_asks_for_an_install(name: str, root: Path, venv: Path) -> None:
    (root / name).write_text(SETUP.replace("install_requires =", "install_requires =\n    flask"))
    assert not packages.is_installed("core", root=root, venv=venv)


def test_another_python_asks_for_an_install(root: Path, venv: Path) -> None:
    python_of(venv).unlink()
    python_of(venv).symlink_to("/usr/bin/env")
    assert not packages.is_installed("core", root=root, venv=venv)


def test_a_python_that_is_gone_is_replaced(root: Path, venv: Path) -> None:
    python_of(venv).unlink()
    python_of(venv).symlink_to(root / "uninstalled")
    packages.install("core", root=root, venv=venv)
    assert succeeds([python_of(venv), "-c", ""])
    assert packages.is_installed("core", root=root, venv=venv)


def test_an_install_that_broke_off_is_begun_afresh(root: Path, venv: Path) -> None:
    """A half-written package may look complete to the installer, so nothing of it is kept."""
    (venv / ".installed-core").unlink()
    (venv / ".installing").touch()
    half_written = venv / "half-written"
    half_written.touch()
    packages.install("core", root=root, venv=venv)
    assert not half_written.exists()
    assert not (venv / ".installing").exists()
    assert packages.is_installed("core", root=root, venv=venv)


def test_what_cannot_be_installed_leaves_no_stamp(root: Path, venv: Path) -> None:
    (root / "requirements.lock").write_text("./no-such-package\n")
    with pytest.raises(StartError, match="软件包没有装上"):
        packages.install("core", root=root, venv=venv)
    assert not packages.is_installed("core", root=root, venv=venv)
    assert (venv / ".installing").exists()
