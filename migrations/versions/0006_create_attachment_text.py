"""The text of attachments, read once and kept for checks before publication."""

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"

TABLE = "attachment_text"
OWN = "tenant_id = nullif(current_setting('app.tenant', true), '')::int"
COUNTY = "current_setting('app.reach', true) = 'county'"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=False),
        sa.Column("passages", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "attachment_id"],
            ["attachment.tenant_id", "attachment.id"],
            name=op.f("fk_attachment_text_tenant_id_attachment_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_attachment_text_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment_text")),
        sa.UniqueConstraint(
            "tenant_id", "attachment_id", name=op.f("uq_attachment_text_tenant_id_attachment_id")
        ),
    )
    op.create_index(op.f("ix_attachment_text_tenant_id"), TABLE, ["tenant_id"], unique=False)
    if op.get_context().dialect.name == "postgresql":
        op.execute(f'ALTER TABLE "{TABLE}" ENABLE ROW LEVEL SECURITY')
        op.execute(f'ALTER TABLE "{TABLE}" FORCE ROW LEVEL SECURITY')
        op.execute(f'CREATE POLICY own ON "{TABLE}" USING ({OWN}) WITH CHECK ({OWN})')
        op.execute(f'CREATE POLICY county ON "{TABLE}" USING ({COUNTY}) WITH CHECK ({COUNTY})')


def downgrade() -> None:
    op.drop_table(TABLE)
