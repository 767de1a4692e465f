"""Validity as a number: raising a tenant's generation makes all its kept pages unreachable (DESIGN 8)."""

from sqlalchemy import update

from app.core.database import db
from app.tenancy.models import Tenant


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
