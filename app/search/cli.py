"""flask search rebuild, flask search verify, flask search forget."""

import click
from sqlalchemy import select

from app.core.clock import today
from app.core.commands import CommandGroup
from app.core.database import db
from app.search import upkeep
from app.search.counting import expire
from app.tenancy.models import Tenant
from app.tenancy.scope import bound_to

search = CommandGroup("search", help="搜索：重建索引，核对索引。")
UNIT = click.option("--unit", "slugs", multiple=True, help="只处理这个子站，可写多次。")


@search.command("rebuild", help="把全部已公开的信息重新编入索引；可以中断后再运行，不影响网站使用。")
@UNIT
def rebuild_command(slugs: tuple[str, ...]) -> None:
    """Make the index anew, and say how far it has come."""
    _refuse_unknown(slugs)
    total = 0
    for step in upkeep.rebuild(slugs):
        db.session.commit()
        click.echo(f"{step.unit}：{step.done}/{step.total} 篇。")
        total += step.done if step.done == step.total else 0
    click.echo(f"索引已重建，共 {total} 篇。")


@search.command("verify", help="核对索引与已公开的信息是否一致；不一致时逐条列出并以非零结束。")
@UNIT
def verify_command(slugs: tuple[str, ...]) -> None:
    """Compare the index with what is public."""
    _refuse_unknown(slugs)
    found = list(upkeep.flaws(slugs))
    for flaw in found:
        click.echo(f"{flaw.unit} 第 {flaw.article_id} 号：{flaw.says}。", err=True)
    if found:
        raise click.ClickException(f"有 {len(found)} 处不一致，请运行 flask --app wsgi search rebuild。")
    click.echo("索引与已公开的信息一致。")


@search.command("forget", help="删除保存期限已满的搜索词次数；可每天运行。")
def forget_command() -> None:
    """Delete the counts whose time is over, of all subsites."""
    deleted = 0
    for tenant in db.session.scalars(select(Tenant).order_by(Tenant.id)).all():
        with bound_to(tenant.id):
            deleted += expire(today())
            db.session.commit()
    click.echo(f"已删除 {deleted} 条到期的搜索词次数。")


def _refuse_unknown(slugs: tuple[str, ...]) -> None:
    known = set(db.session.scalars(select(Tenant.slug)))
    if unknown := [slug for slug in slugs if slug not in known]:
        raise click.ClickException(f"没有子站“{unknown[0]}”。用 flask unit list 查看全部。")
