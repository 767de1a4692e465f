"""What the commands of `python3 wsgi.py` hand over."""

import pytest

from deploy.bootstrap import commands
from deploy.bootstrap.places import VENV


@pytest.fixture
def handed_over(monkeypatch: pytest.MonkeyPatch) -> list[tuple[list[str], dict[str, str]]]:
    """Return the programs and variables that processes are given over to, with nothing installed or run."""
    told: list[tuple[list[str], dict[str, str]]] = []
    for part, act in (("packages", "install"), ("editor", "fetch"), ("engines", "install")):
        monkeypatch.setattr(getattr(commands, part), act, lambda *_, **__: None)

    def become(command: list[str], environ: dict[str, str]) -> None:
        told.append(([str(word) for word in command], environ))

    monkeypatch.setattr(commands, "become", become)
    return told


@pytest.mark.parametrize("forbidden", ["1", ""])
def test_where_compiled_code_is_not_wanted_tests_keep_it_away_from_the_sources(
    handed_over: list[tuple[list[str], dict[str, str]]], monkeypatch: pytest.MonkeyPatch, forbidden: str
) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", forbidden)

    commands.test(["-x"])

    ((words, environ),) = handed_over
    assert words[1:] == ["-m", "pytest", "-n", "auto", "-x"]
    kept = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(VENV / "compiled")}
    assert environ == (kept if forbidden else {})
