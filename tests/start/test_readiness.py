"""A start that cannot be ends with one line that says what to do next."""

import ast
import socket
from typing import TYPE_CHECKING

import pytest

from deploy.bootstrap import readiness
from deploy.bootstrap.programs import StartError
from deploy.bootstrap.version import refuse_old_python
from tests.start.command import ROOT, only_line_of, started

if TYPE_CHECKING:
    from pathlib import Path


def test_an_old_python_is_told_which_one_is_needed() -> None:
    with pytest.raises(SystemExit) as ended:
        refuse_old_python((3, 10, 13))
    assert str(ended.value).startswith("需要 Python 3.11 或更新的版本，现在是 3.10.13。")


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 13, 1), (4, 0, 0)])
def test_a_python_that_is_new_enough_goes_on(version: tuple[int, int, int]) -> None:
    refuse_old_python(version)


def test_a_user_without_a_name_is_told_before_anything_is_installed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    readiness.require_named_user()
    monkeypatch.setattr("os.geteuid", lambda: 4_123_456)
    with pytest.raises(StartError, match="编号 4123456，没有用户名") as told:
        readiness.require_named_user()
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("name", ["wsgi.py", "deploy/bootstrap/version.py", "deploy/bootstrap/__init__.py"])
def test_what_an_old_python_reads_is_in_words_it_knows(name: str) -> None:
    ast.parse((ROOT / name).read_text(encoding="utf-8"), feature_version=(3, 7))


@pytest.mark.parametrize("host", ["127.0.0.1", "", "::1"])
def test_a_taken_port_is_named(host: str, tmp_path: "Path") -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as somebody:
        somebody.bind((host, 0))
        somebody.listen()
        port = str(somebody.getsockname()[1])
        line = only_line_of(started("run", PORT=port, DATA_DIR=str(tmp_path)))
    assert f":{port} 已被别的程序占用" in line


@pytest.mark.parametrize("port", ["abc", "", "0", "65536", "-1", "８０００", "80 00"])
def test_a_port_that_is_no_port_is_refused(port: str, tmp_path: "Path") -> None:
    line = only_line_of(started("run", PORT=port, DATA_DIR=str(tmp_path)))
    assert f"PORT={port} 不是" in line


def test_a_data_folder_that_cannot_be_written_is_named(tmp_path: "Path", free_port: str) -> None:
    (tmp_path / "file").touch()
    folder = tmp_path / "file" / "data"
    assert f"数据文件夹 {folder} 不能写入" in only_line_of(
        started("run", PORT=free_port, DATA_DIR=str(folder))
    )


def test_a_data_folder_on_a_system_that_refuses_is_named(free_port: str) -> None:
    assert "不能写入" in only_line_of(started("run", PORT=free_port, DATA_DIR="/proc/ziwang"))


@pytest.mark.parametrize("words", [(), ("no-such-command",)])
def test_without_a_known_command_the_commands_are_listed(words: tuple[str, ...]) -> None:
    ended = started(*words)
    assert ended.returncode == 2
    assert "run" in ended.stdout
    assert "test" in ended.stdout


@pytest.fixture
def free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])
