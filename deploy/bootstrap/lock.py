"""Pinning: the lock files are written from the lists in setup.cfg, each package at one version."""

import re
import tempfile
from pathlib import Path

from deploy.bootstrap.packages import LOCKS, uv_in, wanted
from deploy.bootstrap.places import ROOT, VENV, python_of
from deploy.bootstrap.programs import StartError, succeeds

PIN = re.compile(r"^(?P<name>[a-z0-9._-]+)(?:\[[^]]*\])?==(?P<version>[^ ;]+)")


def lock() -> int:
    """Resolve anew and write both files; pins that still fit are kept."""
    lists = wanted()
    core = _resolved(lists["core"])
    everything = _resolved(lists["core"] + lists["test"])
    added = [line for line in everything if line not in core]
    for name, lines in zip(LOCKS["test"], (core, added), strict=True):
        (ROOT / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


def pins(*files: Path) -> dict[str, str]:
    """Return the version of each package that lock files name."""
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    return {found["name"]: found["version"] for found in map(PIN.match, lines) if found}


def _resolved(requirements: list[str]) -> list[str]:
    """Ask uv what all the requirements need together, on every Python and system that we support."""
    with tempfile.TemporaryDirectory() as folder:
        asked, pinned = Path(folder, "asked.in"), Path(folder, "pinned.txt")
        asked.write_text("\n".join(requirements), encoding="utf-8")
        pinned.write_text("".join(_text(name) for name in LOCKS["test"]), encoding="utf-8")
        uv, python = uv_in(VENV) or "uv", str(python_of(VENV))
        compiling = [uv, "pip", "compile", "-q", "--universal", "--python", python]
        plain = ["--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links"]
        if not succeeds([*compiling, *plain, "-o", str(pinned), str(asked)]):
            message = "版本没有定下来，请检查 setup.cfg 里的范围和网络。"
            raise StartError(message)
        return pinned.read_text(encoding="utf-8").splitlines()


def _text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8") if (ROOT / name).exists() else ""
