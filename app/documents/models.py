"""Documents among themselves: what one does to another, collections, and the library's index."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.content.genres import Genre
from app.content.states import Validity
from app.core.clock import now, today
from app.core.database import Model, choice
from app.tenancy.scope import TenantOwned


class Kind(StrEnum):
    """What a document does to another one."""

    ABOLISHES = "abolishes"
    AMENDS = "amends"
    REPLACES = "replaces"
    INTERPRETS = "interprets"
    #: The document by which a plan was approved or put in print (S-23).
    ADOPTS = "adopts"

    @property
    def label(self) -> str:
        """The kind's name on the screen, said of the acting document."""
        return _KIND_LABELS[self]


_KIND_LABELS = {
    Kind.ABOLISHES: "废止",
    Kind.AMENDS: "修改",
    Kind.REPLACES: "代替",
    Kind.INTERPRETS: "解读",
    Kind.ADOPTS: "批准或印发",
}


class Form(StrEnum):
    """In which form an interpretation explains (ZY-20)."""

    TEXT = "text"
    PICTURE = "picture"
    VIDEO = "video"

    @property
    def label(self) -> str:
        """The form's name on the screen."""
        return {"text": "文字解读", "picture": "图解", "video": "音视频解读"}[self]


class DocumentLink(TenantOwned, Model):
    """What an article does to another, perhaps another unit's; the row belongs to the acting one's unit.

    It has its effect once it is signed by the acting unit and agreed to by the other one, for as long as
    the acting article is public (GK-11).
    """

    __tablename__ = "document_link"
    __table_args__ = (
        UniqueConstraint("tenant_id", "article_id", "kind", "unit_id", "target_id"),
        ForeignKeyConstraint(["tenant_id", "article_id"], ["article.tenant_id", "article.id"]),
        ForeignKeyConstraint(["unit_id", "target_id"], ["article.tenant_id", "article.id"]),
        Index("ix_document_link_target", "unit_id", "target_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int]
    kind: Mapped[Kind] = mapped_column(choice(Kind))
    #: The other document: its unit and its id.
    unit_id: Mapped[int]
    target_id: Mapped[int]
    #: Of an interpretation only.
    form: Mapped[Form | None] = mapped_column(choice(Form))
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    proposed_at: Mapped[datetime] = mapped_column(default=now)
    #: When the acting unit signed for it, with the text or by itself.
    signed_at: Mapped[datetime | None]
    #: When the other unit agreed, or did not; within one unit signing is agreeing.
    agreed_at: Mapped[datetime | None]
    refused_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    refusal: Mapped[str] = mapped_column(String(300), default="")


class Scope(StrEnum):
    """What a row of the tally tells apart besides genre and validity."""

    #: Subject and year, of all units together.
    COUNTY = "county"
    UNIT = "unit"
    #: The unit and the subject.
    SUBJECT = "subject"
    #: The unit and the year.
    YEAR = "year"


class Exemption(TenantOwned, Model):
    """An editor's word that a document needs no interpretation, and why (ZY-20)."""

    __tablename__ = "interpretation_exemption"
    __table_args__ = (
        UniqueConstraint("tenant_id", "article_id"),
        ForeignKeyConstraint(["tenant_id", "article_id"], ["article.tenant_id", "article.id"]),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int]
    reason: Mapped[str] = mapped_column(String(300))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(default=now)


class LibraryEntry(TenantOwned, Model):
    """What lists and counts ask of a public official document, narrow and indexed; never shown by itself.

    It is written in the transaction that shows, corrects, marks or withdraws the article. Counting over
    articles joined with their texts reads a thousand times as many bytes.
    """

    __tablename__ = "library_entry"
    __table_args__ = (
        UniqueConstraint("tenant_id", "article_id"),
        ForeignKeyConstraint(["tenant_id", "article_id"], ["article.tenant_id", "article.id"]),
        Index("ix_library_entry_portal", "portal_id", "published_at", "article_id"),
        Index("ix_library_entry_unit", "tenant_id", "published_at", "article_id"),
        Index("ix_library_entry_dated", "portal_id", "dated_on", "article_id"),
        Index("ix_library_entry_number", "portal_id", "serial", "number_year"),
        Index("ix_library_entry_genre", "portal_id", "genre", "published_at"),
        Index("ix_library_entry_period", "portal_id", "genre", "period_until"),
        Index("ix_library_entry_subject", "portal_id", "subject", "year"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int]
    portal_id: Mapped[int] = mapped_column(ForeignKey("tenant.id"))
    genre: Mapped[Genre] = mapped_column(choice(Genre))
    subject: Mapped[str] = mapped_column(String(20))
    published_at: Mapped[datetime]
    #: When it was formed, or else published; and the year of that.
    dated_on: Mapped[date]
    year: Mapped[int]
    #: The parts of its number, however it was written.
    agency: Mapped[str] = mapped_column(String(60))
    number_year: Mapped[int | None]
    serial: Mapped[int | None]
    plan_period: Mapped[str] = mapped_column(String(20))
    period_until: Mapped[datetime | None]
    #: What says whether it holds on a day (content/validity.py).
    validity: Mapped[Validity] = mapped_column(choice(Validity))
    invalid_since: Mapped[date | None]
    amended_since: Mapped[date | None]
    effective_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    #: The day on which this was written: the tally counts what holds then, and the rest when its day comes.
    settled_on: Mapped[date] = mapped_column(default=today)


class LibraryTally(Model):
    """How many documents the library has of each sort, kept by the database with every change of an entry.

    What holds of a document changes with the days: a row is added up from the day ``since`` on. Several rows
    may count the same, so that connections of PostgreSQL need not wait for each other (``part``). These
    are numbers of what is or will be public; who asks takes off what is not shown (tally.py).
    """

    __tablename__ = "library_tally"
    __table_args__ = (
        UniqueConstraint(
            *("portal_id", "scope", "unit_id", "genre", "subject", "year", "validity", "since", "part"),
            name="uq_library_tally_cell",
        ),
        Index("ix_library_tally_scope", "portal_id", "scope", "subject", "year", "genre"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    portal_id: Mapped[int]
    scope: Mapped[Scope] = mapped_column(choice(Scope))
    #: 0, empty and 0 where the scope does not tell them apart.
    unit_id: Mapped[int]
    genre: Mapped[Genre] = mapped_column(choice(Genre))
    subject: Mapped[str] = mapped_column(String(20))
    year: Mapped[int]
    validity: Mapped[Validity] = mapped_column(choice(Validity))
    since: Mapped[date]
    part: Mapped[int]
    listed: Mapped[int]


class Collection(TenantOwned, Model):
    """A collection of documents (文件汇编、专辑): a title, and references to public articles."""

    __tablename__ = "collection"
    __table_args__ = (UniqueConstraint("tenant_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(80))
    description: Mapped[str] = mapped_column(String(500), default="")
    created_at: Mapped[datetime] = mapped_column(default=now)
    changed_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)


class CollectionEntry(TenantOwned, Model):
    """An article in a collection; on a portal it may be any unit's."""

    __tablename__ = "collection_entry"
    __table_args__ = (
        UniqueConstraint("tenant_id", "collection_id", "unit_id", "article_id"),
        ForeignKeyConstraint(["tenant_id", "collection_id"], ["collection.tenant_id", "collection.id"]),
        ForeignKeyConstraint(["unit_id", "article_id"], ["article.tenant_id", "article.id"]),
        Index("ix_collection_entry_article", "unit_id", "article_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    collection_id: Mapped[int]
    unit_id: Mapped[int]
    article_id: Mapped[int]
    position: Mapped[int]
