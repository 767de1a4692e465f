"""Whether the current subsite is grey now (MG-01)."""

from sqlalchemy import select

from app.core.clock import now
from app.core.database import db
from app.tenancy.current import current_tenant
from app.tenancy.models import Mourning


def is_grey() -> bool:
    """Say whether a period of mourning runs here; its minutes are in the table that ends kept pages."""
    moment = now()
    running = select(Mourning.unit_ids).where(
        Mourning.portal_id == current_tenant.home_portal_id,
        Mourning.begins_at <= moment,
        Mourning.ends_at > moment,
    )
    return any(not ids or current_tenant.id in ids for ids in db.session.scalars(running))
