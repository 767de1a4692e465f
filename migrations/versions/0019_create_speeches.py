"""Which texts of a unit are speeches of its leaders (ZY-16)."""

import sqlalchemy as sa
from alembic import op

revision: str = "0019"
down_revision: str | None = "0018"

TABLE = "leader_speech"
OWN = "tenant_id = (SELECT nullif(current_setting('app.tenant', true), '')::int)"
COUNTY = "(SELECT current_setting('app.reach', true) = 'county')"


def upgrade() -> None:
    """Create the table, which a leader and an article of the same unit belong to."""
    op.create_index("uq_leader_tenant_id_id", "leader", ["tenant_id", "id"], unique=True)
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("leader_id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f(f"fk_{TABLE}_tenant_id")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "leader_id"],
            ["leader.tenant_id", "leader.id"],
            name=op.f(f"fk_{TABLE}_tenant_id_leader_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "article_id"],
            ["article.tenant_id", "article.id"],
            name=op.f(f"fk_{TABLE}_tenant_id_article_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.UniqueConstraint(
            "tenant_id", "leader_id", "article_id", name=op.f(f"uq_{TABLE}_tenant_id_leader_id_article_id")
        ),
    )
    op.create_index(op.f(f"ix_{TABLE}_tenant_id"), TABLE, ["tenant_id"])
    if op.get_context().dialect.name == "postgresql":
        op.execute(f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {TABLE} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY own ON {TABLE} USING ({OWN}) WITH CHECK ({OWN})")
        op.execute(f"CREATE POLICY county ON {TABLE} USING ({COUNTY}) WITH CHECK ({COUNTY})")


def downgrade() -> None:
    """Forget which texts are speeches."""
    op.drop_table(TABLE)
    op.drop_index("uq_leader_tenant_id_id", "leader")
