"""Opening a subsite: its row, hosts, columns and default pages, in one transaction (S-40, S-41).

Opening only ever adds, and may be repeated: what a manager renamed stays renamed, and what a kind no longer
names stays where it is.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from markdown_it import MarkdownIt
from sqlalchemy import select

from app.accounts.models import Account
from app.audit.services import record
from app.content.genres import Genre
from app.content.models import Article, Column, Layout, Section
from app.content.services import Text, start_article
from app.core.clock import COUNTY_ZONE
from app.core.database import db
from app.core.errors import RuleBroken
from app.disclosure import editing
from app.disclosure.catalogues import catalogues
from app.provisioning.identity import refuse_second_site
from app.provisioning.specs import ColumnSpec, CountySpec, KindSpec, PageSpec, UnitSpec
from app.publishing import services as publishing
from app.tenancy.current import entered
from app.tenancy.held import held
from app.tenancy.models import Host, Tenant, TenantKind
from app.tenancy.scope import Reach, reaching

MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


@dataclass(frozen=True)
class Opener:
    """On whose word a subsite is opened: who wrote its default pages, and who answers for them."""

    author: Account
    signer: Account


@dataclass(frozen=True)
class Step:
    """One thing that was missing and has been added, as it is read aloud."""

    says: str


def found_portal(county: CountySpec, kind: KindSpec, opener: Opener) -> Iterator[Step]:
    """Open a county's portal, or add what it lacks."""
    spec = county.portal
    portal = tenant_by_slug(spec.slug)
    if portal is None:
        portal = _new_tenant(spec, kind, portal=None)
        portal.unit = f"{county.name}人民政府"
        portal.county, portal.domain, portal.is_demo = county.name, county.domain, county.demo
        portal.opened_at = datetime(county.opened, 1, 1, tzinfo=COUNTY_ZONE)
        portal.sponsor, portal.organizer, portal.site_code = (
            county.sponsor,
            county.organizer,
            county.site_code,
        )
        portal.icp, portal.police, portal.address = county.icp_record, county.police_record, county.address
        portal.support_phone = county.support_phone
        yield from _add_tenant(portal)
    yield from _complete(portal, spec, kind, opener)


def open_unit(spec: UnitSpec, kind: KindSpec, portal: Tenant, opener: Opener) -> Iterator[Step]:
    """Open a unit's subsite under its portal, or add what it lacks.

    Raises RuleBroken where a slug or host is another's, or the unit has a site already.
    """
    tenant = tenant_by_slug(spec.slug)
    if tenant is None:
        refuse_second_site(spec.name, portal)
        tenant = _new_tenant(spec, kind, portal)
        yield from _add_tenant(tenant)
    elif tenant.portal_id != portal.id:
        raise RuleBroken(f"标识“{spec.slug}”已被“{tenant.name}”使用，请换一个。")
    yield from _complete(tenant, spec, kind, opener)


def tenant_by_slug(slug: str) -> Tenant | None:
    """Return the tenant with a slug."""
    return db.session.scalar(select(Tenant).where(Tenant.slug == slug))


def html_of(markdown: str) -> str:
    """Return Markdown as HTML, which is cleaned like all text when it is stored."""
    return str(MARKDOWN.render(markdown))


def _new_tenant(spec: UnitSpec, kind: KindSpec, portal: Tenant | None) -> Tenant:
    position = len(db.session.scalars(select(Tenant.id)).all())
    return Tenant(
        slug=spec.slug,
        kind=TenantKind(spec.kind),
        name=spec.name,
        unit=spec.name,
        portal_id=portal.id if portal else None,
        county=portal.county if portal else "",
        theme=kind.theme,
        palette=kind.palette,
        position=position,
        phone=spec.phone,
        address=spec.address,
        external_url=spec.url,
    )


def _add_tenant(tenant: Tenant) -> Iterator[Step]:
    db.session.add(tenant)
    db.session.flush()
    with reaching(Reach.COUNTY):
        record(
            "unit.open",
            f"tenant:{tenant.id}",
            tenant_id=tenant.portal_id or tenant.id,
            after={"slug": tenant.slug, "name": tenant.name, "kind": tenant.kind},
        )
    yield Step(f"+ 子站 {tenant.slug} {tenant.name}")


def _complete(tenant: Tenant, spec: UnitSpec, kind: KindSpec, opener: Opener) -> Iterator[Step]:
    yield from _missing_hosts(tenant, spec)
    own = kind.named(_names(tenant, spec))
    with entered(tenant):
        yield from _missing_columns(tenant, own)
        yield from _missing_rows(tenant)
        yield from _missing_pages(tenant, own, opener)


def _missing_hosts(tenant: Tenant, spec: UnitSpec) -> Iterator[Step]:
    known = {host.name: host for host in db.session.scalars(select(Host).where(Host.name.in_(spec.hosts)))}
    has_primary = db.session.scalar(select(Host.id).where(Host.tenant_id == tenant.id, Host.is_primary))
    for name in spec.hosts:
        if name in known:
            if known[name].tenant_id != tenant.id:
                raise RuleBroken(f"域名“{name}”已被其他子站使用，请换一个。")
            continue
        db.session.add(Host(name=name, tenant_id=tenant.id, is_primary=not has_primary))
        db.session.flush()
        has_primary = has_primary or 1
        yield Step(f"+ 域名 {name} -> {tenant.slug}")


def _missing_columns(tenant: Tenant, kind: KindSpec) -> Iterator[Step]:
    known = set(db.session.scalars(select(Column.slug)))
    targets = _portal_columns(tenant)
    added = [spec for spec in kind.columns if spec.slug not in known]
    for spec in added:
        db.session.add(_column(tenant, spec, kind.columns.index(spec), targets))
    db.session.flush()
    if added:
        yield Step(f"+ 栏目 {tenant.slug}：{'、'.join(spec.title for spec in added)}")


def _missing_rows(tenant: Tenant) -> Iterator[Step]:
    """Give the catalogue the rows of its kind that it has never had; what the unit retired stays retired."""
    added = editing.add_missing(catalogues().rows_for(tenant.kind, tenant.unit))
    if added:
        yield Step(f"+ 公开目录 {tenant.slug}：{added} 行")


def _column(tenant: Tenant, spec: ColumnSpec, position: int, targets: Mapping[str, int]) -> Column:
    target = targets.get(spec.portal_column or "")
    return Column(
        tenant_id=tenant.id,
        slug=spec.slug,
        title=spec.title,
        type=spec.type,
        description=spec.description,
        keywords="，".join(spec.keywords),
        section=Section(spec.section),
        block=spec.block or "",
        layout=Layout(spec.layout),
        source=spec.source,
        max_gap_days=spec.max_gap_days,
        position=position,
        portal_id=tenant.portal_id if target else None,
        portal_column_id=target,
    )


def _portal_columns(tenant: Tenant) -> dict[str, int]:
    if tenant.portal_id is None:
        return {}
    with reaching(Reach.COUNTY):
        rows = db.session.execute(
            select(Column.slug, Column.id).where(Column.tenant_id == tenant.portal_id)
        ).all()
    return {slug: column_id for slug, column_id in rows}  # noqa: C416 - rows are no pairs to the type checker


def _missing_pages(tenant: Tenant, kind: KindSpec, opener: Opener) -> Iterator[Step]:
    filled = select(Column.slug).join(
        Article, (Article.column_id == Column.id) & (Article.tenant_id == Column.tenant_id)
    )
    known = set(db.session.scalars(filled))
    missing = [page for page in kind.pages if page.column not in known]
    with held():
        for page in missing:
            _publish_page(page, opener)
    for page in missing:
        yield Step(f"+ 页面 {tenant.slug}：{page.title}")


def _publish_page(page: PageSpec, opener: Opener) -> None:
    column = db.session.scalars(select(Column).where(Column.slug == page.column)).one()
    text = Text(page.title, html_of(page.body), genre=Genre.OTHER)
    article = start_article(column, text, opener.author)
    assert article.head_id is not None
    publishing.submit(article, opener.author, revision=article.head_id)
    publishing.publish(article, opener.signer, revision=article.head_id)


def _names(tenant: Tenant, spec: UnitSpec) -> dict[str, str]:
    """Return what stands for the placeholders in a kind's texts."""
    portal = db.session.get_one(Tenant, tenant.portal_id) if tenant.portal_id else tenant
    return {
        "unit": tenant.unit,
        "short": spec.short_name,
        "site": tenant.name if tenant is portal else f"{tenant.unit}网站",
        "host": spec.hosts[0],
        "county": portal.county,
        "place": portal.county.rstrip("县市区"),
        "portal": portal.name,
        "opened": f"{portal.opened_at.astimezone(COUNTY_ZONE):%Y}",
    }
