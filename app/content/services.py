"""Writing: each save is a new immutable revision, and nobody's text is lost (DESIGN 5, D2)."""

import hashlib
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select

from app.accounts.models import Account
from app.audit.services import record
from app.content.genres import Attribute, Genre, Secrecy
from app.content.models import Article, Attachment, Column, Revision, RevisionFile
from app.content.states import ArticleState
from app.core.clock import now
from app.core.database import db
from app.core.errors import RuleBroken
from app.core.html import clean
from app.tenancy.current import current_tenant

#: An article that waits for its signer, or is put away, is not written in.
CLOSED_TO_WRITERS = frozenset({ArticleState.SUBMITTED, ArticleState.SIGNED, ArticleState.DISCARDED})


@dataclass(frozen=True)
class Text:
    """What an editor writes, before it becomes a revision."""

    title: str
    body: str
    genre: Genre = Genre.NEWS
    summary: str = ""
    source: str = ""
    source_url: str = ""
    document_number: str = ""
    formed_on: date | None = None
    printed_on: date | None = None
    keywords: str = ""
    issuer: str = ""
    signatory: str = ""
    recipients: str = ""
    copies: str = ""
    printer: str = ""
    note: str = ""
    subject: str = ""
    audience: str = ""
    effective_on: date | None = None
    expires_on: date | None = None
    period_from: datetime | None = None
    period_until: datetime | None = None
    contact: str = ""
    plan_period: str = ""
    answers: str = ""
    attribute: Attribute = Attribute.OPEN
    attribute_clause: str = ""
    attribute_reason: str = ""
    secrecy: Secrecy = Secrecy.NONE
    basis: str = ""
    correction: str = ""
    #: Ids of the attachments, in order.
    files: tuple[int, ...] = ()


class StaleRevisionError(RuleBroken):
    """Somebody saved the article since the form was opened; both texts are still there."""

    def __init__(self, head: Revision) -> None:
        super().__init__("您打开之后，这篇信息已被他人修改。两份文字都保留着，请对照后再保存。")
        self.head = head


def start_article(column: Column, text: Text, author: Account) -> Article:
    """Begin an article in a column with its first revision."""
    article = Article(
        tenant_id=current_tenant.id, column_id=column.id, state=ArticleState.DRAFT, keeper_id=author.id
    )
    db.session.add(article)
    db.session.flush()
    _write(article, text, author, number=1)
    record(
        "article.start",
        f"article:{article.id}",
        tenant_id=article.tenant_id,
        after={"title": text.title, "column": column.slug},
    )
    return article


def revise(article: Article, text: Text, author: Account, *, base: int) -> Revision:
    """Add a revision; a published article stays as it was signed until the new text is signed too.

    Raises StaleRevisionError when ``base`` is no longer the newest revision, RuleBroken while the article
    waits for its signer. A text without change adds nothing.
    """
    lock(article)
    head = db.session.scalars(select(Revision).where(Revision.id == article.head_id)).one()
    if head.id != base:
        raise StaleRevisionError(head)
    if article.is_secret:
        raise RuleBroken("涉密下线的信息不能再修改。")
    if article.state in CLOSED_TO_WRITERS:
        raise RuleBroken(f"信息{article.state.label}，现在不能修改。请先收回或恢复为草稿。")
    if digest_of(_cleaned(text), _hashes(text.files)) == head.digest:
        return head
    revision = _write(article, text, author, number=head.number + 1)
    article.state = ArticleState.DRAFT
    record(
        "article.revise",
        f"article:{article.id}",
        tenant_id=article.tenant_id,
        before={"revision": head.number, "digest": head.digest},
        after={"revision": revision.number, "digest": revision.digest},
    )
    return revision


def move_to_column(article: Article, column: Column, by: Account) -> None:
    """File an article under another column; a published one goes on answering under its old address too.

    Raises RuleBroken for one that is public: its place on the portal was signed with it.
    """
    lock(article)
    if article.column_id == column.id:
        return
    if article.is_public or article.state in CLOSED_TO_WRITERS:
        raise RuleBroken("已公开或待审签的信息不能更换栏目。请先撤回或收回。")
    before = article.column_id
    article.column_id = column.id
    db.session.flush()
    record(
        "article.move",
        f"article:{article.id}",
        tenant_id=article.tenant_id,
        before={"column": before},
        after={"column": column.id, "by": by.login},
    )


def lock(article: Article) -> None:
    """Hold the article's row until the end of the transaction, and know its newest state."""
    db.session.scalars(
        select(Article)
        .where(Article.id == article.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def digest_of(text: Text, file_hashes: tuple[str, ...]) -> str:
    """Return the SHA-256 over everything the reader sees, each part preceded by its length."""
    parts = [str(value) for name, value in asdict(text).items() if name != "files"]
    digest = hashlib.sha256()
    for part in (*parts, *file_hashes):
        written = part.encode()
        digest.update(len(written).to_bytes(8, "big") + written)
    return digest.hexdigest()


def text_of(revision: Revision) -> Text:
    """Return a revision's text as it was written; its files must be loaded."""
    values = {name: getattr(revision, name) for name in Text.__dataclass_fields__ if name != "files"}
    return Text(**values, files=tuple(file.attachment_id for file in revision.files))


def _write(article: Article, text: Text, author: Account, *, number: int) -> Revision:
    text = _cleaned(text)
    if not text.title or not text.body:
        raise RuleBroken("标题和正文不能为空。")
    revision = Revision(
        tenant_id=article.tenant_id,
        article_id=article.id,
        number=number,
        author_id=author.id,
        digest=digest_of(text, _hashes(text.files)),
        **{name: value for name, value in asdict(text).items() if name != "files"},
    )
    db.session.add(revision)
    db.session.flush()
    for position, attachment_id in enumerate(text.files):
        db.session.add(
            RevisionFile(
                tenant_id=article.tenant_id,
                revision_id=revision.id,
                attachment_id=attachment_id,
                position=position,
            )
        )
    article.head_id = revision.id
    article.changed_at = now()
    db.session.flush()
    return revision


def _cleaned(text: Text) -> Text:
    words: dict[str, Any] = {
        name: " ".join(value.split())
        for name, value in vars(text).items()
        if isinstance(value, str) and not isinstance(value, StrEnum) and name != "body"
    }
    moments: dict[str, Any] = {
        name: value.astimezone(UTC) for name, value in vars(text).items() if isinstance(value, datetime)
    }
    return replace(text, **words, **moments, body=clean(text.body))


def _hashes(files: tuple[int, ...]) -> tuple[str, ...]:
    """Return the hashes of the tenant's own attachments in order; another tenant's id is refused (A6)."""
    if not files:
        return ()
    rows = db.session.execute(select(Attachment.id, Attachment.sha256).where(Attachment.id.in_(files)))
    known = {row.id: row.sha256 for row in rows}
    if len(set(files)) != len(files) or known.keys() != set(files):
        raise RuleBroken("所选附件已不存在，请重新上传。")
    return tuple(known[attachment_id] for attachment_id in files)
