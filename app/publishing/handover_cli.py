"""flask account hand-over: the county gives one person's work in a unit to another."""

import click

from app.accounts.cli import LOGIN, OFFICE, UNIT, account_named, act, tenant_named
from app.accounts.permissions import Role
from app.publishing import handover
from app.publishing.handover import Succession


@act("hand-over", "交接：结束 LOGIN 在一个单位的角色，连同未办完的信息交给 SUCCESSOR。")
@LOGIN
@click.argument("successor")
@UNIT
@OFFICE
@click.option("--note", default="", help="交接说明，写在交接单上。")
def hand_over(login: str, successor: str, unit: str, **said: str) -> None:
    """Give a person's work in a unit to another."""
    tenant = tenant_named(unit, Role.MANAGER)
    plan = Succession(account_named(login), account_named(successor), said["office"], said["note"])
    row = handover.hand_over(tenant, plan, by=None)
    ended = "，账号已停用" if row.has_ended_account else ""
    click.echo(
        f"已交接：{row.roles}；{row.articles} 篇未办完的信息由 {successor} 接手。{login} 已退出登录{ended}。"
    )
