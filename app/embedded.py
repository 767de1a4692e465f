"""What an embedded start chooses where the deployment says nothing: data folder, secret, plain HTTP."""

import os
import secrets
from pathlib import Path

from app.config import PREFIX, ROOT

SECRET_FILE = "secret-key"  # noqa: S105 - the name of the file that holds it


def data_folder() -> Path:
    """Return the folder that DATA_DIR names, or var/ beside the code."""
    return Path(os.environ.get("DATA_DIR") or ROOT / "var").resolve()


def set_defaults(data: Path) -> None:
    """Fill in the settings of an embedded installation; what is set already stays."""
    settings = {
        "DATA_DIR": str(data),
        "SCHEME": "http",
        "PUBLIC_PORT": os.environ.get("PORT", "8000"),
        "SECRET_KEY": (data / SECRET_FILE).read_text().strip(),
    }
    for name, value in settings.items():
        os.environ.setdefault(PREFIX + name, value)


def is_installed(data: Path) -> bool:
    """Say whether an embedded start has made this folder its own."""
    return (data / SECRET_FILE).exists()


def make_secret(data: Path) -> None:
    """Make the installation's secret at its first start, readable by its owner alone."""
    if is_installed(data):
        return
    unfinished = data / f"{SECRET_FILE}.new"
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_hex(32))
    unfinished.rename(data / SECRET_FILE)
