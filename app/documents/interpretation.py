"""Which documents need an interpretation (解读), until when, and which lack one (ZY-20).

The genres, the working days and since when are data of tenants/rules/documents.toml.
"""

from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import Exists, exists, select
from sqlalchemy.orm import aliased

from app.accounts.models import Account
from app.audit.services import record
from app.content.genres import Genre
from app.content.models import Article, Revision
from app.content.queries import is_shown
from app.content.states import Validity
from app.content.validity import validity_on
from app.core.clock import COUNTY_ZONE, now, today
from app.core.database import db
from app.core.errors import RuleBroken
from app.core.rules import rule_in_force
from app.core.workdays import add_workdays
from app.documents.models import DocumentLink, Exemption, Kind
from app.tenancy.current import current_tenant
from app.tenancy.models import Tenant
from app.tenancy.scope import Reach, reaching

FILE, TABLE = "documents", "interpretation"
LONGEST_REASON = 300
MOST_FOUND = 50
EXPLAINING = aliased(Article)


@dataclass(frozen=True)
class Lacking:
    """A document that should have been explained by now."""

    article_id: int
    title: str
    due: date


@dataclass(frozen=True)
class Original:
    """A public document that an interpretation is about."""

    unit_name: str
    title: str
    on: date


def working_days(on: date) -> int:
    """Return within how many working days a document published on a day must be explained."""
    return int(rule_in_force(FILE, TABLE, on=on)["working_days"])


def is_needed(genre: Genre) -> bool:
    """Say whether documents of a genre need an interpretation, unless somebody says why not."""
    return genre.value in rule_in_force(FILE, TABLE, on=today())["genres"]


def lacking() -> list[Lacking]:
    """Return the bound unit's documents in force that nobody has explained in time, the oldest first."""
    rule = rule_in_force(FILE, TABLE, on=today())
    since = datetime.combine(rule["from"], time(), COUNTY_ZONE)
    asked = (
        select(Article.id, Revision.title, Article.first_published_at)
        .join(Revision, (Revision.id == Article.published_id) & (Revision.tenant_id == Article.tenant_id))
        .where(
            Article.tenant_id == current_tenant.id,
            is_shown(),
            Article.first_published_at >= since,
            Revision.genre.in_([Genre(name) for name in rule["genres"]]),
            validity_on(today()).in_((Validity.VALID, Validity.AMENDED, Validity.PENDING)),
            ~_has_interpretation(),
            ~exists().where(Exemption.tenant_id == Article.tenant_id, Exemption.article_id == Article.id),
        )
        .order_by(Article.first_published_at)
        .limit(MOST_FOUND)
    )
    with reaching(Reach.COUNTY):  # Another unit may have explained it.
        rows = db.session.execute(asked).all()
    found = []
    for article_id, title, published_at in rows:
        assert published_at is not None
        due = add_workdays(published_at.astimezone(COUNTY_ZONE).date(), rule["working_days"])
        if due < today():
            found.append(Lacking(article_id, title, due))
    return found


def original_of(article_id: int, tenant_id: int) -> Original | None:
    """Return the public document that an article is said to explain, the earliest of several (L7)."""
    asked = (
        select(Tenant.name, Revision.title, Article.first_published_at)
        .select_from(DocumentLink)
        .join(Article, (Article.id == DocumentLink.target_id) & (Article.tenant_id == DocumentLink.unit_id))
        .join(Revision, (Revision.id == Article.published_id) & (Revision.tenant_id == Article.tenant_id))
        .join(Tenant, Tenant.id == Article.tenant_id)
        .where(
            DocumentLink.tenant_id == tenant_id,
            DocumentLink.article_id == article_id,
            DocumentLink.kind == Kind.INTERPRETS,
        )
        .order_by(Article.first_published_at)
        .limit(1)
    )
    with reaching(Reach.COUNTY):
        row = db.session.execute(asked).one_or_none()
    if row is None or row[2] is None:
        return None
    return Original(row[0], row[1], row[2].astimezone(COUNTY_ZONE).date())


def exempt(article: Article, by: Account, *, reason: str) -> None:
    """Note that a document needs no interpretation, and why; the county office reads it in the record."""
    reason = " ".join(reason.split())
    if not reason or len(reason) > LONGEST_REASON:
        raise RuleBroken(f"请写明为什么不需要解读，最多 {LONGEST_REASON} 个字。")
    known = db.session.scalar(select(Exemption).where(Exemption.article_id == article.id))
    if known is not None:
        raise RuleBroken("已经标为不需解读。")
    db.session.add(
        Exemption(tenant_id=article.tenant_id, article_id=article.id, reason=reason, account_id=by.id)
    )
    after = {"reason": reason, "by": by.login}
    record("document.exempt", f"article:{article.id}", tenant_id=article.tenant_id, after=after)


def need(article: Article, by: Account) -> None:
    """Take that word back: the document needs an interpretation after all."""
    known = db.session.scalar(select(Exemption).where(Exemption.article_id == article.id))
    if known is None:
        raise RuleBroken("这篇信息没有标为不需解读。")
    db.session.delete(known)
    before = {"reason": known.reason}
    record(
        "document.need", f"article:{article.id}", tenant_id=article.tenant_id, before=before, after=by.login
    )


def _has_interpretation() -> Exists:
    """Return the condition that something public explains an article, with both units' word."""
    return exists().where(
        DocumentLink.unit_id == Article.tenant_id,
        DocumentLink.target_id == Article.id,
        DocumentLink.kind == Kind.INTERPRETS,
        DocumentLink.signed_at.is_not(None),
        DocumentLink.agreed_at.is_not(None),
        EXPLAINING.id == DocumentLink.article_id,
        EXPLAINING.tenant_id == DocumentLink.tenant_id,
        EXPLAINING.published_id.is_not(None),
        EXPLAINING.first_published_at <= now(),
    )
