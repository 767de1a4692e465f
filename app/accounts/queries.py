"""What the pages and commands ask about accounts."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.accounts.models import Account, Membership, StaffSession
from app.accounts.permissions import COUNTY_ROLES
from app.core.database import db
from app.tenancy.models import Tenant, TenantKind


@dataclass(frozen=True)
class Colleague:
    """A person as the manager of one unit sees them."""

    account: Account
    #: The roles in this unit; roles elsewhere are none of the manager's business.
    memberships: list[Membership]
    #: Whether the person is nothing elsewhere and nothing of the county's: the manager's to look after.
    is_only_here: bool


def account_by_login(login: str) -> Account | None:
    """Return the account with a login, however it was typed."""
    return db.session.scalar(select(Account).where(Account.login == login.strip().lower()))


def memberships_of(account: Account) -> Sequence[Membership]:
    """Return a person's roles with their units, in the order of the units."""
    return db.session.scalars(
        select(Membership)
        .join(Membership.tenant)
        .options(joinedload(Membership.tenant))
        .where(Membership.account_id == account.id)
        .order_by(Tenant.position, Tenant.id, Membership.id)
    ).all()


def all_accounts() -> Sequence[Account]:
    """Return everybody with their roles and units, for the command line."""
    with_units = joinedload(Account.memberships).joinedload(Membership.tenant)
    return db.session.scalars(select(Account).options(with_units).order_by(Account.login)).unique().all()


def people_of(tenant_id: int) -> list[Colleague]:
    """Return the people of a unit by name, each with the roles held there."""
    here = select(Membership.account_id).where(Membership.tenant_id == tenant_id)
    accounts = db.session.scalars(select(Account).where(Account.id.in_(here)).order_by(Account.name))
    return [colleague(account, tenant_id) for account in accounts]


def colleague(account: Account, tenant_id: int) -> Colleague:
    """Return a person as the manager of a unit sees them."""
    held = [membership for membership in account.memberships if membership.tenant_id == tenant_id]
    is_county = account.has_role(*COUNTY_ROLES)
    return Colleague(account, held, is_only_here=len(held) == len(account.memberships) and not is_county)


def living_sessions(account: Account) -> int:
    """Count where a person is signed in that has not ended by signing out; idle ones are included."""
    living = StaffSession.ended_at.is_(None)
    return db.session.scalar(select(func.count()).where(StaffSession.account_id == account.id, living)) or 0


def support_lines() -> Sequence[tuple[str, str]]:
    """Return each county's name and the telephone of its office, for people who cannot get in (S-46)."""
    rows = db.session.execute(
        select(Tenant.unit, Tenant.support_phone)
        .where(Tenant.kind == TenantKind.PORTAL, Tenant.support_phone != "")
        .order_by(Tenant.position, Tenant.id)
    )
    return [(unit, phone) for unit, phone in rows]
