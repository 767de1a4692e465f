"""What the office's forms ask: units by what was typed, articles to adopt, figures for the first page."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select

from app.accounts.models import Account, Membership
from app.accounts.queries import held_today
from app.content.models import Article, Column, Layout, Revision
from app.content.queries import is_shown
from app.core.database import db
from app.core.errors import RuleBroken
from app.operations.guard import within
from app.tenancy.models import Tenant, TenantKind, TenantState

MOST_SUGGESTED = 500
MOST_FOUND = 40
IN_BRACKETS = re.compile(r"（([a-z0-9-]+)）$")


@dataclass(frozen=True)
class Adoptable:
    """A public article that the office may put on the portal."""

    article_id: int
    unit_id: int
    unit: str
    column: str
    title: str
    published_at: datetime | None


def suggested_units(portals: Collection[int]) -> list[str]:
    """Return units as fields for a unit take them, for the browser to suggest."""
    rows = db.session.execute(
        select(Tenant.name, Tenant.slug)
        .where(within(portals), Tenant.state == TenantState.OPEN)
        .order_by(Tenant.portal_id.is_not(None), Tenant.position, Tenant.id)
        .limit(MOST_SUGGESTED)
    )
    return [f"{name}（{slug}）" for name, slug in rows]


def unit_typed(typed: str, portals: Collection[int]) -> Tenant:
    """Return the unit that was meant: by its slug, alone or in brackets behind its name, or by its name.

    Raises RuleBroken where there is none, or more than one.
    """
    typed = typed.strip()
    bracketed = IN_BRACKETS.search(typed)
    slug = bracketed[1] if bracketed else typed
    named = or_(Tenant.slug == slug, Tenant.name == typed, Tenant.unit == typed)
    found = db.session.scalars(select(Tenant).where(within(portals), named).limit(2)).all()
    if len(found) != 1:
        raise RuleBroken(f"没有找到单位“{typed}”，请从提示的列表中选择。")
    return found[0]


def portals_among(portals: Collection[int]) -> list[Tenant]:
    """Return the operator's portals in their order."""
    return list(db.session.scalars(select(Tenant).where(Tenant.id.in_(portals)).order_by(Tenant.id)))


def reachable_account(account_id: int, portals: Collection[int]) -> Account | None:
    """Return a person who is something on one of the portals or their units."""
    here = (
        select(Membership.account_id).join(Tenant, Tenant.id == Membership.tenant_id).where(within(portals))
    )
    return db.session.scalar(select(Account).where(Account.id == account_id, Account.id.in_(here)))


def is_nothing_elsewhere(account: Account, portals: Collection[int]) -> bool:
    """Say whether all that a person is lies within the portals: only then may their office look after it."""
    tenants = {membership.tenant_id for membership in account.memberships if not membership.is_over}
    inside = set(db.session.scalars(select(Tenant.id).where(Tenant.id.in_(tenants), within(portals))))
    return tenants == inside


def is_only_portal(portals: Collection[int]) -> bool:
    """Say whether there is no portal beside these."""
    every = set(db.session.scalars(select(Tenant.id).where(Tenant.kind == TenantKind.PORTAL)))
    return every <= set(portals)


def list_columns_of(portal_id: int) -> list[Column]:
    """Return the columns of a portal that show lists."""
    of_portal = select(Column).where(Column.tenant_id == portal_id, Column.layout == Layout.LIST)
    return list(db.session.scalars(of_portal.order_by(Column.position, Column.id)))


def adoptable(portal_id: int, *, words: str) -> list[Adoptable]:
    """Return public articles of a portal's units whose title or unit has the words, newest first."""
    query = (
        select(Article.id, Tenant.id, Tenant.name, Column.title, Revision.title, Article.first_published_at)
        .join(Revision, (Revision.id == Article.published_id) & (Revision.tenant_id == Article.tenant_id))
        .join(Column, (Column.id == Article.column_id) & (Column.tenant_id == Article.tenant_id))
        .join(Tenant, Tenant.id == Article.tenant_id)
        .where(Tenant.portal_id == portal_id, Tenant.state == TenantState.OPEN, is_shown())
        .order_by(Article.first_published_at.desc(), Article.id.desc())
        .limit(MOST_FOUND)
    )
    for word in words.split():
        fits = (Revision.title, Revision.document_number, Tenant.name, Tenant.slug)
        query = query.where(or_(*(column.icontains(word, autoescape=True) for column in fits)))
    return [Adoptable(*row) for row in db.session.execute(query)]


def figures(portals: Collection[int]) -> dict[str, int]:
    """Return how many units and people there are; articles are not counted, there may be millions."""
    tenants = select(Tenant.id).where(within(portals))
    counted = {
        "open": select(func.count(Tenant.id)).where(
            Tenant.portal_id.in_(portals), Tenant.state == TenantState.OPEN
        ),
        "closed": select(func.count(Tenant.id)).where(
            Tenant.portal_id.in_(portals), Tenant.state == TenantState.CLOSED
        ),
        "people": select(func.count(Membership.account_id.distinct())).where(
            Membership.tenant_id.in_(tenants), held_today()
        ),
    }
    return {name: db.session.scalar(query) or 0 for name, query in counted.items()}
