"""The record of every act of staff, chained by hash so that a change or a gap is found (DESIGN 14, D4)."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Model
from app.tenancy.scope import TenantOwned


class AuditRow(TenantOwned, Model):
    """One act on one tenant; county acts stand in the portal's chain."""

    __tablename__ = "audit_row"
    __table_args__ = (UniqueConstraint("tenant_id", "number"), Index("ix_audit_row_at", "tenant_id", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Counts from 1 in each tenant's chain, without gaps.
    number: Mapped[int]
    at: Mapped[datetime]
    #: None for acts of the platform itself, such as provisioning.
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    actor: Mapped[str] = mapped_column(String(80))
    #: From which network address; empty for commands.
    address: Mapped[str] = mapped_column(String(45), default="")
    #: Such as ``article.publish``.
    act: Mapped[str] = mapped_column(String(40))
    #: Such as ``article:17``.
    subject: Mapped[str] = mapped_column(String(60))
    #: Canonical JSON of what changed: before and after.
    detail: Mapped[str]
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class AuditHead(TenantOwned, Model):
    """The end of one tenant's chain: the lock for adding to it, and the witness against cutting it."""

    __tablename__ = "audit_head"
    __table_args__ = (UniqueConstraint("tenant_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(default=0)
    hash: Mapped[str] = mapped_column(String(64), default="")
