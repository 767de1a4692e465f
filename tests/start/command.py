"""Calling `python3 wsgi.py` as a person at a terminal does."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def started(*words: str, **environ: str) -> "subprocess.CompletedProcess[str]":
    """Run a command of the bootstrap to its end, with the given environment variables."""
    return subprocess.run(  # noqa: S603 - our own entry
        [sys.executable, str(ROOT / "wsgi.py"), *words],
        env={**os.environ, **environ},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def only_line_of(ended: "subprocess.CompletedProcess[str]") -> str:
    """Return the one line that a start which cannot be must end with, without any traceback."""
    assert ended.returncode == 1, ended.stdout + ended.stderr
    assert ended.stderr == ""
    lines = ended.stdout.splitlines()
    assert len(lines) == 1
    return lines[0]
