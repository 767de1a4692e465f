"""What the pages and commands ask about accounts."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import joinedload

from app.accounts.models import Account, AccountState, Membership, StaffSession
from app.accounts.permissions import COUNTY_ROLES, Role
from app.core.clock import today
from app.core.database import db
from app.tenancy.models import Tenant, TenantKind

#: Without whom a unit publishes nothing (S-52).
NEEDED_ROLES = (Role.SIGNER, Role.LEADER)
MOST_PAST = 200


@dataclass(frozen=True)
class Colleague:
    """A person as the manager of one unit sees them."""

    account: Account
    #: The roles in this unit that are not over; roles elsewhere are none of the manager's business.
    memberships: list[Membership]
    #: Whether the person is nothing elsewhere and nothing of the county's: the manager's to look after.
    is_only_here: bool


def account_by_login(login: str) -> Account | None:
    """Return the account with a login, however it was typed."""
    return db.session.scalar(select(Account).where(Account.login == login.strip().lower()))


def memberships_of(account: Account) -> Sequence[Membership]:
    """Return a person's roles that are not over, with their units, in the order of the units."""
    return db.session.scalars(
        select(Membership)
        .join(Membership.tenant)
        .options(joinedload(Membership.tenant))
        .where(Membership.account_id == account.id, not_over())
        .order_by(Tenant.position, Tenant.id, Membership.id)
    ).all()


def all_accounts() -> Sequence[Account]:
    """Return everybody with their roles and units, for the command line."""
    with_units = joinedload(Account.memberships).joinedload(Membership.tenant)
    return db.session.scalars(select(Account).options(with_units).order_by(Account.login)).unique().all()


def held_today() -> ColumnElement[bool]:
    """Return the condition that a role is held today, as Membership.is_held says it of one."""
    return not_over() & (Membership.since <= today())


def not_over() -> ColumnElement[bool]:
    """Return the condition that a role is no history: it is held, or begins later."""
    return Membership.ended_at.is_(None) & or_(Membership.until.is_(None), Membership.until >= today())


def people_of(tenant_id: int) -> list[Colleague]:
    """Return the people who are something in a unit, by name, each with the roles there."""
    here = select(Membership.account_id).where(Membership.tenant_id == tenant_id, not_over())
    accounts = db.session.scalars(select(Account).where(Account.id.in_(here)).order_by(Account.name))
    return [colleague(account, tenant_id) for account in accounts]


def colleague(account: Account, tenant_id: int) -> Colleague:
    """Return a person as the manager of a unit sees them."""
    current = [membership for membership in account.memberships if not membership.is_over]
    here = [membership for membership in current if membership.tenant_id == tenant_id]
    is_county = account.has_role(*COUNTY_ROLES)
    return Colleague(account, here, is_only_here=len(here) == len(current) and not is_county)


def past_of(tenant_id: int) -> Sequence[Membership]:
    """Return who was what in a unit and is no more, the latest first."""
    return db.session.scalars(
        select(Membership)
        .options(joinedload(Membership.account))
        .where(Membership.tenant_id == tenant_id, ~not_over())
        .order_by(Membership.until.desc(), Membership.id.desc())
        .limit(MOST_PAST)
    ).all()


def signers_of(tenant_id: int) -> Sequence[Account]:
    """Return who may sign for a unit today: in office, and able to sign in."""
    return _in_office(tenant_id, Role.SIGNER)


def leaders_of(tenant_id: int) -> Sequence[Account]:
    """Return the unit's leaders of today who are able to sign in."""
    return _in_office(tenant_id, Role.LEADER)


def missing_roles(tenant_id: int) -> tuple[Role, ...]:
    """Return which of signer and leader nobody of the unit can act as today (S-52)."""
    filled = db.session.scalars(
        select(Membership.role)
        .join(Account, Account.id == Membership.account_id)
        .where(Membership.tenant_id == tenant_id, held_today(), Account.state == AccountState.ACTIVE)
        .distinct()
    )
    known = set(filled)
    return tuple(role for role in NEEDED_ROLES if role not in known)


def _in_office(tenant_id: int, role: Role) -> Sequence[Account]:
    return db.session.scalars(
        select(Account)
        .join(Membership, Membership.account_id == Account.id)
        .where(
            Membership.tenant_id == tenant_id,
            Membership.role == role,
            held_today(),
            Account.state == AccountState.ACTIVE,
        )
        .order_by(Membership.since, Membership.id)
    ).all()


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
