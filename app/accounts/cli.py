"""flask account ...: make, list, end accounts, give roles, and issue links."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import wraps
from typing import Any

import click
from sqlalchemy import select

from app.accounts import queries, roster, services
from app.accounts.credentials.links import LASTS_LABEL
from app.accounts.models import Account, AccountState, LinkPurpose
from app.accounts.permissions import COUNTY_ROLES, Role
from app.accounts.roster import Term
from app.core.commands import CommandGroup
from app.core.database import db
from app.core.errors import RuleBroken
from app.tenancy.models import Tenant, TenantKind

account = CommandGroup("account", help="人员账号：新建、列出、停用，授予角色，发激活和重置链接。")
LOGIN = click.argument("login")
ROLE = click.option("--role", required=True, type=click.Choice([role.value for role in Role]), help="角色。")
UNIT = click.option("--unit", default="", help="单位的域名前缀；县级角色可省略，即县门户。")
OFFICE = click.option("--office", default="", help="职务，审签时写在姓名前，例如 副局长。")
SINCE = click.option(
    "--since", type=click.DateTime(["%Y-%m-%d"]), help="从哪天起，例如 2026-03-01；不写为今天。"
)
UNTIL = click.option(
    "--until", type=click.DateTime(["%Y-%m-%d"]), help="到哪天为止（含当天）；不写为不定期。"
)


class Refused(click.ClickException):
    """One clear line instead of a traceback."""

    def show(self, file: Any = None) -> None:
        """Print the line to the standard error."""
        click.echo(f"错误：{self.message}", file=file or sys.stderr)


@contextmanager
def _one_transaction() -> Iterator[None]:
    try:
        yield
    except RuleBroken as broken:
        db.session.rollback()
        raise Refused(broken.message) from broken
    db.session.commit()


def act(name: str, says: str) -> Callable[[Callable[..., None]], click.Command]:
    """Register a command of the group that is one transaction."""

    def decorate(command: Callable[..., None]) -> click.Command:
        @wraps(command)
        def whole(**args: Any) -> None:
            with _one_transaction():
                command(**args)

        return account.command(name, help=says)(whole)

    return decorate


@act("create", "新建一个人的账号。")
@LOGIN
@click.option("--name", required=True, help="姓名。")
@ROLE
@UNIT
@OFFICE
@click.option("--password-stdin", is_flag=True, help="从标准输入读取密码；不用时打印激活链接。")
def create(login: str, name: str, role: str, unit: str, *, office: str, password_stdin: bool) -> None:
    """Make an account for one person."""
    chosen = Role(role)
    person = services.create_account(
        login, name, roles=[(tenant_named(unit, chosen).id, chosen)], term=Term(office)
    )
    if password_stdin:
        services.set_password(person, sys.stdin.readline().rstrip("\r\n"))
        click.echo(f"已建立账号 {person.login}，可以登录。")
    else:
        _print_link(person, LinkPurpose.ACTIVATE)


@act("list", "列出全部账号、状态和角色。")
def list_all() -> None:
    """List everybody."""
    for person in queries.all_accounts():
        roles = "、".join(
            f"{one.tenant.slug}:{one.role.label}" for one in person.memberships if not one.is_over
        )
        click.echo(f"{person.login}\t{person.name}\t{person.state.label}\t{roles or '无角色'}")


@act("link", "打印一个激活或重置密码的链接。")
@LOGIN
@click.option("--reset", is_flag=True, help="重置密码的链接；不用时为激活链接。")
def link(login: str, *, reset: bool) -> None:
    """Print a link for choosing a password."""
    person = account_named(login)
    if not reset and person.state is AccountState.ACTIVE:
        raise RuleBroken(f"账号 {person.login} 已激活；如需重置密码请加 --reset。")
    _print_link(person, LinkPurpose.RESET if reset else LinkPurpose.ACTIVATE)


@act("end", "停用一个账号，立即退出其全部登录。")
@LOGIN
def end(login: str) -> None:
    """Let a person in no more."""
    person = account_named(login)
    services.end_account(person)
    click.echo(f"已停用账号 {person.login}。")


@act("grant", "授予一个角色。")
@LOGIN
@ROLE
@UNIT
@OFFICE
@SINCE
@UNTIL
def grant(login: str, role: str, unit: str, office: str, **dates: datetime | None) -> None:
    """Give a role."""
    person, chosen = account_named(login), Role(role)
    tenant = tenant_named(unit, chosen)
    since, until = (moment.date() if moment else None for moment in (dates["since"], dates["until"]))
    held = roster.grant(person, tenant, chosen, Term(office, since, until))
    when = "现在" if held.is_held else f"从 {held.since} 起"
    click.echo(f"{person.login} {when}是{tenant.unit}的“{chosen.label}”。")


@act("email", "设置接收提醒的邮箱；不写地址就不再发。")
@LOGIN
@click.argument("address", default="")
def email(login: str, address: str) -> None:
    """Note where reminders go."""
    person = account_named(login)
    services.set_email(person, address)
    click.echo(f"已保存账号 {person.login} 的提醒邮箱。")


@act("forget-second-factor", "为丢失手机和恢复码的人关闭二次验证。")
@LOGIN
def forget_second_factor(login: str) -> None:
    """Let a person in who lost the second factor."""
    person = account_named(login)
    services.turn_off_second_factor(person)
    click.echo(f"已关闭账号 {person.login} 的二次验证。")


def account_named(login: str) -> Account:
    """Return the person with a login; raises RuleBroken where there is none."""
    person = queries.account_by_login(login)
    if person is None:
        raise RuleBroken(f"没有登录名为“{login}”的账号；用 account list 查看全部账号。")
    return person


def tenant_named(slug: str, role: Role) -> Tenant:
    """Find the unit that was named; for county roles the portal, where there is only one."""
    if slug:
        found = db.session.scalar(select(Tenant).where(Tenant.slug == slug))
        if found is None:
            raise RuleBroken(f"没有域名前缀为“{slug}”的单位；用 unit list 查看全部单位。")
        return found
    if role not in COUNTY_ROLES:
        raise RuleBroken(f"“{role.label}”是单位角色，请用 --unit 指明单位的域名前缀。")
    portals = db.session.scalars(select(Tenant).where(Tenant.kind == TenantKind.PORTAL)).all()
    if len(portals) != 1:
        raise RuleBroken(
            "还没有县门户，请先建立。" if not portals else "有多个县门户，请用 --unit 指明是哪一个。"
        )
    return portals[0]


def _print_link(person: Account, purpose: LinkPurpose) -> None:
    address = services.issue_link(person, purpose)
    purpose = LinkPurpose.ACTIVATE if person.state is AccountState.INVITED else purpose
    click.echo(f"请把下面的链接交给{person.name}本人，{LASTS_LABEL[purpose]}内有效，只能用一次：")
    click.echo(address)
