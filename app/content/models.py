"""What a subsite consists of: columns, articles in them, their immutable revisions, and files (DESIGN 5)."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, query_expression, relationship

from app.accounts.models import Account
from app.content.genres import Attribute, Genre, Secrecy
from app.content.particulars import Measures, Particulars
from app.content.states import ArticleState, Ending, Validity
from app.core.clock import COUNTY_ZONE, now
from app.core.database import Model, choice
from app.tenancy.scope import TenantOwned


class Section(StrEnum):
    """Where a column stands on its subsite."""

    MAIN = "main"
    DISCLOSURE = "disclosure"
    FOOTER = "footer"


class Layout(StrEnum):
    """How a column shows its articles: as a list, or its newest one as the page itself."""

    LIST = "list"
    PAGE = "page"


class Column(TenantOwned, Model):
    """A heading of a subsite, such as 通知公告; articles are filed under one."""

    __tablename__ = "site_column"
    __table_args__ = (
        UniqueConstraint("tenant_id", "slug"),
        UniqueConstraint("tenant_id", "id"),
        ForeignKeyConstraint(["portal_id", "portal_column_id"], ["site_column.tenant_id", "site_column.id"]),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(40))
    #: The value of the meta tag ColumnType: news, notice, policy and so on.
    type: Mapped[str] = mapped_column(String(20), default="other")
    description: Mapped[str] = mapped_column(String(200), default="")
    keywords: Mapped[str] = mapped_column(String(200), default="")
    section: Mapped[Section] = mapped_column(choice(Section), default=Section.MAIN)
    #: One of the four blocks of /xxgk/ (GK-10); empty elsewhere.
    block: Mapped[str] = mapped_column(String(12), default="")
    layout: Mapped[Layout] = mapped_column(choice(Layout), default=Layout.LIST)
    has_pictures: Mapped[bool] = mapped_column(default=False, server_default=false())
    #: The clause that asks for the column.
    source: Mapped[str] = mapped_column(String(80), default="")
    #: Days after which the column counts as not updated (F4a); None: it has no limit.
    max_gap_days: Mapped[int | None]
    position: Mapped[int] = mapped_column(default=0)
    is_visible: Mapped[bool] = mapped_column(default=True)
    #: The portal's column that this one fills, by its tenant and id.
    portal_id: Mapped[int | None]
    portal_column_id: Mapped[int | None]

    @property
    def path(self) -> str:
        return f"/{self.slug}/"

    def __str__(self) -> str:
        return self.title


class Article(TenantOwned, Model):
    """One piece of information: an identity whose texts are its revisions."""

    __tablename__ = "article"
    __table_args__ = (
        UniqueConstraint("tenant_id", "id"),
        ForeignKeyConstraint(["tenant_id", "column_id"], ["site_column.tenant_id", "site_column.id"]),
        ForeignKeyConstraint(
            ["tenant_id", "id", "head_id"],
            ["revision.tenant_id", "revision.article_id", "revision.id"],
            use_alter=True,
            name="fk_article_head",
        ),
        ForeignKeyConstraint(
            ["tenant_id", "id", "published_id"],
            ["revision.tenant_id", "revision.article_id", "revision.id"],
            use_alter=True,
            name="fk_article_published",
        ),
        ForeignKeyConstraint(
            ["tenant_id", "successor_id"],
            ["article.tenant_id", "article.id"],
            use_alter=True,
            name="fk_article_successor",
        ),
        Index(
            "ix_article_listing",
            "tenant_id",
            "column_id",
            "first_published_at",
            "id",
            sqlite_where=text("published_id IS NOT NULL"),
            postgresql_where=text("published_id IS NOT NULL"),
        ),
        Index("uq_article_index_number", "index_number", unique=True),
        Index(
            "ix_article_newest",
            "first_published_at",
            "id",
            sqlite_where=text("published_id IS NOT NULL"),
            postgresql_where=text("published_id IS NOT NULL"),
        ),
        Index("ix_article_desk", "tenant_id", "state", "changed_at"),
        Index(
            "ix_article_unsigned",
            "tenant_id",
            sqlite_where=text("unsigned_since IS NOT NULL"),
            postgresql_where=text("unsigned_since IS NOT NULL"),
        ),
    )

    #: It is part of foreign keys too, so that counting up must be said.
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    column_id: Mapped[int]
    state: Mapped[ArticleState] = mapped_column(choice(ArticleState), default=ArticleState.DRAFT)
    #: The newest revision; what editors work on.
    head_id: Mapped[int | None]
    #: The signed revision that readers see; None: they see nothing.
    published_id: Mapped[int | None]
    #: The server's time of the first publication; set once, never moved (DESIGN 6, F1).
    first_published_at: Mapped[datetime | None]
    #: The minute from which readers shall see it, where it was handed in for a later one.
    publish_at: Mapped[datetime | None]
    #: When a further text replaced the first published one.
    corrected_at: Mapped[datetime | None]
    #: 索引号: given once at the first publication, or brought along; never changed, never given again.
    index_number: Mapped[str | None] = mapped_column(String(80))
    #: When it was taken from readers, and why its address answers as it does.
    withdrawn_at: Mapped[datetime | None]
    ending: Mapped[Ending | None] = mapped_column(choice(Ending))
    #: Where readers are led instead, or what took the place of an invalid text.
    successor_id: Mapped[int | None]
    #: What was declared of it; app/content/validity.py says what holds on a day.
    validity: Mapped[Validity] = mapped_column(choice(Validity), default=Validity.VALID)
    #: Since when it no longer holds; it stays to be read, with the mark (GK-11).
    invalid_since: Mapped[date | None]
    #: Since when the unit itself says that it no longer holds; the mark above is the sum of this and of what
    #: other documents do to it (documents/effects.py).
    expired_since: Mapped[date | None]
    #: Since when another document has changed it in part.
    amended_since: Mapped[date | None]
    #: Since when it is public on the operator's word alone, until somebody has signed it.
    unsigned_since: Mapped[datetime | None]
    #: Who looks after the draft; its writer, until somebody took over.
    keeper_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    changed_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)

    column: Mapped[Column] = relationship(
        lazy="raise_on_sql",
        foreign_keys="Article.column_id",
        primaryjoin="and_(Article.column_id == Column.id, Article.tenant_id == Column.tenant_id)",
        viewonly=True,
    )
    head: Mapped["Revision | None"] = relationship(
        lazy="raise_on_sql",
        foreign_keys="Article.head_id",
        primaryjoin="and_(Article.head_id == Revision.id, Article.tenant_id == Revision.tenant_id)",
        viewonly=True,
    )
    published: Mapped["Revision | None"] = relationship(
        lazy="raise_on_sql",
        foreign_keys="Article.published_id",
        primaryjoin="and_(Article.published_id == Revision.id, Article.tenant_id == Revision.tenant_id)",
        viewonly=True,
    )

    @property
    def is_public(self) -> bool:
        return self.published_id is not None

    @property
    def was_public(self) -> bool:
        return self.first_published_at is not None

    @property
    def is_secret(self) -> bool:
        """Whether it was taken down for secrecy, which nothing undoes."""
        return self.ending is Ending.SECRECY


def article_path(column_slug: str, first_published_at: datetime, article_id: int) -> str:
    """Return the address of a published article on its subsite; it never changes but for the column."""
    return f"/{column_slug}/{first_published_at.astimezone(COUNTY_ZONE):%Y/%m}/{article_id}.html"


class Revision(Particulars, TenantOwned, Model):
    """One state of an article's text; never changed once written (a trigger sees to it)."""

    __tablename__ = "revision"
    __table_args__ = (
        UniqueConstraint("tenant_id", "article_id", "number"),
        UniqueConstraint("tenant_id", "article_id", "id"),
        UniqueConstraint("tenant_id", "id"),
        ForeignKeyConstraint(["tenant_id", "article_id"], ["article.tenant_id", "article.id"]),
        Index(
            "ix_revision_number",
            "document_number",
            sqlite_where=text("document_number <> ''"),
            postgresql_where=text("document_number <> ''"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int]
    number: Mapped[int]
    author_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    title: Mapped[str] = mapped_column(String(120))
    #: Clean HTML.
    body: Mapped[str]
    summary: Mapped[str] = mapped_column(String(300), default="")
    genre: Mapped[Genre] = mapped_column(choice(Genre), default=Genre.NEWS)
    source: Mapped[str] = mapped_column(String(80), default="")
    source_url: Mapped[str] = mapped_column(String(300), default="")
    document_number: Mapped[str] = mapped_column(String(60), default="")
    #: Three dates of a document (S-68): formed and printed here, publication on the article.
    formed_on: Mapped[date | None]
    printed_on: Mapped[date | None]
    keywords: Mapped[str] = mapped_column(String(120), default="")
    #: GK-06: what is not disclosed needs a clause and a reason (S-14).
    attribute: Mapped[Attribute] = mapped_column(choice(Attribute), default=Attribute.OPEN)
    attribute_clause: Mapped[str] = mapped_column(String(20), default="")
    attribute_reason: Mapped[str] = mapped_column(String(200), default="")
    secrecy: Mapped[Secrecy] = mapped_column(choice(Secrecy), default=Secrecy.NONE)
    #: Why it is disclosed: a code of the vocabulary in tenants/rules/basis.toml (GK-01).
    basis: Mapped[str] = mapped_column(String(20), default="")
    #: What was corrected, in words for the reader; of a text that follows a published one (S-61).
    correction: Mapped[str] = mapped_column(String(200), default="")
    #: SHA-256 over all that the reader sees, files included; what a signature is of.
    digest: Mapped[str] = mapped_column(String(64))

    #: Known only where a query asked for it with the text (queries.article_for_readers).
    has_files: Mapped[bool | None] = query_expression()

    author: Mapped[Account] = relationship(lazy="raise_on_sql")
    files: Mapped[list["RevisionFile"]] = relationship(
        lazy="raise_on_sql",
        order_by="RevisionFile.position",
        primaryjoin="and_(RevisionFile.revision_id == Revision.id, "
        "RevisionFile.tenant_id == Revision.tenant_id)",
        foreign_keys="RevisionFile.revision_id",
        viewonly=True,
    )


class Attachment(Measures, TenantOwned, Model):
    """A stored file; its bytes lie in the storage under a name that no user chose (C1)."""

    __tablename__ = "attachment"
    __table_args__ = (UniqueConstraint("tenant_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    #: 128 random bits in hexadecimal: the public address and the name in the storage.
    token: Mapped[str] = mapped_column(String(32), unique=True)
    title: Mapped[str] = mapped_column(String(120))
    #: By content, never by what the browser said.
    media_type: Mapped[str] = mapped_column(String(100))
    extension: Mapped[str] = mapped_column(String(8))
    #: Bytes.
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    created_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)


class RevisionFile(TenantOwned, Model):
    """A file as part of a revision."""

    __tablename__ = "revision_file"
    __table_args__ = (
        UniqueConstraint("tenant_id", "revision_id", "position"),
        ForeignKeyConstraint(["tenant_id", "revision_id"], ["revision.tenant_id", "revision.id"]),
        ForeignKeyConstraint(["tenant_id", "attachment_id"], ["attachment.tenant_id", "attachment.id"]),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(index=True)
    attachment_id: Mapped[int] = mapped_column(index=True)
    position: Mapped[int]

    attachment: Mapped[Attachment] = relationship(
        lazy="raise_on_sql",
        foreign_keys="RevisionFile.attachment_id",
        primaryjoin="and_(RevisionFile.attachment_id == Attachment.id, "
        "RevisionFile.tenant_id == Attachment.tenant_id)",
        viewonly=True,
    )
