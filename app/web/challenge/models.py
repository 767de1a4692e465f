"""Which tokens of visitors' forms have been used: each is taken once."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Model
from app.tenancy.scope import TenantOwned


class UsedToken(TenantOwned, Model):
    """A token with which something was sent; kept only until it would have expired anyway."""

    __tablename__ = "used_token"
    __table_args__ = (
        Index("uq_used_token_nonce", "tenant_id", "nonce", unique=True),
        Index("ix_used_token_expiry", "tenant_id", "expires_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    nonce: Mapped[str] = mapped_column(String(32))
    expires_at: Mapped[datetime]
