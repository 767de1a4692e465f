"""How long it takes to prove the record of acts whole, beside merely reading it."""

import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import insert, select

from app.audit.models import AuditHead, AuditRow
from app.audit.services import BATCH, flaws, hash_of
from app.core.clock import now
from app.core.database import db
from app.tenancy.current import entered
from app.tenancy.models import Tenant
from bench.figures import Table
from tests.databases import Database, Postgresql, Sqlite
from tests.engines import postgresql
from tests.worlds import TOWN, found

DETAIL = (
    '{{"after":{{"digest":"{0:064x}","revision":{0},"state":"published"}},"before":{{"state":"submitted"}}}}'
)
HOW = """One unit's chain, rows as a signature leaves them (some 350 bytes); the median of {rounds} rounds, in
each of which the rows were read as the proof reads them, and then proven. Proving is hashing every row with
the hash of the row before it; it is not spread over cores, but each unit has a chain of its own.
Goal: seconds."""


def measure(folder: Path, *, rows: int, rounds: int) -> Table:
    """Measure on both databases, made anew in a folder."""
    (folder / "sqlite").mkdir(parents=True)
    (folder / "postgresql").mkdir()
    figures = [_measured(Sqlite(folder / "sqlite"), rows, rounds)]
    with postgresql.running() as server:
        figures.append(_measured(Postgresql(folder / "postgresql", server), rows, rounds))
    heads = ("database", "rows", "reading", "proving", "rows proven a second")
    return Table("Proving the record of acts", heads, tuple(figures), HOW.format(rounds=rounds))


def _measured(database: Database, rows: int, rounds: int) -> tuple[str, ...]:
    try:
        found(database.front)
        with database.front.console.app_context():
            tenant = db.session.scalars(select(Tenant).where(Tenant.slug == TOWN)).one()
            tenant_id = tenant.id
            with entered(tenant):
                length = _lengthen(tenant_id, rows)
                taken = [(_seconds(_read), _seconds(lambda: _prove(tenant_id))) for _ in range(rounds)]
    finally:
        database.let_go()
    reading, proving = (sorted(one)[rounds // 2] for one in zip(*taken, strict=True))
    return database.name, f"{length:,}", f"{reading:.1f} s", f"{proving:.1f} s", f"{length / proving:,.0f}"


def _lengthen(tenant_id: int, rows: int) -> int:
    """Continue a chain by so many rows; return its length."""
    head = db.session.scalars(select(AuditHead)).one()
    number, previous, added = head.number, head.hash, []
    for _ in range(rows):
        number += 1
        row = AuditRow(
            tenant_id=tenant_id,
            number=number,
            at=now(),
            account_id=None,
            actor="bench-signer",
            address="127.0.0.1",
            act="article.publish",
            subject=f"article:{number}",
            detail=DETAIL.format(number),
            previous_hash=previous,
        )
        previous = hash_of(row)
        written = {one.name: getattr(row, one.name) for one in AuditRow.__table__.columns if one.name != "id"}
        added.append({**written, "hash": previous})
    db.session.connection().execute(insert(AuditRow), added)
    head.number, head.hash = number, previous
    db.session.commit()
    return number


def _read() -> None:
    for _ in db.session.scalars(
        select(AuditRow).order_by(AuditRow.number).execution_options(yield_per=BATCH)
    ):
        pass


def _prove(tenant_id: int) -> None:
    if list(flaws(tenant_id)):
        raise RuntimeError("the chain that was just made is not whole")


def _seconds(act: Callable[[], None]) -> float:
    db.session.expunge_all()
    began = time.perf_counter()
    act()
    return time.perf_counter() - began
