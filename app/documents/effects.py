"""What documents do to each other's validity: the sum of facts, never a step on what was before (GK-11).

The facts are the unit's own word and the live relations: signed, agreed to, and of an article that is public.
Whenever one of them changes, the sum is made anew on the target's row, in the same transaction. So lists,
catalogue, search, portal and API read one mark, and withdrawing the acting document undoes what it did.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import Row, select

from app.audit.services import record
from app.content.models import Article, Revision
from app.content.states import Validity
from app.core.clock import COUNTY_ZONE, now
from app.core.database import db
from app.documents import index
from app.documents.models import DocumentLink, Kind
from app.documents.periods import moments_of
from app.pagecache.generations import raise_generation, turn_pages_at
from app.tenancy.models import Tenant
from app.tenancy.scope import Reach, reaching

ENDS = frozenset({Kind.ABOLISHES, Kind.REPLACES})
#: What needs the other unit's word, for it changes how that unit's document is to be read.
CHANGES = ENDS | {Kind.AMENDS}


@dataclass(frozen=True)
class Change:
    """Whose pages are no longer as they were, and at which minutes they change by themselves."""

    tenant_id: int
    moments: tuple[datetime, ...] = ()


def show(article: Article, revision: Revision) -> None:
    """Let an article that readers see, now or from its minute on, have its effects."""
    with reaching(Reach.COUNTY):
        for link in links_from(article):
            if link.signed_at is None:
                sign(link)
        index.enter(article, revision)
        own = Change(article.tenant_id, tuple(moments_of(article, revision)))
        refresh([own, settle(article), *settle_targets(article)])


def hide(article: Article) -> None:
    """Undo the effects of an article that readers see no more."""
    with reaching(Reach.COUNTY):
        index.leave(article)
        refresh([Change(article.tenant_id), *settle_targets(article)])


def declare(article: Article, since: date | None) -> None:
    """Note since when the unit itself says that an article no longer holds; None takes that back."""
    article.expired_since = since
    with reaching(Reach.COUNTY):
        refresh([settle(article)])


def sign(link: DocumentLink) -> None:
    """Put a relation in force for the acting unit; within one unit that is all it needs."""
    link.signed_at = now()
    if link.unit_id == link.tenant_id:
        link.agreed_at = link.signed_at


def settle_targets(article: Article) -> list[Change]:
    """Sum up anew what an article has relations to, in one order everywhere."""
    db.session.flush()
    targets = {(link.unit_id, link.target_id) for link in links_from(article) if is_in_force(link)}
    return [settle_by_id(*target) for target in sorted(targets)]


def settle_by_id(unit_id: int, article_id: int) -> Change:
    """Sum up one document anew, whoever's it is; the scope must reach it."""
    wanted = select(Article).where(Article.tenant_id == unit_id, Article.id == article_id)
    held = wanted.with_for_update().execution_options(populate_existing=True)
    return settle(db.session.scalars(held).one())


def settle(article: Article) -> Change:
    """Give an article the mark that follows from the facts as they are now."""
    db.session.flush()
    before = _mark_of(article)
    acting = _acting_on(article)
    ends = [(_day_of(row), Validity.ABOLISHED) for row in acting if row.kind in ENDS]
    if article.expired_since is not None:
        ends.append((article.expired_since, Validity.EXPIRED))
    article.amended_since = min((_day_of(row) for row in acting if row.kind is Kind.AMENDS), default=None)
    article.invalid_since, article.validity = min(ends, default=(None, Validity.VALID))
    if article.invalid_since is None and article.amended_since is not None:
        article.validity = Validity.AMENDED
    if _mark_of(article) != before:
        index.mark(article)
        _record(article)
    days = (article.invalid_since, article.amended_since)
    return Change(article.tenant_id, tuple(datetime.combine(day, time(), COUNTY_ZONE) for day in days if day))


def refresh(changes: Iterable[Change]) -> None:
    """End the kept pages of all whose pages change, and of their portals; note the minutes still to come."""
    made = list(changes)
    portals = {
        tenant.id: tenant.portal_id
        for tenant in db.session.scalars(select(Tenant).where(Tenant.id.in_({one.tenant_id for one in made})))
    }
    raise_generation(*portals, *portals.values())
    for one in made:
        turn_pages_at(one.moments, one.tenant_id, portals[one.tenant_id])


def links_from(article: Article) -> list[DocumentLink]:
    """Return an article's relations to others, signed or not."""
    of_article = select(DocumentLink).where(
        DocumentLink.tenant_id == article.tenant_id, DocumentLink.article_id == article.id
    )
    return list(db.session.scalars(of_article.order_by(DocumentLink.id)))


def is_in_force(link: DocumentLink) -> bool:
    """Say whether both units stand by a relation."""
    return link.signed_at is not None and link.agreed_at is not None


def _acting_on(article: Article) -> list[Row[Kind, date | None, datetime | None]]:
    """Return kind, day of effect and publication of what acts on an article and is public."""
    asked = (
        select(DocumentLink.kind, Revision.effective_on, Article.first_published_at)
        .join(
            Article, (Article.id == DocumentLink.article_id) & (Article.tenant_id == DocumentLink.tenant_id)
        )
        .join(Revision, (Revision.id == Article.published_id) & (Revision.tenant_id == Article.tenant_id))
        .where(
            DocumentLink.unit_id == article.tenant_id,
            DocumentLink.target_id == article.id,
            DocumentLink.signed_at.is_not(None),
            DocumentLink.agreed_at.is_not(None),
            DocumentLink.kind.in_(CHANGES),
        )
    )
    return list(db.session.execute(asked).all())


def _day_of(row: Row[Kind, date | None, datetime | None]) -> date:
    """Return from which day a relation has its effect: the acting document's own, or its publication's."""
    _, effective_on, published_at = row
    return effective_on or (published_at or now()).astimezone(COUNTY_ZONE).date()


def _mark_of(article: Article) -> tuple[Validity, date | None, date | None]:
    return article.validity, article.invalid_since, article.amended_since


def _record(article: Article) -> None:
    record(
        "document.validity",
        f"article:{article.id}",
        tenant_id=article.tenant_id,
        after={
            "validity": article.validity,
            "invalid_since": str(article.invalid_since or ""),
            "amended_since": str(article.amended_since or ""),
        },
    )
