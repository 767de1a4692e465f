"""LibreOffice as the tests use it: the system's, or the one that was unpacked for an ordinary user."""

import os
import shutil
import subprocess
from pathlib import Path

from deploy.bootstrap.places import ENGINES


def path(engines: Path = ENGINES) -> str:
    """Return a PATH on which the program is; raises RuntimeError where it is nowhere."""
    found = os.pathsep.join([str(engines / "bin"), os.environ.get("PATH", os.defpath)])
    if shutil.which("soffice", path=found) is None:
        raise RuntimeError("no LibreOffice: let `python3 wsgi.py test` install it")
    return found


def rewritten(content: bytes, kind: str, into: str, folder: Path) -> bytes:
    """Let LibreOffice open a file of a kind and write it as another, ``csv`` or ``csv:`` and its filter."""
    given, out = folder / f"given.{kind}", folder / "out"
    given.write_bytes(content)
    subprocess.run(  # noqa: S603 - our own file, by the program of the tests
        [
            str(shutil.which("soffice", path=path())),
            f"-env:UserInstallation=file://{folder}/office",
            "--headless",
            "--convert-to",
            into,
            "--outdir",
            str(out),
            str(given),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return (out / f"given.{into.partition(':')[0]}").read_bytes()
