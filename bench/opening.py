"""How long it takes until a new subsite answers, with few and with many others, on both databases.

`.venv/bin/python -m bench.opening` measures it by itself.
"""

import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from sqlalchemy import func, select

from app.config import ROOT
from app.core.database import db
from app.front import Front
from app.provisioning.apply import apply_county, kinds
from app.provisioning.opening import open_unit
from app.provisioning.platform import platform_opener
from app.provisioning.requests import spec_of, the_portal
from app.schema import upgrade
from app.tenancy.models import Tenant
from app.tenancy.scope import Reach, reaching
from bench.figures import Table
from bench.machine import description
from tests.browser import Browser
from tests.databases import Database, Postgresql, Sqlite
from tests.engines import postgresql

MANIFEST = ROOT / "tenants" / "yongjia" / "county.toml"
OK = 200
HOW = """Median of {count}. From the call to the first page: the proposal and check of the name, one
transaction with hosts, columns and all default pages signed and published, its commit, and the new
subsite's home answering 200 in the same process. The SQLite file is as delivered (WAL,
synchronous=NORMAL). PostgreSQL is the one of the tests, on the same machine through a socket with fsync
off, so a disk adds its own time there. *Times* is beside the fewest subsites of the same database. Goal: with
1,000 at most {most} times as long as with 50, and below {longest} ms."""
MOST, LONGEST = 1.2, 300


def measure(folder: Path, *, sizes: tuple[int, ...], count: int, manifest: Path = MANIFEST) -> Table:
    """Open subsites in new databases in a folder, in which a county has been founded."""
    rows: list[tuple[str, ...]] = []
    with postgresql.running() as server:
        for database in (Sqlite(folder), Postgresql(folder, server)):
            try:
                _found(database.front, manifest)
                rows += _measured(database, sizes, count)
            finally:
                database.let_go()
    heads = ("database and subsites there before", "until its home answers", "slowest", "times", "held")
    how = HOW.format(count=count, most=MOST, longest=LONGEST)
    return Table("Opening a subsite", heads, tuple(rows), how)


def _found(front: Front, manifest: Path) -> None:
    with front.console.app_context():
        upgrade()
        with reaching(Reach.COUNTY):
            for _ in apply_county(manifest):
                pass
            db.session.commit()


def _measured(database: Database, sizes: tuple[int, ...], count: int) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    first = 0.0
    for size in sizes:
        while _existing(database.front) < size:
            open_another(database.front)
        before = _existing(database.front)
        times = [_timed(database.front) for _ in range(count)]
        lasted = median(times)
        first = first or lasted
        held = "yes" if lasted <= MOST * first and lasted < LONGEST else "**no**"
        figures = (f"{lasted:,.0f} ms", f"{max(times):,.0f} ms", f"{lasted / first:.2f}", held)
        rows.append((f"{database.name}, {before}", *figures))
    return rows


def _timed(front: Front) -> float:
    """Return the milliseconds until a subsite that did not exist answers."""
    began = time.perf_counter()
    host = open_another(front)
    answer = Browser(front, host=host).get("/")
    lasted = time.perf_counter() - began
    if answer.status_code != OK:
        raise RuntimeError(f"{host} answers {answer.status_code}")
    return lasted * 1000


def open_another(front: Front) -> str:
    """Open a bureau as `flask unit create` does, and return its host."""
    with front.console.app_context(), reaching(Reach.COUNTY):
        number = _count()
        portal = the_portal()
        spec = spec_of(f"永嘉县第{number}测量站", "department", portal, slug=f"celiang{number}")
        for _ in open_unit(spec, kinds()["department"], portal, platform_opener()):
            pass
        db.session.commit()
    return spec.hosts[0]


def _existing(front: Front) -> int:
    with front.console.app_context():
        return _count()


def _count() -> int:
    return db.session.scalar(select(func.count(Tenant.id))) or 0


def main() -> None:
    """Measure with few subsites and with a thousand, and print."""
    with tempfile.TemporaryDirectory(prefix="ziwang-bench-") as folder:
        table = measure(Path(folder), sizes=(50, 1000), count=20)
    sys.stdout.write("\n".join((*description(), "", table.markdown(), "")))


if __name__ == "__main__":
    main()
