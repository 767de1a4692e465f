"""The two databases of the comparison: our demonstration founded, and what it has published as one file."""

import json
import os
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg.rows import dict_row

from bench.served import demonstration, free_port
from tests.databases import OWNER, WEB

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.engines.postgresql import Server

TENANTS = """SELECT tenant.id, slug, tenant.name, unit, phone, address, host.name AS host,
    portal_id IS NULL AS is_portal
    FROM tenant JOIN host ON host.tenant_id = tenant.id AND is_primary
    ORDER BY portal_id NULLS FIRST, position"""
#: Those that have something to read: the others are in no menu and in no list.
COLUMNS = """SELECT site_column.id, tenant_id, slug, title, description, section,
    layout = 'list' AS is_list
    FROM site_column WHERE is_visible AND (
    EXISTS (SELECT FROM article WHERE column_id = site_column.id AND published_id IS NOT NULL)
    OR EXISTS (SELECT FROM portal_entry WHERE column_id = site_column.id))
    ORDER BY tenant_id, position, id"""
ARTICLES = """SELECT article.id, article.tenant_id, article.column_id, revision.title, body, summary,
    revision.source, revision.document_number, coalesce(article.index_number, '') AS index_number,
    revision.keywords, first_published_at::text AS date, portal_entry.column_id AS portal_column_id
    FROM article JOIN revision ON revision.id = published_id
    JOIN site_column ON site_column.id = article.column_id AND is_visible
    LEFT JOIN portal_entry
    ON portal_entry.article_id = article.id AND portal_entry.unit_id = article.tenant_id
    ORDER BY first_published_at, article.id"""


@dataclass(frozen=True)
class Ours:
    """The platform on a PostgreSQL, as it is delivered but for the address of its database."""

    data: Path
    server: "Server"

    def environ(self, *, is_kept: bool) -> dict[str, str]:
        """Return the settings of a server that keeps its pages, or makes every page anew."""
        memory = {} if is_kept else {"ZIWANG_PAGE_MEMORY": "0", "ZIWANG_PAGE_FOLDER": "0"}
        return {
            "ZIWANG_DATA_DIR": str(self.data),
            "ZIWANG_SECRET_KEY": (self.data / "secret-key").read_text(encoding="ascii").strip(),
            "ZIWANG_SCHEME": "http",
            **self._addresses(),
            **memory,
        }

    def found(self) -> None:
        """Found the demonstration county."""
        _run(self.server, f"CREATE ROLE {OWNER} LOGIN", f"CREATE ROLE {WEB} LOGIN")
        _run(self.server, f"CREATE DATABASE ziwang OWNER {OWNER}")
        with demonstration(self.data, free_port(), self._addresses()):
            pass

    def published(self) -> dict[str, list[dict[str, Any]]]:
        """Return sites, columns and articles."""
        with link(self.server, "ziwang") as connection:
            return {
                name: connection.execute(statement).fetchall()
                for name, statement in (("tenants", TENANTS), ("columns", COLUMNS), ("articles", ARTICLES))
            }

    def write_published(self, file: Path) -> int:
        """Write them into a file, and return how many articles there are."""
        found = self.published()
        file.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
        return len(found["articles"])

    def _addresses(self) -> dict[str, str]:
        return {
            "ZIWANG_DATABASE_URL": self.server.url("ziwang", WEB),
            "ZIWANG_OWNER_DATABASE_URL": self.server.url("ziwang", OWNER),
        }


def make_empty(server: "Server", name: str) -> None:
    """Make a database that a role of its name owns."""
    _run(server, f"CREATE ROLE {name} LOGIN", f"CREATE DATABASE {name} OWNER {name}")


def analyse(server: "Server", *names: str) -> None:
    """Let PostgreSQL know what lies in databases."""
    for name in names:
        with link(server, name) as connection:
            connection.execute("VACUUM ANALYZE")


def pin(server: "Server", core: int) -> None:
    """Let all who connect from now on be served on one core."""
    written = (server.folder / "data" / "postmaster.pid").read_text(encoding="ascii")
    os.sched_setaffinity(int(written.split()[0]), {core})


@contextmanager
def link(server: "Server", database: str) -> "Iterator[psycopg.Connection[dict[str, Any]]]":
    """Connect as who may read everything."""
    address = f"host={server.folder} user=postgres dbname={database}"
    with psycopg.connect(address, autocommit=True, row_factory=dict_row) as connection:
        yield connection


def _run(server: "Server", *statements: str) -> None:
    with link(server, "postgres") as connection:
        for statement in statements:
            connection.execute(statement.encode())
