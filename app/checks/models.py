"""The lists of words, what a rescan has found in published texts, and the stops that two people let pass."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.checks.hits import Severity
from app.core.clock import now
from app.core.database import Model, choice
from app.tenancy.scope import TenantOwned


class WordKind(StrEnum):
    """What is done about a word: a severity, or that it may stand."""

    STOP = "stop"
    CONFIRM = "confirm"
    HINT = "hint"
    ALLOW = "allow"

    @property
    def label(self) -> str:
        """The kind's name on the screen."""
        return {"stop": "禁用", "confirm": "请确认", "hint": "提示", "allow": "放行"}[self]


class WordEntry(TenantOwned, Model):
    """A word on a tenant's list; a portal's list holds for all its units."""

    __tablename__ = "word"
    __table_args__ = (UniqueConstraint("tenant_id", "text"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(String(40))
    kind: Mapped[WordKind] = mapped_column(choice(WordKind), default=WordKind.CONFIRM)
    #: What is right instead; empty where there is no single answer.
    correction: Mapped[str] = mapped_column(String(40), default="")
    note: Mapped[str] = mapped_column(String(100), default="")
    changed_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)


class CheckHit(TenantOwned, Model):
    """Something that the last rescan found in a published text; the next rescan replaces it."""

    __tablename__ = "check_hit"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "article_id", "revision_id"],
            ["revision.tenant_id", "revision.article_id", "revision.id"],
        ),
        UniqueConstraint("tenant_id", "article_id", "fingerprint"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int]
    revision_id: Mapped[int]
    rule: Mapped[str] = mapped_column(String(40))
    severity: Mapped[Severity] = mapped_column(choice(Severity))
    place: Mapped[str] = mapped_column(String(200))
    #: Personal data in it is masked.
    excerpt: Mapped[str] = mapped_column(String(300), default="")
    why: Mapped[str] = mapped_column(String(300))
    fingerprint: Mapped[str] = mapped_column(String(32))
    found_at: Mapped[datetime] = mapped_column(default=now)


class Waiver(TenantOwned, Model):
    """A stop of one revision that one person asked to let pass, and whether another has agreed."""

    __tablename__ = "waiver"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "article_id", "revision_id"],
            ["revision.tenant_id", "revision.article_id", "revision.id"],
        ),
        UniqueConstraint("tenant_id", "revision_id", "fingerprint"),
        Index("ix_waiver_article", "tenant_id", "article_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int]
    revision_id: Mapped[int]
    rule: Mapped[str] = mapped_column(String(40))
    fingerprint: Mapped[str] = mapped_column(String(32))
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    asked_at: Mapped[datetime] = mapped_column(default=now)
    reason: Mapped[str] = mapped_column(String(300))
    agreed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    agreed_at: Mapped[datetime | None]

    asked_by: Mapped[Account] = relationship(lazy="raise_on_sql", foreign_keys=[asked_by_id])
    agreed_by: Mapped[Account | None] = relationship(lazy="raise_on_sql", foreign_keys=[agreed_by_id])

    @property
    def is_agreed(self) -> bool:
        return self.agreed_at is not None
