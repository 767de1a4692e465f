"""The code of the mark of party and state bodies; the days on which a county's pages are grey (MG-01)."""

import sqlalchemy as sa
from alembic import op

revision: str = "0019"
down_revision: str | None = "0016"


def upgrade() -> None:
    op.add_column("tenant", sa.Column("mark_code", sa.String(length=60), nullable=False, server_default=""))
    op.create_table(
        "mourning",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("portal_id", sa.Integer(), nullable=False),
        sa.Column("begins_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("unit_ids", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["portal_id"], ["tenant.id"], name=op.f("fk_mourning_portal_id_tenant")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mourning")),
    )
    op.create_index(op.f("ix_mourning_portal_id_ends_at"), "mourning", ["portal_id", "ends_at"])


def downgrade() -> None:
    op.drop_table("mourning")
    op.drop_column("tenant", "mark_code")
