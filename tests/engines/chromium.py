"""The browser of the tests: the system's Chromium, or the one that was unpacked for an ordinary user."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from deploy.bootstrap.places import ENGINES

#: The tests visit their own pages only, so the sandbox, which a container may forbid, is not missed.
#: One process shows them all: a new one for each page took a tenth of the processor's time of a journey.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-site-isolation-trials",
    "--renderer-process-limit=1",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
)
NAMES = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True)
class Chromium:
    """How to launch the browser; the environment must be set before the driver starts, which needs it too."""

    executable: Path
    arguments: tuple[str, ...]
    environment: dict[str, str]


def chromium(engines: Path = ENGINES) -> Chromium:
    """Find the browser, its arguments and the environment in which it finds its libraries and fonts."""
    return Chromium(_executable(engines), ARGUMENTS, _environment(engines))


def _executable(engines: Path) -> Path:
    if given := os.environ.get("CHROMIUM"):
        return Path(given)
    unpacked = engines / "root" / "usr" / "lib" / "chromium" / "chromium"
    if unpacked.exists():
        return unpacked
    if found := next(filter(None, map(shutil.which, NAMES)), None):
        return Path(found)
    raise RuntimeError("no Chromium: set CHROMIUM, or let `python3 wsgi.py test` install it")


def _environment(engines: Path) -> dict[str, str]:
    if not (engines / ".installed").exists():
        return {}
    folders = [*engines.glob("root/usr/lib/*-linux-gnu*"), *engines.glob("root/lib/*-linux-gnu*")]
    folders += [folder / "pulseaudio" for folder in folders]
    libraries = [str(folder) for folder in folders if folder.is_dir()]
    libraries += filter(None, [os.environ.get("LD_LIBRARY_PATH")])
    return {"LD_LIBRARY_PATH": ":".join(libraries), "FONTCONFIG_FILE": str(engines / "fonts.conf")}
