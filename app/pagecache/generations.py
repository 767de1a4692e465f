"""Validity as a number: raising a tenant's generation makes all its kept pages unreachable (DESIGN 8)."""

from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, case, select, update

from app.core.clock import now
from app.core.database import db
from app.pagecache.board import place_of
from app.pagecache.changes import note_change
from app.tenancy.models import Tenant, Turn


def raise_generation(*tenant_ids: int | None) -> None:
    """Let the tenants' kept pages be found no more, from the commit of this transaction on."""
    wanted = sorted({tenant_id for tenant_id in tenant_ids if tenant_id is not None})
    note_change(db.session(), *map(place_of, wanted))
    for tenant_id in wanted:  # In one order everywhere, so that two publications cannot lock each other out.
        db.session.execute(
            update(Tenant)
            .where(Tenant.id == tenant_id)
            .values(generation=Tenant.generation + 1, changed_second=_later())
            .execution_options(synchronize_session=False)
        )


def _later() -> ColumnElement[int]:
    """Return this second, or that of the last change where a clock was set back since."""
    second = int(now().timestamp())
    return case((Tenant.changed_second < second, second), else_=Tenant.changed_second)


def turn_pages_at(moments: Iterable[datetime], *tenant_ids: int | None) -> None:
    """Let the tenants' kept pages end at minutes still to come, once however often it is asked for.

    Who asks raises the generations first: they hold off who would note the same minutes.
    """
    instants = [moment.astimezone(UTC) for moment in moments if moment > now()]
    tenants = {tenant_id for tenant_id in tenant_ids if tenant_id is not None}
    if not instants:
        return
    noted = select(Turn.tenant_id, Turn.at).where(Turn.tenant_id.in_(tenants), Turn.at > now())
    known = {(tenant_id, at) for tenant_id, at in db.session.execute(noted)}
    wanted = {(tenant_id, at) for tenant_id in tenants for at in instants}
    db.session.add_all(Turn(tenant_id=tenant_id, at=at) for tenant_id, at in wanted - known)
    db.session.flush()
