"""The demonstration county: its units, its made-up articles, and accounts to try every role with.

Founded once, at the first start on empty data; every page of it says that it is a demonstration.
"""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

import click
from sqlalchemy import select

from app.accounts.credentials.authenticator import new_secret
from app.accounts.credentials.sealing import seal
from app.accounts.models import Account, AccountState
from app.accounts.permissions import Role
from app.accounts.roster import Term
from app.accounts.services import create_account, set_password
from app.content.states import ArticleState
from app.core.database import db
from app.provisioning.apply import apply_county
from app.provisioning.documents import DocumentSpec, read_documents
from app.provisioning.importing import import_document
from app.provisioning.manifest import read_county
from app.provisioning.opening import tenant_by_slug
from app.provisioning.profiles import publish_profile, read_profiles
from app.provisioning.relating import make_collections, relate
from app.provisioning.specs import CountySpec, UnitSpec
from app.publishing import services as publishing
from app.tenancy.current import entered
from app.tenancy.held import held
from app.tenancy.models import Tenant, TenantKind
from app.tenancy.scope import Reach, reaching

#: Units with an account for each of their roles.
WITH_ACCOUNTS = ("slj", "qiaotou")
UNIT_PEOPLE = (
    (Role.EDITOR, "陈文"),
    (Role.SIGNER, "林正"),
    (Role.LEADER, "周明"),
    (Role.MANAGER, "郑管"),
    (Role.SECRECY, "胡密"),
)
COUNTY_PEOPLE = ((Role.OPERATOR, "吴运"), (Role.AUDITOR, "徐审"))
#: The offices in which they sign and are listed, by the kind of their unit.
OFFICES = {
    TenantKind.DEPARTMENT: {
        Role.EDITOR: "办公室科员",
        Role.SIGNER: "副局长",
        Role.LEADER: "局长",
        Role.MANAGER: "办公室主任",
        Role.SECRECY: "保密专干",
    },
    TenantKind.TOWNSHIP: {
        Role.EDITOR: "党政办干部",
        Role.SIGNER: "副镇长",
        Role.LEADER: "镇长",
        Role.MANAGER: "党政办主任",
        Role.SECRECY: "保密专干",
    },
    TenantKind.PORTAL: {Role.OPERATOR: "县府办信息科科员", Role.AUDITOR: "县府办督查科科员"},
}
WRITERS = (("demo-writer", "演示撰稿"), ("demo-signer", "演示审签"), ("demo-leader", "演示审核"))


@dataclass(frozen=True)
class Handed:
    """An account as it is handed to who tries the demonstration."""

    where: str
    role: Role
    login: str
    password: str
    second_factor: str = ""


def found_demonstration(manifest: Path, accounts_file: Path) -> None:
    """Found the county, show progress, write the accounts down, and print them once."""
    county = read_county(manifest)
    click.echo("首次启动：正在开设演示县……")
    with reaching(Reach.COUNTY):
        for number, _ in enumerate(apply_county(manifest)):
            if number % 100 == 0:
                click.echo(".", nl=False)
        click.echo(f" 已开设 {len(county.tenants)} 个子站。")
        _publish_content(county, read_documents(manifest.parent / "content"))
        make_collections(manifest.parent / "collections.toml")
        _publish_profiles(county, manifest.parent / "profiles.toml")
        handed = _hand_out_accounts()
        _write(accounts_file, handed)
        db.session.commit()
    click.echo(_table(handed))


def _publish_content(county: CountySpec, documents: list[DocumentSpec]) -> None:
    """Publish in rounds, one article of each unit after the other, the office and the portal at the end.

    All have the same minute; so no unit fills the head of the portal's lists.
    """
    writer, signer, leader = (_writer(*who) for who in WRITERS)
    waiting = {spec: _for(spec, documents) for spec in (*county.tenants[2:], *county.tenants[1::-1])}
    rounds = max(len(texts) for texts in waiting.values())
    turns = [
        (spec, texts[-left])
        for left in range(rounds, 0, -1)
        for spec, texts in waiting.items()
        if left <= len(texts)
    ]
    with held(), click.progressbar(turns, label="发布演示信息") as bar:
        for spec, document in bar:
            tenant = tenant_by_slug(spec.slug)
            assert tenant is not None
            with entered(tenant):
                article = import_document(document.named(county.names_for(spec)), document.column, writer)
                assert article.head_id is not None
                publishing.publish(article, signer, revision=article.head_id)
                if article.state is ArticleState.SIGNED:
                    publishing.approve(article, leader, revision=article.head_id)
                relate(document, article, signer)


def _publish_profiles(county: CountySpec, path: Path) -> None:
    """Give every unit its profile, leaders and offices, signed by the demonstration's own signer."""
    specs = read_profiles(path)
    if specs is None:
        return
    writer, signer = (
        db.session.scalars(select(Account).where(Account.login == who)).one() for who, _ in WRITERS[:2]
    )
    with click.progressbar(county.tenants, label="发布单位信息") as bar:
        for spec in bar:
            tenant = tenant_by_slug(spec.slug)
            assert tenant is not None
            publish_profile(specs, county, spec, tenant, (writer, signer))


def _for(spec: UnitSpec, documents: list[DocumentSpec]) -> list[DocumentSpec]:
    """Return what is for this unit or its kind; the first in the folder is the newest, so it comes last."""
    return [one for one in reversed(documents) if one.unit == spec.slug or one.kind == spec.kind]


def _writer(login: str, name: str) -> Account:
    account = Account(login=login, name=name, state=AccountState.ENDED)
    db.session.add(account)
    db.session.flush()
    return account


def _hand_out_accounts() -> list[Handed]:
    handed = []
    for slug in WITH_ACCOUNTS:
        tenant = db.session.scalars(select(Tenant).where(Tenant.slug == slug)).one()
        handed += [_hand_out(tenant, role, name) for role, name in UNIT_PEOPLE]
    portal = db.session.scalars(select(Tenant).where(Tenant.portal_id.is_(None))).one()
    return [*handed, *(_hand_out(portal, role, name) for role, name in COUNTY_PEOPLE)]


def _hand_out(tenant: Tenant, role: Role, name: str) -> Handed:
    login = f"{tenant.slug}-{role.value}"
    password = secrets.token_urlsafe(12) + "-Zw7"
    office = OFFICES.get(tenant.kind, {}).get(role, "")
    account = create_account(login, f"{name}（演示）", roles=[(tenant.id, role)], term=Term(office))
    set_password(account, password)
    secret = ""
    if role is Role.OPERATOR:
        secret = new_secret()
        account.second_factor = seal(secret)
    return Handed(tenant.name, role, login, password, secret)


def _table(handed: list[Handed]) -> str:
    lines = ["演示账号（只显示这一次，已另存文件）："]
    for one in handed:
        factor = f"  二次验证密钥 {one.second_factor}" if one.second_factor else ""
        lines.append(f"  {one.where}  {one.role.label}  账号 {one.login}  密码 {one.password}{factor}")
    return "\n".join(lines)


def _write(path: Path, handed: list[Handed]) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(_table(handed) + "\n")
