"""flask unit export: a subsite as plain files."""

from pathlib import Path

import click
from flask import current_app
from sqlalchemy import select

from app.core.database import db
from app.core.errors import RuleBroken
from app.exports.still import Copied, copy_site
from app.tenancy.addresses import origin
from app.tenancy.models import Host, Tenant

#: How many addresses pass between two words about how far it has come.
STEP = 200


@click.command(
    "export", help="把子站 UNIT 的全部页面存成普通文件，放到新文件夹 FOLDER；任何网页服务器都能显示。"
)
@click.argument("unit")
@click.argument("folder", type=click.Path(path_type=Path))
def export(unit: str, folder: Path) -> None:
    """Copy what visitors see of a subsite."""
    visitors = current_app.extensions["as_visitors_see"]()
    try:
        found = copy_site(visitors, _origin_of(unit), folder.resolve(), told=_told)
    except RuleBroken as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"已存 {found.pages} 个页面、{found.files} 个文件，在 {folder}。")
    if found.missing:
        click.echo(f"有 {len(found.missing)} 个地址打不开，请检查：{'、'.join(found.missing[:10])}", err=True)


def _origin_of(unit: str) -> str:
    of_unit = select(Host.name).join(Tenant, Tenant.id == Host.tenant_id)
    host = db.session.scalar(of_unit.where(Tenant.slug == unit, Host.is_primary))
    if host is None:
        raise RuleBroken(f"没有代码是 {unit} 的子站。用 flask --app wsgi unit list 看全部。")
    return origin(host)


def _told(copied: Copied) -> None:
    if (done := copied.pages + copied.files) and done % STEP == 0:
        click.echo(f"已存 {done} 个……", err=True)
