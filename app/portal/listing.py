"""An entry of a portal as lists need it: when visitors see it, and what is selected of it and its article."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, Select, bindparam, select

from app.content.models import Article, Attachment, Column, Revision, article_path
from app.content.states import Validity
from app.content.validity import validity_on
from app.core.prepared import THIS_MOMENT, TODAY, prepared
from app.portal.models import PortalEntry
from app.tenancy.addresses import OWN_HOST, PORTALS_HOST, home_of
from app.tenancy.models import Tenant, TenantState

#: What each statement is told when it is sent.
THE_PORTAL = bindparam("portal_id", type_=Integer)
LISTED = (PortalEntry.is_listed, PortalEntry.hidden_at.is_(None))
CLOSED = select(Tenant.id).where(Tenant.state != TenantState.OPEN)


def visible() -> tuple[Any, ...]:
    """Return what an entry must be to be seen now: listed, not hidden, and its article's minute has come."""
    return *LISTED, PortalEntry.published_at <= THIS_MOMENT


@dataclass(frozen=True)
class Listed:
    """An entry as lists need it."""

    entry_id: int
    portal_column_id: int
    title: str
    summary: str
    document_number: str
    published_at: datetime
    is_pinned: bool
    unit_id: int
    unit_name: str
    unit_home: str
    #: On the unit's own subsite.
    url: str
    validity: Validity
    unit_slug: str
    #: Its first picture, where the query asked for it.
    picture: Attachment | None = None


def shown(*, is_principal: bool = True) -> tuple[Any, ...]:
    """Return the conditions under which visitors see an entry, or one that stands under another."""
    first = PortalEntry.same_as_id.is_(None) if is_principal else PortalEntry.same_as_id.is_not(None)
    return (
        PortalEntry.tenant_id == THE_PORTAL,
        *visible(),
        first,
        Tenant.state == TenantState.OPEN,
    )


@prepared
def listing(*, is_principal: bool = True) -> Select[*tuple[Any, ...]]:
    """Select what Listed needs of the entries that visitors see."""
    return (
        select(
            PortalEntry.id,
            PortalEntry.column_id,
            Revision.title,
            Revision.summary,
            Revision.document_number,
            PortalEntry.published_at,
            PortalEntry.is_pinned,
            Tenant.id.label("unit_id"),
            Tenant.name.label("unit_name"),
            Tenant.slug.label("unit_slug"),
            OWN_HOST.label("unit_host"),
            PORTALS_HOST.label("portal_host"),
            Column.slug.label("column_slug"),
            Article.id.label("article_id"),
            validity_on(TODAY).label("validity"),
        )
        .join(Article, (Article.id == PortalEntry.article_id) & (Article.tenant_id == PortalEntry.unit_id))
        .join(Revision, (Revision.id == Article.published_id) & (Revision.tenant_id == Article.tenant_id))
        .join(Column, (Column.id == Article.column_id) & (Column.tenant_id == Article.tenant_id))
        .join(Tenant, Tenant.id == PortalEntry.unit_id)
        .where(*shown(is_principal=is_principal))
    )


def from_row(row: tuple[Any, ...]) -> Listed:
    """Read a row of the listing, with a picture at its end where one was asked for."""
    (entry_id, column_id, title, summary, number, published_at, is_pinned) = row[:7]
    (unit_id, unit_name, unit_slug, unit_host, portal_host, column_slug, article_id, validity) = row[7:15]
    home = home_of(unit_slug, unit_host, portal_host)
    return Listed(
        entry_id=entry_id,
        portal_column_id=column_id,
        title=title,
        summary=summary,
        document_number=number,
        published_at=published_at,
        is_pinned=is_pinned,
        unit_id=unit_id,
        unit_name=unit_name,
        unit_home=home,
        url=home + article_path(column_slug, published_at, article_id),
        validity=validity,
        unit_slug=unit_slug,
        picture=row[15] if len(row) > 15 else None,  # noqa: PLR2004 - after all that every list needs
    )
