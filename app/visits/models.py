"""How often pages were read, by day; nothing says by whom."""

from datetime import date

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Model
from app.tenancy.scope import TenantOwned


class VisitCount(TenantOwned, Model):
    """How often a page of a subsite was read on a day."""

    __tablename__ = "visit_count"
    __table_args__ = (UniqueConstraint("tenant_id", "day", "path"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date]
    #: Without the mount and the query; empty for all pages for which there was no room in memory.
    path: Mapped[str] = mapped_column(String(120))
    #: The first part of the path: the column to which the page belongs.
    section: Mapped[str] = mapped_column(String(64), index=True)
    count: Mapped[int] = mapped_column(default=0)
