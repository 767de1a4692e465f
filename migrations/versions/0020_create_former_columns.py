"""Addresses of columns that were merged into others (ZY-14)."""

import sqlalchemy as sa
from alembic import op

revision: str = "0020"
down_revision: str | None = "0019"

TABLE = "former_column"
OWN = "tenant_id = (SELECT nullif(current_setting('app.tenant', true), '')::int)"
COUNTY = "(SELECT current_setting('app.reach', true) = 'county')"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("column_id", sa.Integer(), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f(f"fk_{TABLE}_tenant_id")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "column_id"],
            ["site_column.tenant_id", "site_column.id"],
            name=op.f(f"fk_{TABLE}_tenant_id_column_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.UniqueConstraint("tenant_id", "slug", name=op.f(f"uq_{TABLE}_tenant_id_slug")),
    )
    op.create_index(op.f(f"ix_{TABLE}_tenant_id"), TABLE, ["tenant_id"])
    if op.get_context().dialect.name == "postgresql":
        op.execute(f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {TABLE} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY own ON {TABLE} USING ({OWN}) WITH CHECK ({OWN})")
        op.execute(f"CREATE POLICY county ON {TABLE} USING ({COUNTY}) WITH CHECK ({COUNTY})")


def downgrade() -> None:
    """Forget where former addresses led."""
    op.drop_table(TABLE)
