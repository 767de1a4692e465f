"""What the timers run is there: each command of deploy/systemd exists and asks for nothing more."""

import re
from pathlib import Path

import click
import pytest

from tests.worlds import County

UNITS = Path(__file__).resolve().parents[2] / "deploy/systemd"
COMMAND = re.compile(r"^ExecStart=\S+/flask --app wsgi (.+)$", re.MULTILINE)
LINES = sorted(
    {line for unit in UNITS.glob("*.service") for line in COMMAND.findall(unit.read_text("utf-8"))}
)


@pytest.mark.parametrize("line", LINES)
def test_every_command_of_a_timer_runs(county: County, line: str) -> None:
    ran = county.front.console.test_cli_runner().invoke(args=line.split())

    assert ran.exit_code == 0, ran.output


def test_every_timer_has_its_service() -> None:
    assert len(LINES) > 3
    for timer in UNITS.glob("*.timer"):
        assert timer.with_suffix(".service").exists(), timer.name


def test_a_wrong_command_is_told_in_chinese(county: County) -> None:
    runner = county.front.console.test_cli_runner()
    for line, says in (
        ("search nothing", "没有这个命令：nothing"),
        ("search rebuild --wrong", "没有这个选项：--wrong"),
        ("unit create", "缺少参数"),
        ("unit list too much", "多出来的参数"),
    ):
        ran = runner.invoke(args=line.split())
        assert ran.exit_code == click.UsageError.exit_code, line
        assert says in ran.output, ran.output
        assert "Usage" not in ran.output
