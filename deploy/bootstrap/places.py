"""Where the start finds the project and keeps what it makes."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
#: Programs that only the tests need, for people who may not install them on the machine.
ENGINES = ROOT / ".engines"
EDITOR = ROOT / "app" / "static" / "vendor" / "hugerte"


def python_of(venv: Path) -> Path:
    """Return the Python inside a virtual environment."""
    return venv / "bin" / "python"
