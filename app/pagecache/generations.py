"""Validity as a number: raising a tenant's generation makes all its kept pages unreachable (DESIGN 8)."""

from datetime import datetime

from sqlalchemy import select, update

from app.core.clock import now
from app.core.database import db
from app.tenancy.models import Tenant, Turn


def raise_generation(*tenant_ids: int | None) -> None:
    """Let the tenants' kept pages be found no more, from the commit of this transaction on."""
    wanted = sorted({tenant_id for tenant_id in tenant_ids if tenant_id is not None})
    for tenant_id in wanted:  # In one order everywhere, so that two publications cannot lock each other out.
        db.session.execute(
            update(Tenant)
            .where(Tenant.id == tenant_id)
            .values(generation=Tenant.generation + 1)
            .execution_options(synchronize_session=False)
        )


def turn_pages_at(moment: datetime, *tenant_ids: int | None) -> None:
    """Let the tenants' kept pages end at a minute still to come, once however often it is asked for.

    Who asks raises the generations first: they hold off who would note the same minute.
    """
    if moment <= now():
        return
    wanted = {tenant_id for tenant_id in tenant_ids if tenant_id is not None}
    known = db.session.scalars(select(Turn.tenant_id).where(Turn.tenant_id.in_(wanted), Turn.at == moment))
    db.session.add_all(Turn(tenant_id=tenant_id, at=moment) for tenant_id in wanted - set(known))
    db.session.flush()
