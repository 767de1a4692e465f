"""The audit rows of acts about people: in the chain of the portal above, or of the tenant concerned."""

from sqlalchemy import func, select

from app.accounts.models import Account, Membership
from app.audit.services import record
from app.core.database import db
from app.tenancy.models import Tenant, TenantKind
from app.tenancy.scope import Reach, reaching


def record_about(act: str, account: Account | None, *, before: object = None, after: object = None) -> None:
    """Record an act about a person, or about nobody we know, in the chain of the portal above."""
    account_id = account.id if account else 0
    with reaching(Reach.COUNTY):
        portal_id = _portal_of(account_id)
        if portal_id is not None:
            record(act, f"account:{account_id}", tenant_id=portal_id, before=before, after=after)


def record_on(
    act: str, account: Account, tenant_id: int, *, before: object = None, after: object = None
) -> None:
    """Record an act about a person in the chain of the tenant that it concerns."""
    with reaching(Reach.COUNTY):
        record(act, f"account:{account.id}", tenant_id=tenant_id, before=before, after=after)


def _portal_of(account_id: int) -> int | None:
    """Return the portal over the person's first unit, else the first portal; None before there is any."""
    first = (
        select(func.coalesce(Tenant.portal_id, Tenant.id))
        .join(Membership, Membership.tenant_id == Tenant.id)
        .where(Membership.account_id == account_id)
        .order_by(Membership.id)
    )
    any_portal = select(Tenant.id).where(Tenant.kind == TenantKind.PORTAL).order_by(Tenant.id)
    return db.session.scalar(first.limit(1)) or db.session.scalar(any_portal.limit(1))
