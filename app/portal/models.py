"""What a portal shows of its units' articles: references, never copies (DESIGN 7)."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.clock import now
from app.core.database import Model, choice
from app.tenancy.scope import TenantOwned


class Origin(StrEnum):
    """Why an article is on the portal."""

    COLUMN = "column"
    ADOPTED = "adopted"

    @property
    def label(self) -> str:
        """The origin's name on the screen."""
        return {"column": "栏目自动汇聚", "adopted": "县里采用"}[self]


#: By these a list leaves entries out: by its own condition, and by the policy of the table.
_ASKED_OF_EACH = ("unit_id", "is_listed", "hidden_at")


def _listing(name: str, *columns: str) -> Index:
    """Return an index in the order of a list, over what lists may show and nothing else."""
    return Index(
        name,
        *columns,
        sqlite_where=text("is_listed = 1 AND hidden_at IS NULL AND same_as_id IS NULL"),
        postgresql_where=text("is_listed AND hidden_at IS NULL AND same_as_id IS NULL"),
    )


class PortalEntry(TenantOwned, Model):
    """An article of a unit in a column of the portal; the row belongs to the portal."""

    __tablename__ = "portal_entry"
    __table_args__ = (
        UniqueConstraint("tenant_id", "column_id", "unit_id", "article_id"),
        UniqueConstraint("tenant_id", "id"),
        ForeignKeyConstraint(["tenant_id", "column_id"], ["site_column.tenant_id", "site_column.id"]),
        ForeignKeyConstraint(["unit_id", "article_id"], ["article.tenant_id", "article.id"]),
        ForeignKeyConstraint(["tenant_id", "same_as_id"], ["portal_entry.tenant_id", "portal_entry.id"]),
        _listing(
            "ix_portal_entry_listing",
            "tenant_id",
            "column_id",
            "is_pinned",
            "published_at",
            "id",
            *_ASKED_OF_EACH,
        ),
        _listing("ix_portal_entry_front", "tenant_id", "is_pinned", "published_at", "id"),
        _listing("ix_portal_entry_latest", "tenant_id", "published_at", "id"),
        Index(
            "ix_portal_entry_same",
            "tenant_id",
            "same_as_id",
            sqlite_where=text("same_as_id IS NOT NULL"),
            postgresql_where=text("same_as_id IS NOT NULL"),
        ),
        Index("ix_portal_entry_article", "article_id", "unit_id"),
        Index("ix_portal_entry_number", "tenant_id", "column_id", "number_key"),
        Index("ix_portal_entry_text", "tenant_id", "column_id", "text_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    column_id: Mapped[int]
    unit_id: Mapped[int]
    article_id: Mapped[int]
    origin: Mapped[Origin] = mapped_column(choice(Origin), default=Origin.COLUMN)
    #: The article's first publication, by which lists are ordered; it never changes.
    published_at: Mapped[datetime]
    #: The document number in one spelling, and a hash of the text: what makes two articles the same (S-09).
    number_key: Mapped[str | None] = mapped_column(String(60))
    text_key: Mapped[str] = mapped_column(String(64))
    #: The entry under which this one is shown as a further source.
    same_as_id: Mapped[int | None]
    #: False while the article is withdrawn; the operator's pin or reason outlives that.
    is_listed: Mapped[bool] = mapped_column(default=True)
    is_pinned: Mapped[bool] = mapped_column(default=False)
    pinned_at: Mapped[datetime | None]
    hidden_at: Mapped[datetime | None]
    hidden_reason: Mapped[str] = mapped_column(String(200), default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)


class PortalTally(TenantOwned, Model):
    """How many entries of a unit a portal's column lists, kept by the database with every change of one.

    Counting a million entries for the number of pages took longer than all the rest of a list's page.
    """

    __tablename__ = "portal_tally"
    __table_args__ = (
        UniqueConstraint("tenant_id", "column_id", "unit_id"),
        ForeignKeyConstraint(["tenant_id", "column_id"], ["site_column.tenant_id", "site_column.id"]),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    column_id: Mapped[int]
    unit_id: Mapped[int] = mapped_column(ForeignKey("tenant.id"))
    #: Those whose minute has not come yet are counted too.
    listed: Mapped[int] = mapped_column(default=0)


class PortalMonth(TenantOwned, Model):
    """How many entries of a month a portal's column lists, but for pinned ones; kept as the tally is.

    By these a page far down in a list is found: walking past 200,000 entries took longer than the page.
    """

    __tablename__ = "portal_month"
    __table_args__ = (
        UniqueConstraint("tenant_id", "column_id", "month", "part"),
        ForeignKeyConstraint(["tenant_id", "column_id"], ["site_column.tenant_id", "site_column.id"]),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    column_id: Mapped[int]
    #: Of first publication, such as 200711, in UTC.
    month: Mapped[int]
    #: Connections count in parts of their own, so that units that publish at once need not wait.
    part: Mapped[int]
    #: Those whose minute has not come yet and those of closed units are counted too.
    listed: Mapped[int] = mapped_column(default=0)
