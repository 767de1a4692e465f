"""What disclosure keeps: counts of index numbers, decisions on what applies, the catalogue, reviews."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.core.clock import now
from app.core.database import Model, choice
from app.tenancy.scope import TenantOwned


class IndexCount(TenantOwned, Model):
    """How far a unit has counted its index numbers in one scope, such as a year."""

    __tablename__ = "index_count"
    __table_args__ = (UniqueConstraint("tenant_id", "scope"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    #: The segments that the count begins anew with, such as ``2026``.
    scope: Mapped[str] = mapped_column(String(80))
    last: Mapped[int] = mapped_column(default=0)


class Node(TenantOwned, Model):
    """What a unit has said of a kind of statutory information: that it has none of it, and why (GK-02).

    A kind without a row applies; a row stays when the decision is taken back, so that both are known.
    """

    __tablename__ = "disclosure_node"
    __table_args__ = (
        UniqueConstraint("tenant_id", "column_id"),
        ForeignKeyConstraint(["tenant_id", "column_id"], ["site_column.tenant_id", "site_column.id"]),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    column_id: Mapped[int]
    applies: Mapped[bool] = mapped_column(default=True)
    reason: Mapped[str] = mapped_column(String(200), default="")
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime] = mapped_column(default=now)

    decided_by: Mapped[Account] = relationship(lazy="raise_on_sql")


class Level(StrEnum):
    """Which level of government discloses a matter (公开层级)."""

    COUNTY = "county"
    TOWN = "town"
    BOTH = "both"

    @property
    def label(self) -> str:
        """The level's name on the screen."""
        return {"county": "县级", "town": "乡级", "both": "县级、乡级"}[self]


class Mode(StrEnum):
    """Whether a matter is disclosed by itself, or to who asks (公开方式)."""

    OPEN = "open"
    ON_REQUEST = "on_request"

    @property
    def label(self) -> str:
        """The mode's name on the screen."""
        return {"open": "主动公开", "on_request": "依申请公开"}[self]


class CatalogueRow(TenantOwned, Model):
    """One row of a unit's catalogue of what it discloses (rules 1.10, 1.11)."""

    __tablename__ = "catalogue_row"
    __table_args__ = (
        UniqueConstraint("tenant_id", "code"),
        UniqueConstraint("tenant_id", "id"),
        ForeignKeyConstraint(["tenant_id", "column_id"], ["site_column.tenant_id", "site_column.id"]),
        Index("ix_catalogue_row_area", "area", "tenant_id", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(24))
    #: One of the 26 areas; empty for the basic catalogue.
    area: Mapped[str] = mapped_column(String(20), default="")
    #: 一级事项 and 二级事项.
    first: Mapped[str] = mapped_column(String(40))
    second: Mapped[str] = mapped_column(String(60))
    content: Mapped[str] = mapped_column(String(500), default="")
    basis: Mapped[str] = mapped_column(String(200), default="")
    #: As the data write it: ``20wd``, ``realtime``, ``yearly:01-31``, ``days:14`` (deadlines.py).
    deadline: Mapped[str] = mapped_column(String(16))
    #: Codes of tenants/rules/channels.toml, with a space between.
    channels: Mapped[str] = mapped_column(String(120), default="web")
    #: Whom it is for where that is not everybody.
    audience: Mapped[str] = mapped_column(String(80), default="")
    mode: Mapped[Mode] = mapped_column(choice(Mode), default=Mode.OPEN)
    level: Mapped[Level] = mapped_column(choice(Level), default=Level.COUNTY)
    #: Whose articles are the row's, besides those that were named one by one.
    column_id: Mapped[int | None]
    position: Mapped[int] = mapped_column(default=0)
    #: Counts the changes of its words.
    version: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime] = mapped_column(default=now)
    #: Since when the unit keeps it no more; its address goes on answering.
    retired_at: Mapped[datetime | None]

    @property
    def path(self) -> str:
        """Its address on the subsite."""
        return f"/xxgk/catalogue/{self.code}/"


class RowArticle(TenantOwned, Model):
    """An article that belongs to a row, whatever its column."""

    __tablename__ = "row_article"
    __table_args__ = (
        UniqueConstraint("tenant_id", "row_id", "article_id"),
        ForeignKeyConstraint(["tenant_id", "row_id"], ["catalogue_row.tenant_id", "catalogue_row.id"]),
        ForeignKeyConstraint(["tenant_id", "article_id"], ["article.tenant_id", "article.id"]),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    row_id: Mapped[int]
    article_id: Mapped[int] = mapped_column(index=True)


class Conclusion(StrEnum):
    """What a re-evaluation of something that is not disclosed has come to (GK-08)."""

    STAYS = "stays"
    MAY_OPEN = "may_open"

    @property
    def label(self) -> str:
        """The conclusion on the screen."""
        return {"stays": "继续不主动公开", "may_open": "可以公开，转为主动公开"}[self]


class Review(TenantOwned, Model):
    """A re-evaluation of an article that is not disclosed by itself; never changed (GK-08)."""

    __tablename__ = "openness_review"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "article_id"], ["article.tenant_id", "article.id"]),
        Index("ix_openness_review_article", "tenant_id", "article_id", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(default=now)
    conclusion: Mapped[Conclusion] = mapped_column(choice(Conclusion))
    reason: Mapped[str] = mapped_column(String(200))
