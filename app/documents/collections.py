"""Collections of documents (文件汇编): references to public articles, kept by who answers for a unit.

What a visitor reads in one was signed with its article; the title and a few words about it are all there is
beside that. So a signer's or a manager's word is enough, and it is recorded.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from app.audit.services import record
from app.content.models import Article, Revision
from app.content.queries import is_shown
from app.core.clock import now
from app.core.database import db
from app.core.errors import RuleBroken
from app.core.lookup import one_or_404
from app.documents.models import Collection, CollectionEntry
from app.documents.shown import Document, read, shown_documents
from app.pagecache.generations import raise_generation
from app.tenancy.current import current_tenant
from app.tenancy.models import Tenant, TenantState
from app.tenancy.scope import Reach, reaching

LONGEST_TITLE, LONGEST_DESCRIPTION = 80, 500
MOST_ENTRIES = 200
MOST_COLLECTIONS = 200


@dataclass(frozen=True)
class Entry:
    """A document in a collection as the desk shows it."""

    id: int
    title: str
    document_number: str
    unit_name: str
    is_public: bool


def collections() -> list[tuple[Collection, int]]:
    """Return the bound unit's collections, the newest first, and how many documents readers see in each."""
    counted = (
        select(func.count())
        .select_from(CollectionEntry)
        .join(Article, _OF_ENTRY)
        .where(
            CollectionEntry.collection_id == Collection.id,
            CollectionEntry.tenant_id == Collection.tenant_id,
            is_shown(),
        )
        .correlate(Collection)
        .scalar_subquery()
    )
    asked = (
        select(Collection, counted)
        .where(Collection.tenant_id == current_tenant.id)
        .order_by(Collection.id.desc())
        .limit(MOST_COLLECTIONS)
    )
    with reaching(Reach.PUBLISHED):
        return [(row[0], row[1]) for row in db.session.execute(asked).all()]


def collection_by_id(collection_id: int) -> Collection:
    """Return a collection of the bound unit, or answer 404."""
    return one_or_404(select(Collection).where(Collection.id == collection_id))


def entries_on_desk(collection: Collection) -> list[Entry]:
    """Return a collection's documents in order; what was withdrawn keeps its place and loses its title."""
    shown = (Revision.id == Article.published_id) & (Revision.tenant_id == Article.tenant_id) & is_shown()
    asked = (
        select(CollectionEntry.id, Revision.title, Revision.document_number, Tenant.name)
        .join(Article, _OF_ENTRY)
        .outerjoin(Revision, shown)
        .join(Tenant, Tenant.id == Article.tenant_id)
        .where(*_of(collection))
        .order_by(CollectionEntry.position, CollectionEntry.id)
    )
    with reaching(Reach.COUNTY):
        rows = db.session.execute(asked).all()
    return [
        Entry(entry_id, title or "（已撤回的信息）", number or "", unit, is_public=title is not None)
        for entry_id, title, number, unit in rows
    ]


def documents_in(collection: Collection) -> list[Document]:
    """Return what readers see of a collection, in order."""
    asked = shown_documents().join(CollectionEntry, _OF_ENTRY)
    may_be = (is_shown(), Tenant.state == TenantState.OPEN, *_of(collection))
    return read(asked.where(*may_be).order_by(CollectionEntry.position, CollectionEntry.id))


def create(title: str, description: str) -> Collection:
    """Begin a collection; raises RuleBroken without a title, and for what is too long."""
    title, description = _checked(title, description)
    if (db.session.scalar(select(func.count(Collection.id))) or 0) >= MOST_COLLECTIONS:
        raise RuleBroken(f"最多编 {MOST_COLLECTIONS} 个文件汇编，请先删除不用的。")
    made = Collection(tenant_id=current_tenant.id, title=title, description=description)
    db.session.add(made)
    db.session.flush()
    _changed("collection.create", made, {"title": title, "description": description})
    return made


def describe(collection: Collection, title: str, description: str) -> None:
    """Give a collection another title and description."""
    collection.title, collection.description = _checked(title, description)
    _changed("collection.describe", collection, {"title": title, "description": description})


def put_in(collection: Collection, unit_id: int, article_id: int) -> None:
    """Add a public article at the end; of the own unit, and on a portal of any of its units."""
    _hold(collection)
    may_be = Tenant.id == current_tenant.id
    if current_tenant.is_portal:
        may_be |= Tenant.portal_id == current_tenant.id
    known = select(Article.id).join(Tenant, Tenant.id == Article.tenant_id)
    wanted = (Article.id == article_id, Article.tenant_id == unit_id, is_shown(), may_be)
    with reaching(Reach.PUBLISHED):
        found = db.session.scalar(known.where(*wanted, Tenant.state == TenantState.OPEN))
    if found is None:
        raise RuleBroken("只能收入本单位正在公开的信息。请先发布，再收入。")
    entries = _entries(collection)
    if (unit_id, article_id) in {(one.unit_id, one.article_id) for one in entries}:
        raise RuleBroken("这篇信息已经在汇编里了。")
    if len(entries) >= MOST_ENTRIES:
        raise RuleBroken(f"一个汇编最多收入 {MOST_ENTRIES} 篇，请另编一个。")
    db.session.add(
        CollectionEntry(
            tenant_id=collection.tenant_id,
            collection_id=collection.id,
            unit_id=unit_id,
            article_id=article_id,
            position=max((one.position for one in entries), default=0) + 1,
        )
    )
    _changed("collection.put_in", collection, {"article": f"{unit_id}:{article_id}"})


def take_out(collection: Collection, entry_id: int) -> None:
    """Take an article out again; the article itself is not touched."""
    entry = _entry(collection, entry_id)
    _changed("collection.take_out", collection, {"article": f"{entry.unit_id}:{entry.article_id}"})
    db.session.delete(entry)


def move_up(collection: Collection, entry_id: int) -> None:
    """Let an article change places with the one before it."""
    _hold(collection)
    entries = _entries(collection)
    at = next((at for at, one in enumerate(entries) if one.id == entry_id), 0)
    if at:
        entries.insert(at - 1, entries.pop(at))
    for position, one in enumerate(entries, 1):
        one.position = position
    _changed("collection.order", collection, {"articles": [f"{o.unit_id}:{o.article_id}" for o in entries]})


def remove(collection: Collection) -> None:
    """Delete a collection; nothing but the list of references is lost, and it stands in the record."""
    articles = [f"{one.unit_id}:{one.article_id}" for one in _entries(collection)]
    _changed("collection.remove", collection, {"title": collection.title, "articles": articles})
    for one in _entries(collection):
        db.session.delete(one)
    db.session.flush()
    db.session.delete(collection)


_OF_ENTRY = (Article.id == CollectionEntry.article_id) & (Article.tenant_id == CollectionEntry.unit_id)


def _of(collection: Collection) -> tuple[Any, ...]:
    return (
        CollectionEntry.collection_id == collection.id,
        CollectionEntry.tenant_id == collection.tenant_id,
    )


def _entries(collection: Collection) -> list[CollectionEntry]:
    of_collection = select(CollectionEntry).where(*_of(collection))
    return list(db.session.scalars(of_collection.order_by(CollectionEntry.position, CollectionEntry.id)))


def _entry(collection: Collection, entry_id: int) -> CollectionEntry:
    return one_or_404(select(CollectionEntry).where(CollectionEntry.id == entry_id, *_of(collection)))


def _hold(collection: Collection) -> None:
    """Let one person at a time change what is in a collection."""
    db.session.scalars(select(Collection.id).where(Collection.id == collection.id).with_for_update()).one()


def _checked(title: str, description: str) -> tuple[str, str]:
    title, description = " ".join(title.split()), " ".join(description.split())
    if not title:
        raise RuleBroken("请填写汇编的名称。")
    if len(title) > LONGEST_TITLE:
        raise RuleBroken(f"名称最多 {LONGEST_TITLE} 个字，现在有 {len(title)} 个。")
    if len(description) > LONGEST_DESCRIPTION:
        raise RuleBroken(f"说明最多 {LONGEST_DESCRIPTION} 个字，现在有 {len(description)} 个。")
    return title, description


def _changed(act: str, collection: Collection, after: dict[str, Any]) -> None:
    collection.changed_at = now()
    record(act, f"collection:{collection.id}", tenant_id=collection.tenant_id, after=after)
    raise_generation(collection.tenant_id)
