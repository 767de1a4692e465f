"""A PostgreSQL database put back to what it was: only the tables in which something has changed."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import psycopg
from psycopg import sql

if TYPE_CHECKING:
    from collections.abc import Iterable

_TABLES = """
SELECT c.relname, array_agg(a.attname::text ORDER BY a.attnum)
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0
  AND NOT a.attisdropped AND a.attgenerated = ''
GROUP BY c.relname ORDER BY c.relname
"""
_SEQUENCES = (
    "SELECT sequencename, coalesce(last_value, start_value), last_value IS NOT NULL FROM pg_sequences"
)
#: What the tables are like, their triggers and policies, as one number.
_SHAPE = """
SELECT sum(oid::bigint), sum(xmin::text::bigint) FROM (
  SELECT oid, '0'::xid AS xmin FROM pg_class WHERE relnamespace = 'public'::regnamespace
  UNION ALL SELECT oid, xmin FROM pg_trigger UNION ALL SELECT oid, xmin FROM pg_policy
  UNION ALL SELECT oid, xmin FROM pg_constraint UNION ALL SELECT oid, xmin FROM pg_proc) shape
"""
#: Ends whoever is still at something; connections that wait to be used again may stay.
_ALONE = """
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'
"""


@dataclass
class Rewinding:
    """A connection to a database, and what stood there when it was made."""

    link: psycopg.Connection
    columns: dict[str, list[str]] = field(default_factory=dict)
    rows: dict[str, bytes] = field(default_factory=dict)
    sums: dict[str, tuple[object, ...]] = field(default_factory=dict)
    shape: tuple[object, ...] | None = None

    def __post_init__(self) -> None:
        self.link.execute(
            "SET session_replication_role = replica"
        )  # Triggers would refuse, or count once more.
        self.columns = dict(self.link.execute(_TABLES).fetchall())
        self.shape = self._shape()
        self.sums = self._sums()
        for table, columns in self.columns.items():
            with self.link.cursor().copy(_copy(table, columns, "TO STDOUT")) as out:
                self.rows[table] = b"".join(bytes(part) for part in out)
        self.turned = [
            sql.SQL("setval({}, {}, {})").format(*values)
            for values in self.link.execute(_SEQUENCES).fetchall()
        ]

    def rewind(self) -> bool:
        """Put every changed table back, and the sequences; False where the tables are other ones."""
        self.link.execute(_ALONE)
        if self._shape() != self.shape:
            return False
        changed = [table for table, summed in self._sums().items() if summed != self.sums[table]]
        with self.link.transaction(), self.link.cursor() as cursor:
            for table in changed:
                cursor.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
                with cursor.copy(_copy(table, self.columns[table], "FROM STDIN")) as rows:
                    rows.write(self.rows[table])
        self.link.execute(sql.SQL("SELECT {}").format(sql.SQL(", ").join(self.turned)))
        return True

    def _shape(self) -> tuple[object, ...] | None:
        return self.link.execute(_SHAPE).fetchone()

    def _sums(self) -> dict[str, tuple[object, ...]]:
        question = sql.SQL(" UNION ALL ").join(_summed(self.columns))
        return {str(table): tuple(summed) for table, *summed in self.link.execute(question)}


def _summed(tables: "Iterable[str]") -> "Iterable[sql.Composed]":
    for table in tables:
        yield sql.SQL("SELECT {}, count(*), sum(hashtextextended(t::text, 0)) FROM {} t").format(
            sql.Literal(table), sql.Identifier(table)
        )


def _copy(table: str, columns: list[str], whither: str) -> sql.Composed:
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    return sql.SQL("COPY {} ({}) {} (FORMAT binary)").format(sql.Identifier(table), names, sql.SQL(whither))
