"""What is checked without running the platform: format, rules, templates, types, layers."""

from pathlib import Path

from deploy.bootstrap.places import ROOT, VENV, python_of
from deploy.bootstrap.programs import say, shown

CODE = ("app", "bench", "deploy", "migrations", "tests", "wsgi.py")
TEMPLATES = ("themes", "app")
LINT_IMPORTS = (
    "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"
)


def check() -> int:
    """Run every check, also after one failed, and return how many failed."""
    failed = [name for name, words in _steps() if not _passes(name, words)]
    say(f"没有通过：{'、'.join(failed)}" if failed else "检查全部通过。")
    return len(failed)


def format_code() -> int:
    """Bring the code into the one format."""
    return 0 if shown([python_of(VENV), "-m", "ruff", "format", *_ruff()]) else 1


def _passes(name: str, words: list[str]) -> bool:
    say(f"—— {name}")
    return shown([python_of(VENV), *words])


def _steps() -> list[tuple[str, list[str]]]:
    # Templates are only linted: their formatter would put white space into what a reader sees.
    return [
        ("格式 ruff format", ["-m", "ruff", "format", "--check", *_ruff()]),
        ("规则 ruff check", ["-m", "ruff", "check", *_ruff()]),
        (
            "模板 djlint",
            ["-m", "djlint", "--configuration", ".ci/djlint.toml", "--quiet", "--lint", *_there(TEMPLATES)],
        ),
        ("类型 mypy", ["-m", "mypy"]),
        ("层次 import-linter", ["-c", LINT_IMPORTS, "--config", "setup.cfg"]),
    ]


def _ruff() -> list[str]:
    return ["--config", ".ci/ruff.toml", *_there(CODE)]


def _there(names: tuple[str, ...]) -> list[str]:
    return [name for name in names if Path(ROOT, name).exists()]
