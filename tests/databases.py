"""Both databases as tests use them: founded once, and put back to that before each test."""

import shutil
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy.orm import close_all_sessions

from app.core.database import db
from app.front import Front
from tests.engines.postgresql import Server
from tests.engines.rewinding import Rewinding

OWNER, WEB = "ziwang_owner", "ziwang_web"
SETTINGS = {
    "SECRET_KEY": "only-for-tests-only-for-tests-only",
    "SCHEME": "http",
    "PUBLIC_PORT": "",
    "API_RATE": "100000 per minute",  # Slows no test but the one of the limit itself.
}
#: What no environment can set: nothing is written down while a test looks.
FIXED = {"SEARCH_COUNT_SECONDS": 10**9, "VISIT_COUNT_SECONDS": 10**9}


class Database(ABC):
    """One database with two states: as founded, and as the current test has made it."""

    name: str

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.front = Front({**SETTINGS, **FIXED, "DATA_DIR": str(folder), **self.address()})

    @abstractmethod
    def address(self) -> dict[str, Any]:
        """Return the settings that lead to the database."""

    @abstractmethod
    def remember(self) -> None:
        """Take the database as it is now for what tests begin with."""

    @abstractmethod
    def restore(self) -> None:
        """Put the database back."""

    def let_go(self) -> None:
        """Close what both applications hold open."""
        close_all_sessions()
        for app in (self.front.public, self.front.console):
            with app.app_context():
                db.engine.dispose()

    def end(self) -> None:
        """Close everything: no test comes after."""
        self.let_go()

    def reset(self) -> None:
        """Begin a test: the founded county, and nothing kept of the test before."""
        close_all_sessions()
        self.restore()
        self.front.public.extensions["pages"].clear()
        self.front.public.extensions["absences"].clear()
        self.front.public.extensions["page_folder"].clear()
        self.front.public.extensions["sites"].forget()
        self.front.public.extensions["shared"].forget()
        self.front.public.extensions["directory"].forget()
        self.front.public.extensions["rate_limits"].reset()
        self.front.console.extensions["directory"].forget()


class Sqlite(Database):
    """The embedded database, a file."""

    name = "sqlite"

    def address(self) -> dict[str, Any]:
        return {"DATABASE_URL": f"sqlite:///{self.folder}/ziwang.db"}

    def remember(self) -> None:
        self.let_go()
        shutil.copy(self.folder / "ziwang.db", self.folder / "founded.db")

    def restore(self) -> None:
        self.let_go()
        for rest in ("-wal", "-shm"):
            (self.folder / f"ziwang.db{rest}").unlink(missing_ok=True)
        shutil.copy(self.folder / "founded.db", self.folder / "ziwang.db")


class Postgresql(Database):
    """A real server; the web's role owns nothing, and row-level security binds it."""

    name = "postgresql"

    def __init__(self, folder: Path, server: Server) -> None:
        self.server = server
        self._run(
            f"CREATE ROLE {OWNER} LOGIN", f"CREATE ROLE {WEB} LOGIN", f"CREATE DATABASE ziwang OWNER {OWNER}"
        )
        super().__init__(folder)

    def address(self) -> dict[str, Any]:
        url = self.server.url
        return {"DATABASE_URL": url("ziwang", WEB), "OWNER_DATABASE_URL": url("ziwang", OWNER)}

    def remember(self) -> None:
        self.let_go()
        self._run(f"CREATE DATABASE founded TEMPLATE ziwang OWNER {OWNER} STRATEGY file_copy")
        self._begin()

    def restore(self) -> None:
        """Put the changed tables back: a new copy of the whole takes six times as long.

        Connections stay, and with them the plans of their statements.
        """
        if not self.rewinding.rewind():
            self.let_go()
            self.rewinding.link.close()
            self._run(
                "DROP DATABASE ziwang WITH (FORCE)",
                f"CREATE DATABASE ziwang TEMPLATE founded OWNER {OWNER} STRATEGY file_copy",
            )
            self._begin()

    def end(self) -> None:
        """Close the own connection too."""
        super().end()
        self.rewinding.link.close()

    def _begin(self) -> None:
        self.rewinding = Rewinding(self._link("ziwang"))

    def _run(self, *statements: str) -> None:
        with self._link("postgres") as link:
            for statement in statements:
                link.execute(statement)

    def _link(self, database: str) -> psycopg.Connection:
        address = f"host={self.server.folder} user=postgres dbname={database}"
        return psycopg.connect(address, autocommit=True)
