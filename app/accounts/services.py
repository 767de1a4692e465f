"""What is done to accounts and roles; every act here leaves its audit row."""

import re

from flask import g
from sqlalchemy import func, select

from app.accounts.credentials import authenticator, links, passwords
from app.accounts.models import Account, AccountState, LinkPurpose, Membership
from app.accounts.permissions import COUNTY_ROLES, Role
from app.accounts.session import end_all
from app.audit.services import record
from app.core.database import db
from app.core.errors import RuleBroken
from app.tenancy.models import Tenant, TenantKind
from app.tenancy.scope import Reach, reaching

LOGIN = re.compile(r"[a-z][a-z0-9._-]{1,38}[a-z0-9]")
#: Names of posts and offices: whoever signs in is a person (S-62).
SHARED = frozenset(
    """
    admin administrator root system office webmaster manager operator auditor editor signer leader user guest
    test demo public shared xinxi xinxiyuan xinxiban xinxike bangong bangongshi guanli guanliyuan danwei
    keshi zhengfu xianzhengfu xianfuban mishu mishuke zhiban shenhe shenheyuan lingdao ceshi
    """.split()  # noqa: SIM905 - words read better than quotes
)
LONGEST_NAME = 40


def create_account(login: str, name: str, *, roles: list[tuple[int, Role]]) -> Account:
    """Make an account for one person, who then chooses a password through a link."""
    login, name = login.strip().lower(), " ".join(name.split())
    if fault := _fault_of_login(login) or _fault_of_name(name):
        raise RuleBroken(fault)
    account = Account(login=login, name=name)
    db.session.add(account)
    db.session.flush()
    for tenant_id, role in roles:
        _add_membership(account, db.session.get_one(Tenant, tenant_id), role)
    record_about("account.create", account, after={"login": login, "name": name, "roles": _written(account)})
    return account


def issue_link(account: Account, purpose: LinkPurpose) -> str:
    """Return the address under which the person chooses a password; it is shown once and kept nowhere."""
    if account.state is AccountState.ENDED:
        raise RuleBroken("该账号已停用，不能再发链接。")
    if purpose is LinkPurpose.RESET and account.state is AccountState.INVITED:
        purpose = LinkPurpose.ACTIVATE
    record_about(f"account.link_{purpose.value}", account)
    return links.issue(account, purpose)


def set_password(account: Account, password: str) -> None:
    """Give the account a new password; every session and link of it is dead from then on."""
    if account.state is AccountState.ENDED:
        raise RuleBroken("该账号已停用，不能设置密码。")
    if found := passwords.faults(password, login=account.login, name=account.name):
        raise RuleBroken("".join(found))
    account.password_hash = passwords.hashed(password)
    account.state = AccountState.ACTIVE
    links.void_all(account)
    end_all(account)
    record_about("account.password", account)


def turn_on_second_factor(account: Account, secret: str, *, step: int = 0) -> list[str]:
    """Give the account a second factor; return the recovery codes, to be shown once."""
    codes = authenticator.turn_on(account, secret, step=step)
    record_about("account.second_factor_on", account)
    return codes


def turn_off_second_factor(account: Account) -> None:
    """Take the second factor away; every session of the account is dead from then on."""
    authenticator.turn_off(account)
    end_all(account)
    record_about("account.second_factor_off", account)


def renew_recovery_codes(account: Account) -> list[str]:
    """Replace the recovery codes; return the new ones, to be shown once."""
    codes = authenticator.renew_recovery_codes(account)
    record_about("account.recovery_codes", account)
    return codes


def grant(account: Account, tenant: Tenant, role: Role) -> Membership:
    """Give a person a role; whether the one who acts may do so on the tenant, the caller has asked."""
    _refuse_own(account)
    if account.state is AccountState.ENDED:
        raise RuleBroken("该账号已停用，不能再授予角色。")
    membership = _add_membership(account, tenant, role)
    record_on("account.grant", account, tenant.id, after={"role": role.value, "unit": tenant.slug})
    return membership


def revoke(membership: Membership) -> None:
    """Take a role away; a portal keeps at least one operator."""
    account = db.session.get_one(Account, membership.account_id)
    tenant = db.session.get_one(Tenant, membership.tenant_id)
    _refuse_own(account)
    _refuse_last_operator(membership)
    account.memberships.remove(membership)
    record_on(
        "account.revoke", account, tenant.id, before={"role": membership.role.value, "unit": tenant.slug}
    )


def end_account(account: Account) -> None:
    """Let a person in no more; the account and its roles stay, since the record names them."""
    _refuse_own(account)
    for membership in account.memberships:
        _refuse_last_operator(membership)
    before = account.state
    account.state = AccountState.ENDED
    account.password_hash = ""
    links.void_all(account)
    end_all(account)
    record_about("account.end", account, before={"state": before.value}, after={"state": account.state.value})


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


def _add_membership(account: Account, tenant: Tenant, role: Role) -> Membership:
    if role in COUNTY_ROLES and tenant.kind is not TenantKind.PORTAL:
        raise RuleBroken(f"“{role.label}”是县级角色，只能在县门户上授予。")
    if any(held.tenant_id == tenant.id and held.role is role for held in account.memberships):
        raise RuleBroken(f"{account.name}在{tenant.unit}已经是“{role.label}”。")
    membership = Membership(tenant_id=tenant.id, role=role)
    account.memberships.append(membership)
    db.session.flush()
    return membership


def _written(account: Account) -> list[list[object]]:
    return [[membership.tenant_id, membership.role.value] for membership in account.memberships]


def _refuse_own(account: Account) -> None:
    actor = g.get("actor")
    if actor is not None and actor.account_id == account.id:
        raise RuleBroken("不能更改自己的角色和账号状态，请由另一位管理人员办理。")


def _refuse_last_operator(membership: Membership) -> None:
    if membership.role is not Role.OPERATOR:
        return
    others = (
        select(func.count())
        .select_from(Membership)
        .join(Account, Account.id == Membership.account_id)
        .where(
            Membership.tenant_id == membership.tenant_id,
            Membership.role == Role.OPERATOR,
            Membership.id != membership.id,
            Account.state == AccountState.ACTIVE,
        )
    )
    if not db.session.scalar(others):
        raise RuleBroken("这是县门户最后一位县级运维，请先指定并激活另一位。")


def _fault_of_login(login: str) -> str | None:
    if not LOGIN.fullmatch(login):
        return "登录名用 3 至 40 个小写英文字母、数字或 . _ -，以字母开头，以字母或数字结尾，例如 zhangsan。"
    bare = re.sub(r"[0-9._-]+", "", login)
    if {bare, login} & SHARED or _is_slug({bare, login, login.rstrip("0123456789._-")}):
        return f"“{login}”像是单位或岗位共用的名字。账号属于个人，请用本人姓名的拼音，例如 zhangsan。"
    if db.session.scalar(select(Account.id).where(Account.login == login)):
        return f"登录名“{login}”已被使用，请换一个，例如在后面加数字。"
    return None


def _is_slug(words: set[str]) -> bool:
    return db.session.scalar(select(Tenant.id).where(Tenant.slug.in_(words)).limit(1)) is not None


def _fault_of_name(name: str) -> str | None:
    if not name or len(name) > LONGEST_NAME:
        return f"请填写本人姓名，不超过 {LONGEST_NAME} 个字。"
    return None
