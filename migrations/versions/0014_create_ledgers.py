"""Sheets of existing catalogues on their way in; the order in which programs read all that is public."""

import sqlalchemy as sa
from alembic import op

revision: str = "0014"
down_revision: str | None = "0013"

OWN = "tenant_id = nullif(current_setting('app.tenant', true), '')::int"
COUNTY = "current_setting('app.reach', true) = 'county'"
SHOWN = sa.text("published_id IS NOT NULL")


def upgrade() -> None:
    op.create_index(
        "ix_article_newest",
        "article",
        ["first_published_at", "id"],
        unique=False,
        sqlite_where=SHOWN,
        postgresql_where=SHOWN,
    )
    op.create_table(
        "ledger",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("heads", "rows", "outcomes")),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("faulty", "mapping")),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["created_by_id"], ["account.id"], name=op.f("fk_ledger_created_by_id")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_ledger_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger")),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_ledger_tenant_id_id")),
    )
    op.create_index(op.f("ix_ledger_tenant_id"), "ledger", ["tenant_id"], unique=False)
    if op.get_context().dialect.name == "postgresql":
        op.execute("ALTER TABLE ledger ENABLE ROW LEVEL SECURITY")
        op.execute("ALTER TABLE ledger FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY own ON ledger USING ({OWN}) WITH CHECK ({OWN})")
        op.execute(f"CREATE POLICY county ON ledger USING ({COUNTY}) WITH CHECK ({COUNTY})")


def downgrade() -> None:
    op.drop_table("ledger")
    op.drop_index("ix_article_newest", "article")
