"""The Wagtail site: its packages in an environment of their own, its tables, its pages, its gunicorn."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from bench.served import NEVER_REPLACED, Server, free_port
from deploy.bootstrap import packages
from deploy.bootstrap.places import ROOT, python_of
from deploy.bootstrap.programs import succeeds

#: The newest that wagtail-cache accepts, the Django that both name, and what serves ours.
PACKAGES = (
    "wagtail==7.4.4",
    "wagtail-cache==3.0.0",
    "django==5.2.19",
    "psycopg[binary]==3.3.9",
    "gunicorn==27.0.1",
)
SITE = Path(__file__).parent / "site"
#: The portal's picture, which stands in each of its pages; it has no words of a template in it.
LANDSCAPE = ROOT / "themes" / "county_blue" / "templates" / "parts" / "landscape.html"
PATIENCE = 60  # seconds


class Project:
    """A copy of the site in a folder, with an environment to run it in."""

    def __init__(self, folder: Path, sockets: Path) -> None:
        self._folder, self._site = folder, folder / "site"
        self._log, self._environment = folder / "log", folder / "environment"
        self._environ = {
            "PATH": os.environ.get("PATH", os.defpath),
            "PYTHONPATH": str(self._site),
            "DJANGO_SETTINGS_MODULE": "county.settings",
            "COUNTY_DATABASE_FOLDER": str(sockets),
            "COUNTY_SECRET_KEY": "only-for-a-measurement-only-for-a-measurement-only",
            # Ours, since gunicorn's configuration is ours too.
            "ZIWANG_DATA_DIR": str(folder),
            "ZIWANG_WORKERS": "1",
        }

    def make(self, published: Path) -> None:
        """Install, make the tables, and load what our demonstration has published."""
        self._folder.mkdir()
        shutil.copytree(SITE, self._site, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(LANDSCAPE, self._site / "pages" / "templates" / "pages")
        self._install()
        for words in (("makemigrations", "pages"), ("migrate",), ("load", published)):
            self._manage(*words)

    @contextmanager
    def serving(self, core: int | None, *, is_kept: bool) -> Iterator[Server]:
        """Serve as ours are served, with wagtail-cache or without."""
        words = ["-m", "gunicorn", "-c", "deploy/gunicorn.py", *NEVER_REPLACED, "county.wsgi:application"]
        port = free_port()
        environ = {**self._environ, "PORT": str(port), "COUNTY_CACHE": "1" if is_kept else "0"}
        with running([python_of(self._environment), *words], port, environ) as server:
            if core is not None:
                os.sched_setaffinity(server.process.pid, {core})
            server.wait()
            yield server

    def _install(self) -> None:
        version = f"python{sys.version_info.major}.{sys.version_info.minor}"
        made = succeeds([packages.PYTHON, "-m", "venv", "--without-pip", self._environment], log=self._log)
        libraries = self._environment / "lib" / version / "site-packages"
        if not (made and packages.add(list(PACKAGES), libraries, self._log)):
            raise SystemExit(f"Wagtail was not installed:\n{self._log.read_text(errors='replace')}")

    def _manage(self, *words: str | Path) -> None:
        command = [python_of(self._environment), "-m", "django", *words]
        if not succeeds(command, log=self._log, environ={**self._environ, "COUNTY_CACHE": "0"}):
            raise SystemExit(f"Wagtail: {words[0]} failed:\n{self._log.read_text(errors='replace')}")


@contextmanager
def running(command: Sequence[str | Path], port: int, environ: Mapping[str, str]) -> Iterator[Server]:
    """Run a server that listens on a port, and end it."""
    process = subprocess.Popen(  # noqa: S603 - our own program
        list(command), cwd=ROOT, env=dict(environ), stdout=subprocess.DEVNULL
    )
    try:
        yield Server(process, port)
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)
