"""Who is what in a unit, in which office and for how long (S-54): granting, changing and ending roles."""

from dataclasses import dataclass
from datetime import date

from flask import g
from sqlalchemy import func, select

from app.accounts.models import Account, AccountState, Membership
from app.accounts.permissions import COUNTY_ROLES, Role
from app.accounts.queries import held_today
from app.accounts.recording import record_on
from app.core.clock import now, today
from app.core.database import db
from app.core.errors import RuleBroken
from app.tenancy.models import Tenant, TenantKind

LONGEST_OFFICE = 40


@dataclass(frozen=True)
class Term:
    """In which office a role is held, and from when to when."""

    office: str = ""
    #: None: from today, or as it was.
    since: date | None = None
    #: To this day inclusive; None: without an end.
    until: date | None = None


FROM_TODAY = Term()


def grant(account: Account, tenant: Tenant, role: Role, term: Term = FROM_TODAY) -> Membership:
    """Give a person a role; whether the one who acts may do so on the tenant, the caller has asked."""
    refuse_own(account)
    if account.state is AccountState.ENDED:
        raise RuleBroken("该账号已停用，不能再授予角色。")
    membership = add_membership(account, tenant, role, term)
    record_on(
        "account.grant",
        account,
        tenant.id,
        after={"role": role.value, "unit": tenant.slug, **_written(membership)},
    )
    return membership


def change_term(membership: Membership, term: Term) -> None:
    """Change the office and the dates of a role; what is over stays as it was."""
    account = _account_of(membership)
    refuse_own(account)
    if membership.is_over:
        raise RuleBroken("这条任职已经结束，作为历史保留，不能修改。如需再任，请重新添加角色。")
    if term.until is not None:
        refuse_last_operator(membership)
    since = term.since or membership.since
    _refuse_impossible(term.office, since, term.until)
    before = _written(membership)
    membership.office, membership.since, membership.until = _clean(term.office), since, term.until
    record_on("account.change_term", account, membership.tenant_id, before=before, after=_written(membership))


def revoke(membership: Membership) -> None:
    """Take a role away at once; the entry stays as history, and a portal keeps at least one operator."""
    account = _account_of(membership)
    refuse_own(account)
    refuse_last_operator(membership)
    if membership.is_over:
        raise RuleBroken("这条任职已经结束。")
    end(membership)
    record_on(
        "account.revoke",
        account,
        membership.tenant_id,
        before={"role": membership.role.value},
        after=_written(membership),
    )


def end(membership: Membership) -> None:
    """Let a role be over from this moment on, on the roster from today."""
    membership.ended_at = now()
    membership.until = max(today(), membership.since)


def add_membership(account: Account, tenant: Tenant, role: Role, term: Term) -> Membership:
    """Put a person on the roster, without asking who acts and without a record of its own."""
    if role in COUNTY_ROLES and tenant.kind is not TenantKind.PORTAL:
        raise RuleBroken(f"“{role.label}”是县级角色，只能在县门户上授予。")
    held = (one for one in account.memberships if one.tenant_id == tenant.id and one.role is role)
    if not all(one.is_over for one in held):
        raise RuleBroken(f"{account.name}在{tenant.unit}已经是“{role.label}”。")
    since = term.since or today()
    _refuse_impossible(term.office, since, term.until)
    membership = Membership(
        tenant_id=tenant.id, role=role, office=_clean(term.office), since=since, until=term.until
    )
    account.memberships.append(membership)
    db.session.flush()
    return membership


def refuse_own(account: Account) -> None:
    """Refuse people who act on themselves: somebody else looks after their roles and their account."""
    actor = g.get("actor")
    if actor is not None and actor.account_id == account.id:
        raise RuleBroken("不能更改自己的角色和账号状态，请由另一位管理人员办理。")


def refuse_last_operator(membership: Membership) -> None:
    """Refuse to leave a portal without an operator."""
    if membership.role is not Role.OPERATOR or membership.is_over:
        return
    others = (
        select(func.count())
        .select_from(Membership)
        .join(Account, Account.id == Membership.account_id)
        .where(
            Membership.tenant_id == membership.tenant_id,
            Membership.role == Role.OPERATOR,
            Membership.id != membership.id,
            Membership.until.is_(None),
            held_today(),
            Account.state == AccountState.ACTIVE,
        )
    )
    if not db.session.scalar(others):
        raise RuleBroken("这是县门户最后一位县级运维，请先指定并激活另一位。")


def _refuse_impossible(office: str, since: date, until: date | None) -> None:
    if len(_clean(office)) > LONGEST_OFFICE:
        raise RuleBroken(f"职务最多 {LONGEST_OFFICE} 个字，请缩短。")
    if until is not None and until < since:
        raise RuleBroken("任职的结束日期不能早于开始日期。")
    if until is not None and until < today():
        raise RuleBroken(
            "结束日期已经过去。要让任职马上结束，请点“结束这个角色”；要在某天结束，请填今天或以后的日期。"
        )


def _account_of(membership: Membership) -> Account:
    return db.session.get_one(Account, membership.account_id)


def _clean(office: str) -> str:
    return " ".join(office.split())


def _written(membership: Membership) -> dict[str, object]:
    until = membership.until
    return {
        "office": membership.office,
        "since": membership.since.isoformat(),
        "until": until.isoformat() if until else "",
    }
