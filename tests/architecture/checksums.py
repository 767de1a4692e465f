"""What is stored, as one number for each tenant and table: what shows that nothing was changed."""

import hashlib
from functools import cache

from sqlalchemy import Table

from app.core.database import Base, db
from tests.worlds import County

Checksums = dict[tuple[str, int | None], str]


def checksums(county: County, *, but: tuple[str, ...] = ()) -> Checksums:
    """Return the checksum of each tenant's rows of each table, and under None of rows of no tenant.

    The database itself sums up, under names that are our own: that takes a tenth of the time of carrying all
    rows here.
    """
    with county.front.console.app_context(), db.engine.connect() as connection:
        dialect = connection.dialect.name
        if dialect == "postgresql":
            connection.exec_driver_sql("SELECT set_config('app.reach', 'county', true)")
        rows = connection.exec_driver_sql(_question(dialect, but))
        return {
            (name, tenant_id): hashlib.sha256(str(summed).encode()).hexdigest()
            for name, tenant_id, summed in rows
        }


@cache
def _question(dialect: str, but: tuple[str, ...]) -> str:
    tables = [table for table in Base.metadata.sorted_tables if table.name not in but]
    return " UNION ALL ".join(_summed[dialect](table, _tenant_in(table)) for table in tables)


def _tenant_in(table: Table) -> str:
    return "tenant_id" if "tenant_id" in table.columns else "CAST(NULL AS integer)"


def _on_postgresql(table: Table, tenant: str) -> str:
    summed = "sum(hashtextextended(t::text, 0))::text"
    return f"SELECT '{table.name}' AS name, {tenant} AS tenant, {summed} FROM {table.name} t GROUP BY 2"  # noqa: S608


def _on_sqlite(table: Table, tenant: str) -> str:
    row = " || ',' || ".join(f'quote("{column.name}")' for column in table.columns)
    rows = f'SELECT {tenant} AS tenant, {row} AS line FROM "{table.name}" ORDER BY 1, 2'  # noqa: S608
    return f"SELECT '{table.name}', tenant, group_concat(line, char(10)) FROM ({rows}) GROUP BY tenant"  # noqa: S608


_summed = {"postgresql": _on_postgresql, "sqlite": _on_sqlite}


def of_tenant(found: Checksums, tenant_id: int) -> Checksums:
    """Return what belongs to one tenant."""
    return {key: digest for key, digest in found.items() if key[1] == tenant_id}
