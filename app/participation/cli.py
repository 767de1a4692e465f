"""Keeping what visitors sent no longer than its term, run by a timer."""

import click
from sqlalchemy import select

from app.core.clock import today
from app.core.commands import CommandGroup
from app.core.database import db
from app.participation.contributions import purge
from app.tenancy.current import entered
from app.tenancy.models import Tenant

participation = CommandGroup("participation", help="听证征集：到期删除访客的个人信息。")


@participation.command("purge", help="删除保存期限已满的姓名、联系方式和意见内容，只保留数字；可每天运行。")
def purge_command() -> None:
    """Delete what is past its term, unit by unit, each in a transaction of its own."""
    deleted = 0
    for tenant in db.session.scalars(select(Tenant).order_by(Tenant.id)).all():
        with entered(tenant):
            deleted += purge(today())
            db.session.commit()
    click.echo(f"已删除 {deleted} 份到期的个人信息。")
