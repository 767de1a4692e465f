"""What the desk asks of documents' relations, and where it looks for the document that somebody means."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, select

from app.content.models import Article, Revision
from app.content.queries import is_shown
from app.content.states import ArticleState, Ending
from app.core.database import db
from app.documents.models import DocumentLink, Exemption, LibraryEntry
from app.documents.numbers import number_in
from app.tenancy.current import current_tenant
from app.tenancy.models import Tenant, TenantState
from app.tenancy.scope import Reach, reaching

MOST_FOUND = 20
MOST_SHOWN = 60
#: Stands for a title that must not be read any more.
GONE = "（已撤回的信息）"


@dataclass(frozen=True)
class DeskLink:
    """A relation as the desk needs it, whatever its state."""

    link: DocumentLink
    title: str
    document_number: str
    unit_id: int
    unit_name: str
    article_id: int

    @property
    def standing(self) -> str:
        """How far it has come, in words."""
        if self.link.signed_at is None:
            return "草稿，发布时生效"
        if self.link.agreed_at is not None:
            return "已生效"
        return f"对方不同意：{self.link.refusal}" if self.link.refused_at else "等对方单位确认"


@dataclass(frozen=True)
class Found:
    """A document that somebody may mean."""

    unit_id: int
    article_id: int
    title: str
    document_number: str
    unit_name: str
    is_public: bool


def links_on_desk(article: Article) -> list[DeskLink]:
    """Return an article's own relations to others, signed or not."""
    target = (Article.id == DocumentLink.target_id) & (Article.tenant_id == DocumentLink.unit_id)
    return _desk_links(
        target, DocumentLink.article_id == article.id, DocumentLink.tenant_id == article.tenant_id
    )


def links_seen(related: list[DeskLink]) -> str:
    """Return in a word which relations somebody had before them, for a form to say it again."""
    return " ".join(f"{one.link.id}:{one.link.kind.value}" for one in related)


def links_to(article: Article) -> list[DeskLink]:
    """Return what others do, or want to do, to an article; other units' drafts are theirs."""
    return _desk_links(
        _ACTING,
        DocumentLink.target_id == article.id,
        DocumentLink.unit_id == article.tenant_id,
        (DocumentLink.tenant_id == article.tenant_id) | DocumentLink.signed_at.is_not(None),
    )


def requests_here() -> list[DeskLink]:
    """Return what other units' public documents want to do to documents of the current unit."""
    return _desk_links(
        _ACTING,
        DocumentLink.unit_id == current_tenant.id,
        DocumentLink.tenant_id != current_tenant.id,
        DocumentLink.signed_at.is_not(None),
        DocumentLink.agreed_at.is_(None),
        DocumentLink.refused_at.is_(None),
        is_shown(),
    )


def titles_of(article_ids: set[int]) -> dict[int, str]:
    """Return the newest titles of articles of the bound unit, by id."""
    rows = db.session.execute(
        select(Article.id, Revision.title).join(Revision, _NEWEST).where(Article.id.in_(article_ids))
    )
    return dict(rows.all())


def documents_like(words: str) -> list[Found]:
    """Return documents by number or a part of the title: the county's public ones, the unit's own drafts.

    Each way of finding has its own limit, so that many of the own unit do not hide another unit's.
    """
    words = " ".join("".join(one if one.isprintable() else " " for one in words).split())
    if not words:
        return []
    found = {(one.unit_id, one.article_id): one for one in _found(words)}
    return list(found.values())


def exemption_of(article: Article) -> Exemption | None:
    """Return the word that a document needs no interpretation, if somebody gave it."""
    return db.session.scalar(select(Exemption).where(Exemption.article_id == article.id))


_ACTING = and_(Article.id == DocumentLink.article_id, Article.tenant_id == DocumentLink.tenant_id)
_NEWEST = and_(Revision.id == Article.head_id, Revision.tenant_id == Article.tenant_id)
_SHOWN = and_(Revision.id == Article.published_id, Revision.tenant_id == Article.tenant_id)


def _desk_links(other: Any, *conditions: Any) -> list[DeskLink]:
    """Ask across units: of another unit's article what readers see, of the own one the newest text."""
    own = _NEWEST & (Article.tenant_id == current_tenant.id) & Article.published_id.is_(None)
    asked = (
        select(
            DocumentLink,
            func.coalesce(Revision.title, GONE),
            func.coalesce(Revision.document_number, ""),
            Tenant.id,
            Tenant.name,
            Article.id,
        )
        .join(Article, other)
        .outerjoin(Revision, (_SHOWN | own) & Article.ending.is_distinct_from(Ending.SECRECY))
        .join(Tenant, Tenant.id == Article.tenant_id)
        .where(*conditions)
        .order_by(DocumentLink.id)
        .limit(MOST_SHOWN)
    )
    with reaching(Reach.COUNTY):
        return [DeskLink(*row) for row in db.session.execute(asked).all()]


def _found(words: str) -> list[Found]:
    own = _by_title(words)
    known = {(one.unit_id, one.article_id) for one in own}  # As the desk has them: their newest text.
    others = [*_by_number(words), *_public_ones(Revision.title.contains(words, autoescape=True))]
    return [*own, *(one for one in others if (one.unit_id, one.article_id) not in known)]


def _by_number(words: str) -> list[Found]:
    number = number_in(words)
    if number is None or number.serial is None:
        return []
    conditions = [LibraryEntry.serial == number.serial]
    if number.year is not None:
        conditions.append(LibraryEntry.number_year == number.year)
    if number.agency:
        conditions.append(LibraryEntry.agency.contains(number.agency, autoescape=True))
    return _public_ones(*conditions)


def _public_ones(*conditions: Any) -> list[Found]:
    """Return what is in the county's library and shown to readers at this moment, newest first."""
    asked = (
        select(Article.tenant_id, Article.id, Revision.title, Revision.document_number, Tenant.name)
        .select_from(LibraryEntry)
        .join(
            Article, (Article.id == LibraryEntry.article_id) & (Article.tenant_id == LibraryEntry.tenant_id)
        )
        .join(Revision, _SHOWN)
        .join(Tenant, Tenant.id == Article.tenant_id)
        .where(
            LibraryEntry.portal_id == current_tenant.home_portal_id,
            is_shown(),
            Tenant.state == TenantState.OPEN,
            *conditions,
        )
        .order_by(Article.first_published_at.desc(), Article.id.desc())
        .limit(MOST_FOUND)
    )
    with reaching(Reach.PUBLISHED):
        return [Found(*row, is_public=True) for row in db.session.execute(asked).all()]


def _by_title(words: str) -> list[Found]:
    rows = db.session.execute(
        select(
            Article.tenant_id,
            Article.id,
            Revision.title,
            Revision.document_number,
            Article.published_id.is_not(None),
        )
        .join(Revision, _NEWEST)
        .where(
            Article.state.not_in({ArticleState.DISCARDED, ArticleState.WITHDRAWN}),
            Revision.title.contains(words, autoescape=True)
            | Revision.document_number.contains(words, autoescape=True),
        )
        .order_by(Article.changed_at.desc())
        .limit(MOST_FOUND)
    )
    name = current_tenant.name
    return [
        Found(unit_id, article_id, title, number, name, is_public=bool(is_public))
        for unit_id, article_id, title, number, is_public in rows
    ]
