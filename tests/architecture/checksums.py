"""What is stored, as one number for each tenant and table: what shows that nothing was changed."""

import hashlib
from collections import defaultdict
from typing import Any

from sqlalchemy import Row

from app.core.database import Base, db
from tests.worlds import County

Checksums = dict[tuple[str, int | None], str]


def checksums(county: County, *, but: tuple[str, ...] = ()) -> Checksums:
    """Return the checksum of each tenant's rows of each table, and under None of rows of no tenant."""
    found: Checksums = {}
    with county.front.console.app_context(), db.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SELECT set_config('app.reach', 'county', true)")
        for table in Base.metadata.sorted_tables:
            if table.name in but:
                continue
            for tenant_id, rows in _by_tenant(connection.execute(table.select())).items():
                digest = hashlib.sha256("\n".join(sorted(rows)).encode()).hexdigest()
                found[table.name, tenant_id] = digest
    return found


def of_tenant(found: Checksums, tenant_id: int) -> Checksums:
    """Return what belongs to one tenant."""
    return {key: digest for key, digest in found.items() if key[1] == tenant_id}


def _by_tenant(rows: Any) -> dict[int | None, list[str]]:
    sorted_out: dict[int | None, list[str]] = defaultdict(list)
    for row in rows:
        sorted_out[_tenant_of(row)].append(repr(tuple(row)))
    return sorted_out


def _tenant_of(row: Row[Any]) -> int | None:
    return getattr(row, "tenant_id", None)
