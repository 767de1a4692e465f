"""Keeping the portal's entries in step with what its units publish: in their transaction, without copies."""

from sqlalchemy import ColumnElement, or_, select

from app.accounts.models import Account
from app.audit.services import record
from app.content.models import Article, Column, Revision
from app.content.queries import is_shown
from app.core.clock import now
from app.core.database import db
from app.core.errors import RuleBroken
from app.core.lookup import one_or_404
from app.pagecache.generations import raise_generation
from app.portal import banners
from app.portal.models import Origin, PortalEntry
from app.portal.sameness import number_key, text_key
from app.tenancy.models import Tenant
from app.tenancy.scope import Reach, reaching


def include(article: Article, revision: Revision) -> None:
    """List a newly published text on the portal: where its column leads, and where it was adopted.

    An entry of a column that the article has left is listed no more.
    """
    banners.change_with(article)
    with reaching(Reach.COUNTY):
        target = _target_of(article)
        entries = _entries_of(article)
        if target and target not in {(entry.tenant_id, entry.column_id) for entry in entries}:
            entries.append(_new_entry(article, target, Origin.COLUMN))
        for entry in entries:
            entry.published_at = article.first_published_at or now()
            here = (entry.tenant_id, entry.column_id) == target
            _list(entry, revision, listed=here or entry.origin is Origin.ADOPTED)


def exclude(article: Article) -> None:
    """Take a withdrawn article off the portal; the next source of the same text takes its place."""
    banners.change_with(article)
    with reaching(Reach.COUNTY):
        for entry in _entries_of(article):
            entry.is_listed = False
            _regroup(entry)


def adopt(article_id: int, unit_id: int, column_id: int, by: Account) -> PortalEntry:
    """List an article of any unit's column in a column of the bound portal.

    The scope is the portal's. Raises RuleBroken when the article is not public or stands there already.
    """
    column = one_or_404(select(Column).where(Column.id == column_id))
    _record(column.tenant_id, "portal.adopt", f"article:{article_id}", by, {"column": column.slug})
    with reaching(Reach.COUNTY):
        unit = db.session.get(Tenant, unit_id)
        article, revision = _public_article(article_id, unit_id)
        if unit is None or unit.portal_id != column.tenant_id:
            raise RuleBroken("只能采用本县单位的信息。")
        known = [entry for entry in _entries_of(article) if entry.column_id == column_id]
        if known and known[0].is_listed:
            raise RuleBroken("这篇信息已经在该栏目中。")
        entry = known[0] if known else _new_entry(article, (column.tenant_id, column_id), Origin.ADOPTED)
        entry.origin, entry.decided_by_id = Origin.ADOPTED, by.id
        _list(entry, revision, listed=True)
    raise_generation(column.tenant_id)
    return entry


def pin(entry: PortalEntry, by: Account, *, is_pinned: bool) -> None:
    """Hold an entry at the head of its lists, or let it go."""
    _record(entry.tenant_id, "portal.pin" if is_pinned else "portal.unpin", f"entry:{entry.id}", by)
    entry.is_pinned, entry.pinned_at = is_pinned, now() if is_pinned else None
    entry.decided_by_id = by.id
    raise_generation(entry.tenant_id)


def hide(entry: PortalEntry, by: Account, *, reason: str) -> None:
    """Take an entry off the portal's lists; the unit's own page is not touched.

    Raises RuleBroken without a reason.
    """
    reason = " ".join(reason.split())
    if not reason:
        raise RuleBroken("隐藏要写明理由，单位会看到。")
    _record(entry.tenant_id, "portal.hide", f"entry:{entry.id}", by, {"reason": reason})
    entry.hidden_at, entry.hidden_reason, entry.decided_by_id = now(), reason, by.id
    with reaching(Reach.COUNTY):
        _regroup(entry)
    raise_generation(entry.tenant_id)


def show(entry: PortalEntry, by: Account) -> None:
    """List a hidden entry again."""
    _record(entry.tenant_id, "portal.show", f"entry:{entry.id}", by)
    entry.hidden_at, entry.hidden_reason, entry.decided_by_id = None, "", by.id
    with reaching(Reach.COUNTY):
        _regroup(entry)
    raise_generation(entry.tenant_id)


def _record(portal_id: int, act: str, subject: str, by: Account, after: object = None) -> None:
    record(act, subject, tenant_id=portal_id, after={"by": by.login, "what": after})


def _target_of(article: Article) -> tuple[int, int] | None:
    """Return portal and column that the article's column fills; a portal's own column fills itself."""
    column = db.session.scalars(
        select(Column).where(Column.id == article.column_id, Column.tenant_id == article.tenant_id)
    ).one()
    tenant = db.session.get_one(Tenant, article.tenant_id)
    if tenant.portal_id is None:
        return (tenant.id, column.id)
    if column.portal_id is None or column.portal_column_id is None:
        return None
    return (column.portal_id, column.portal_column_id)


def _entries_of(article: Article) -> list[PortalEntry]:
    of_article = select(PortalEntry).where(
        PortalEntry.unit_id == article.tenant_id, PortalEntry.article_id == article.id
    )
    return list(db.session.scalars(of_article.order_by(PortalEntry.id)))


def _public_article(article_id: int, unit_id: int) -> tuple[Article, Revision]:
    row = db.session.execute(
        select(Article, Revision)
        .join(Revision, (Revision.id == Article.published_id) & (Revision.tenant_id == Article.tenant_id))
        .where(Article.id == article_id, Article.tenant_id == unit_id, is_shown())
    ).one_or_none()
    if row is None:
        raise RuleBroken("这篇信息没有公开，不能采用。")
    return row[0], row[1]


def _new_entry(article: Article, target: tuple[int, int], origin: Origin) -> PortalEntry:
    assert article.first_published_at is not None
    entry = PortalEntry(
        tenant_id=target[0],
        column_id=target[1],
        unit_id=article.tenant_id,
        article_id=article.id,
        origin=origin,
        published_at=article.first_published_at,
        text_key="",
        is_listed=False,
    )
    db.session.add(entry)
    return entry


def _list(entry: PortalEntry, revision: Revision, *, listed: bool) -> None:
    """Give an entry the keys of its text, and its place among the same texts of other units."""
    entry.is_listed = False
    db.session.flush()
    _regroup(entry)  # Leave those that the old text was the same as.
    entry.number_key, entry.text_key = number_key(revision.document_number), text_key(revision)
    entry.is_listed = listed
    _regroup(entry)


def _regroup(entry: PortalEntry) -> None:
    """Let the earliest of all entries with the same text in a column stand for the others."""
    db.session.scalars(  # One publication at a time decides who is first.
        select(Column.id)
        .where(Column.id == entry.column_id, Column.tenant_id == entry.tenant_id)
        .with_for_update()
    ).one()
    db.session.flush()
    entry.same_as_id = None
    group = _same_as(entry)
    for other in group:
        other.same_as_id = None if other is group[0] else group[0].id
    db.session.flush()


def _same_as(entry: PortalEntry) -> list[PortalEntry]:
    """Return all shown entries of the column with the same text, also by way of a third, earliest first."""
    numbers, texts = {entry.number_key} - {None}, {entry.text_key}
    while True:
        is_same: list[ColumnElement[bool]] = [PortalEntry.text_key.in_(texts)]
        if numbers:
            is_same.append(PortalEntry.number_key.in_(numbers))
        found = db.session.scalars(
            select(PortalEntry)
            .where(
                PortalEntry.tenant_id == entry.tenant_id,
                PortalEntry.column_id == entry.column_id,
                PortalEntry.is_listed,
                PortalEntry.hidden_at.is_(None),
                or_(*is_same),
            )
            .order_by(PortalEntry.published_at, PortalEntry.id)
        ).all()
        known = len(numbers) + len(texts)
        numbers |= {one.number_key for one in found if one.number_key}
        texts |= {one.text_key for one in found}
        if len(numbers) + len(texts) == known:
            return list(found)
