"""A subsite's looks: every one it had, and the one that is being prepared.

The one in force stands on the tenant's row itself, which every page has read before a tenant is bound.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.clock import now
from app.core.database import Model
from app.tenancy.scope import TenantOwned


class Look(TenantOwned, Model):
    """A look that was taken up: written once, never changed."""

    __tablename__ = "look"
    __table_args__ = (UniqueConstraint("tenant_id", "number"), Index("ix_look_batch", "batch"))

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Counted within the tenant, from 1.
    number: Mapped[int]
    design: Mapped[dict[str, Any]] = mapped_column(JSON)
    #: How it came: taken up, gone back to, changed by the county.
    origin: Mapped[str] = mapped_column(String(80))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    person: Mapped[str] = mapped_column(String(40), default="")
    at: Mapped[datetime] = mapped_column(default=now)
    #: The county's change of theme that made it (S-44); empty otherwise.
    batch: Mapped[str] = mapped_column(String(32), default="")


class LookDraft(TenantOwned, Model):
    """What is being prepared, one a tenant: people who work on it are told of each other."""

    __tablename__ = "look_draft"
    __table_args__ = (UniqueConstraint("tenant_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    design: Mapped[dict[str, Any]] = mapped_column(JSON)
    #: Raised with every saving, so that a form filled in before it is known.
    revised: Mapped[int] = mapped_column(default=0)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    person: Mapped[str] = mapped_column(String(40), default="")
    at: Mapped[datetime] = mapped_column(default=now)
