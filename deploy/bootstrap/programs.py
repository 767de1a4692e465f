"""How the start speaks to people and calls other programs."""

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class StartError(Exception):
    """What keeps us from starting, in one line that says what to do next."""


def say(line: str) -> None:
    """Tell the person at the terminal at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def succeeds(
    command: "Sequence[str | Path]", *, log: "Path | None" = None, environ: "Mapping[str, str] | None" = None
) -> bool:
    """Run a program to its end, add what it prints to the log, and tell whether it succeeded."""
    with Path(log or os.devnull).open("ab") as target:
        try:
            ended = subprocess.run(  # noqa: S603 - our own commands, never a shell
                list(command),
                stdin=subprocess.DEVNULL,
                stdout=target,
                stderr=subprocess.STDOUT,
                env={**os.environ, **(environ or {})},
                check=False,
            )
        except OSError:
            return False
    return ended.returncode == 0


def shown(command: "Sequence[str | Path]") -> bool:
    """Run a program that speaks to the person itself, and tell whether it succeeded."""
    return subprocess.run(list(command), check=False).returncode == 0  # noqa: S603 - our own commands


def answer_of(command: "Sequence[str | Path]") -> str:
    """Return what a program prints, or nothing if it fails or is not there."""
    try:
        ended = subprocess.run(list(command), capture_output=True, text=True, check=False)  # noqa: S603 - our own
    except OSError:
        return ""
    return ended.stdout.strip() if ended.returncode == 0 else ""


def become(command: "Sequence[str | Path]", environ: "Mapping[str, str] | None" = None) -> NoReturn:
    """Give this process over to a program, so that it gets Ctrl-C and every other signal itself."""
    sys.stdout.flush()
    os.execve(command[0], [str(word) for word in command], {**os.environ, **(environ or {})})  # noqa: S606
