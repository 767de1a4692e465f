"""What is done to accounts; every act here leaves its audit row. Roles are the roster's (roster.py)."""

import re

from sqlalchemy import select

from app.accounts.credentials import authenticator, links, passwords
from app.accounts.models import Account, AccountState, LinkPurpose
from app.accounts.permissions import Role
from app.accounts.recording import record_about
from app.accounts.roster import FROM_TODAY, Term, add_membership, refuse_last_operator, refuse_own
from app.accounts.session import end_all
from app.core.database import db
from app.core.errors import RuleBroken
from app.tenancy.models import Tenant

#: What mail servers take without quoting; never a line break, which would make headers.
EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
LONGEST_EMAIL = 80
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


def create_account(
    login: str, name: str, *, roles: list[tuple[int, Role]], term: Term = FROM_TODAY, email: str = ""
) -> Account:
    """Make an account for one person, who then chooses a password through a link."""
    login, name = login.strip().lower(), " ".join(name.split())
    if fault := _fault_of_login(login) or _fault_of_name(name):
        raise RuleBroken(fault)
    account = Account(login=login, name=name, email=_checked_email(email))
    db.session.add(account)
    db.session.flush()
    for tenant_id, role in roles:
        add_membership(account, db.session.get_one(Tenant, tenant_id), role, term)
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


def set_email(account: Account, email: str) -> None:
    """Note where reminders go; empty: nowhere. The record tells that it changed, not the address."""
    if account.state is AccountState.ENDED:
        raise RuleBroken("该账号已停用，不能再设置邮箱。")
    before, account.email = account.email, _checked_email(email)
    if before != account.email:
        record_about("account.email", account, after={"is_set": bool(account.email)})


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


def end_account(account: Account) -> None:
    """Let a person in no more; the account and its roles stay, since the record names them."""
    refuse_own(account)
    for membership in account.memberships:
        refuse_last_operator(membership)
    before = account.state
    account.state = AccountState.ENDED
    account.password_hash = ""
    links.void_all(account)
    end_all(account)
    record_about("account.end", account, before={"state": before.value}, after={"state": account.state.value})


def _checked_email(email: str) -> str:
    email = email.strip()
    if email and (len(email) > LONGEST_EMAIL or not EMAIL.fullmatch(email)):
        raise RuleBroken(
            f"邮箱地址不正确：应像 zhangsan@example.com，不超过 {LONGEST_EMAIL} 个字符，不能有空格。"
        )
    return email


def _written(account: Account) -> list[list[object]]:
    return [[membership.tenant_id, membership.role.value] for membership in account.memberships]


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
