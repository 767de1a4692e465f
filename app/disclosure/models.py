"""What disclosure counts: the last number given out under each count of a unit."""

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Model
from app.tenancy.scope import TenantOwned


class IndexCount(TenantOwned, Model):
    """How far a unit has counted its index numbers in one scope, such as a year."""

    __tablename__ = "index_count"
    __table_args__ = (UniqueConstraint("tenant_id", "scope"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    #: The segments that the count begins anew with, such as ``2026``.
    scope: Mapped[str] = mapped_column(String(80))
    last: Mapped[int] = mapped_column(default=0)
