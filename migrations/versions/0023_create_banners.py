"""Banners of a county over its subsites; periods that run or are still to come, beside the portal."""

import sqlalchemy as sa
from alembic import op

revision: str = "0023"
down_revision: str | None = "0022"


def upgrade() -> None:
    """Create the table, and the list that every page reads with its portal's row."""
    op.add_column("tenant", sa.Column("periods", sa.JSON(), nullable=False, server_default="[]"))
    op.create_table(
        "banner",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("portal_id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(length=16), nullable=False),
        sa.Column("begins_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("unit_ids", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["portal_id"], ["tenant.id"], name=op.f("fk_banner_portal_id")),
        sa.ForeignKeyConstraint(
            ["portal_id", "article_id"],
            ["article.tenant_id", "article.id"],
            name=op.f("fk_banner_portal_id_article_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_banner")),
    )
    op.create_index(op.f("ix_banner_portal_id_ends_at"), "banner", ["portal_id", "ends_at"])


def downgrade() -> None:
    """Forget the banners."""
    op.drop_table("banner")
    op.drop_column("tenant", "periods")
