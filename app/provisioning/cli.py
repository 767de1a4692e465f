"""flask county apply, flask unit create|import|list, flask article import."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from sqlalchemy import select

from app.accounts.models import Account, AccountState
from app.accounts.permissions import GRANTS, Permission
from app.accounts.queries import account_by_login
from app.audit.services import act_as
from app.core.commands import CommandGroup
from app.core.database import db
from app.core.errors import RuleBroken
from app.provisioning.apply import apply_county, kinds
from app.provisioning.documents import read_document
from app.provisioning.faults import ManifestError
from app.provisioning.importing import import_document
from app.provisioning.lists import UnitRequest, read_requests
from app.provisioning.opening import open_unit, tenant_by_slug
from app.provisioning.platform import COMMANDS, platform_opener, template_author
from app.provisioning.requests import spec_of, the_portal
from app.provisioning.specs import UNIT_KINDS
from app.tenancy.addresses import home_of_tenant
from app.tenancy.current import entered
from app.tenancy.models import Host, Tenant
from app.tenancy.scope import Reach, reaching

county = CommandGroup("county", help="全县：按清单开设门户和各单位子站。")
unit = CommandGroup("unit", help="单位子站：开设、批量开设、列表。")
article = CommandGroup("article", help="信息：从文件导入。")

FILE = click.Path(path_type=Path, exists=False, dir_okay=False)


@contextmanager
def one_transaction(*, rehearsal: bool = False) -> Iterator[None]:
    """Do all of a command or nothing, and say in one line what stands in the way."""
    try:
        with reaching(Reach.COUNTY):
            opener = platform_opener()
            act_as(opener.signer.id, COMMANDS[0])
            yield
            db.session.flush()
            if rehearsal:
                db.session.rollback()
            db.session.commit()
    except (RuleBroken, ManifestError) as error:
        db.session.rollback()
        raise click.ClickException(str(error)) from error


@county.command("apply", help="按清单 MANIFEST 增加缺少的子站、域名、栏目和页面；可以反复执行，从不删改。")
@click.argument("manifest", type=FILE)
@click.option("--dry-run", is_flag=True, help="只列出将要增加什么，不做任何改动。")
def apply(manifest: Path, *, dry_run: bool) -> None:
    """Add what is missing; change and delete nothing."""
    count = 0
    with one_transaction(rehearsal=dry_run):
        for step in apply_county(manifest):
            click.echo(step.says)
            count += 1
    click.echo(f"{'将增加' if dry_run else '已增加'} {count} 项。" if count else "没有缺少的内容，无需改动。")


@unit.command("create", help="为单位 NAME 开设子站，立即可以访问。")
@click.argument("name")
@click.option("--kind", required=True, type=click.Choice(UNIT_KINDS), help="子站类型。")
@click.option("--slug", default="", help="标识，即域名的第一段；不写则按名称的拼音取。")
@click.option("--host", default="", help="完整域名；不写则为“标识.县域名”。")
@click.option("--url", default="", help="独立网站的网址；其他类型不写。")
@click.option("--portal", default="", help="所属门户的标识；只有一个门户时可以不写。")
def create(name: str, kind: str, slug: str, host: str, url: str, portal: str) -> None:
    """Open one subsite."""
    with one_transaction():
        above = the_portal(portal)
        spec = spec_of(name, kind, above, slug=slug, host=host, url=url)
        for step in open_unit(spec, kinds()[kind], above, platform_opener()):
            click.echo(step.says)
        tenant = tenant_by_slug(spec.slug)
        assert tenant is not None
        address = home_of_tenant(tenant.id)
    click.echo(f"已开通：{address}/")


@unit.command(
    "import", help="按 CSV 文件 FILE（列：单位名称,类型,标识,域名,网址）批量开设；一行有误不影响其他行。"
)
@click.argument("file", type=FILE)
@click.option("--portal", default="", help="所属门户的标识；只有一个门户时可以不写。")
@click.option("--dry-run", is_flag=True, help="只检查并列出结果，不开设。")
def import_units(file: Path, portal: str, *, dry_run: bool) -> None:
    """Open many subsites; a bad row does not stop the others."""
    with one_transaction():
        above = the_portal(portal)
        requests = read_requests(file, above)
        portal_id = above.id
    failed = 0
    with click.progressbar(
        requests, label="开设子站", item_show_func=lambda one: one.name if one else ""
    ) as bar:
        for request in bar:
            fault = request.fault or _open_one(request, portal_id, rehearsal=dry_run)
            if fault:
                failed += 1
                click.echo(f"\n第 {request.line} 行（{request.name}）：{fault}", err=True)
    click.echo(f"{'可以开设' if dry_run else '已开设'} {len(requests) - failed} 个，有误 {failed} 个。")
    if failed:
        raise click.exceptions.Exit(1)


def _open_one(asked: UnitRequest, portal_id: int, *, rehearsal: bool) -> str:
    try:
        with one_transaction(rehearsal=rehearsal):
            above = db.session.get_one(Tenant, portal_id)
            places = {"slug": asked.slug, "host": asked.host, "url": asked.url}
            spec = spec_of(asked.name, asked.kind, above, **places)
            for _ in open_unit(spec, kinds()[asked.kind], above, platform_opener()):
                pass
    except click.ClickException as error:
        return error.message
    return ""


@unit.command("list", help="列出全部子站：标识、类型、状态、主域名、名称。")
def list_units() -> None:
    """List all subsites."""
    rows = db.session.execute(
        select(Tenant, Host.name)
        .outerjoin(Host, (Host.tenant_id == Tenant.id) & Host.is_primary)
        .order_by(Tenant.portal_id.is_not(None), Tenant.position, Tenant.id)
    )
    for tenant, host in rows:
        click.echo(
            f"{tenant.slug:<16}{tenant.kind.label}\t{tenant.state.label}\t{host or '-'}\t{tenant.name}"
        )


@article.command(
    "import", help="把 .md 或 .txt 文件 FILE 导入为一篇待审签的信息；发布仍要由本单位负责同志审签。"
)
@click.argument("file", type=FILE)
@click.option("--unit", "slug", required=True, help="子站标识。")
@click.option("--column", required=True, help="栏目标识。")
@click.option("--author", default="", help="以谁的账号撰写；不写则记为平台。")
def import_article(file: Path, slug: str, column: str, author: str) -> None:
    """File a document as an article that waits for its signature."""
    with one_transaction():
        tenant = tenant_by_slug(slug)
        if tenant is None:
            raise RuleBroken(f"没有子站“{slug}”。用 flask unit list 查看全部。")
        document = read_document(file)
        writer = _author(author, tenant)
        with entered(tenant):
            filed = import_document(document, column, writer)
        filed_id = filed.id
    click.echo(f"已导入《{document.title}》（编号 {filed_id}），等待审签。")


def _author(login: str, tenant: Tenant) -> Account:
    """Return who wrote the article: the platform, or somebody who may write for the unit."""
    if not login:
        return template_author()
    found = account_by_login(login)
    if found is None:
        raise RuleBroken(f"没有账号“{login}”。")
    writers = GRANTS[Permission.WRITE_ARTICLE]
    writes_here = any(held.tenant_id == tenant.id and held.role in writers for held in found.memberships)
    if not writes_here or found.state is AccountState.ENDED:
        raise RuleBroken(f"“{login}”不是“{tenant.name}”的信息员，不能为它撰写。")
    return found
