"""Checking again all that is public, after a list of words or a rule has changed (rules 1.8).

It may be broken off and run again: each batch replaces what it looked at, the end removes what is gone.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import delete, func, select

from app.checks.hits import Hit
from app.checks.models import CheckHit
from app.checks.services import report_on
from app.checks.wordlists import lexicon_of
from app.checks.words import Lexicon
from app.content.models import Article, Revision
from app.core.clock import now
from app.core.database import db
from app.tenancy.current import current_tenant, entered
from app.tenancy.models import Tenant

BATCH = 20
#: A text keeps no more; a list of thousands is one thing to mend.
MOST_OF_ARTICLE = 100


@dataclass(frozen=True)
class Progress:
    """How far a rescan has come."""

    unit: str
    done: int
    total: int
    found: int


def rescan(slugs: Collection[str] = ()) -> Iterator[Progress]:
    """Check the public texts of all units, or of those named; who asks commits after each step."""
    units = select(Tenant).order_by(Tenant.portal_id.is_not(None), Tenant.position, Tenant.id)
    for tenant_id in list(db.session.scalars(units.with_only_columns(Tenant.id))):
        tenant = db.session.get_one(Tenant, tenant_id)
        if slugs and tenant.slug not in slugs:
            continue
        with entered(tenant):
            yield from _unit(tenant.name)


def _unit(name: str) -> Iterator[Progress]:
    began = now()
    lexicon = lexicon_of(current_tenant)
    total = db.session.scalar(select(func.count(Article.id)).where(Article.published_id.is_not(None))) or 0
    done = found = last = 0
    while batch := _batch(last):
        for article, revision in batch:
            found += _article(article, revision, lexicon)
            last = article.id
        done += len(batch)
        if done < total:
            yield Progress(name, done, total, found)
    db.session.execute(delete(CheckHit).where(CheckHit.found_at < began))
    yield Progress(name, done, done, found)


def _batch(after: int) -> list[tuple[Article, Revision]]:
    rows = db.session.execute(
        select(Article, Revision)
        .join(Revision, (Revision.id == Article.published_id) & (Revision.tenant_id == Article.tenant_id))
        .where(Article.id > after)
        .order_by(Article.id)
        .limit(BATCH)
    )
    return [(article, revision) for article, revision in rows]


def _article(article: Article, revision: Revision, lexicon: Lexicon) -> int:
    report = report_on(article, revision, lexicon=lexicon)
    first = {hit.fingerprint: hit for hit in reversed([*report.stops, *report.confirms])}
    db.session.execute(delete(CheckHit).where(CheckHit.article_id == article.id))
    hits = list(reversed(first.values()))[:MOST_OF_ARTICLE]
    db.session.add_all(_row(revision, hit) for hit in hits)
    db.session.flush()
    return len(hits)


def _row(revision: Revision, hit: Hit) -> CheckHit:
    return CheckHit(
        tenant_id=revision.tenant_id,
        article_id=revision.article_id,
        revision_id=revision.id,
        rule=hit.rule,
        severity=hit.severity,
        place=hit.where[:200],
        excerpt=hit.excerpt[:300],
        why=hit.why[:300],
        fingerprint=hit.fingerprint,
    )
