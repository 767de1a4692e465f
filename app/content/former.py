"""Addresses of columns that are no more, and where they lead (ZY-14)."""

from sqlalchemy import ForeignKeyConstraint, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from app.content.models import Column
from app.core.database import Model, db
from app.tenancy.scope import TenantOwned


class FormerColumn(TenantOwned, Model):
    """The address of a column that was merged into another one: it leads there for ever (ZY-14)."""

    __tablename__ = "former_column"
    __table_args__ = (
        UniqueConstraint("tenant_id", "slug"),
        ForeignKeyConstraint(["tenant_id", "column_id"], ["site_column.tenant_id", "site_column.id"]),
    )

    #: The former column's own id, which short addresses on paper hold.
    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(40))
    column_id: Mapped[int]


def column_merged_from(former: str | int) -> str | None:
    """Return the slug of the column into which one was merged, known by its slug or its id (ZY-14)."""
    into = (Column.id == FormerColumn.column_id) & (Column.tenant_id == FormerColumn.tenant_id)
    known_by = FormerColumn.slug == former if isinstance(former, str) else FormerColumn.id == former
    return db.session.scalar(select(Column.slug).join(FormerColumn, into).where(known_by, Column.is_visible))
