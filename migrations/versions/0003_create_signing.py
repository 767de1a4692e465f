"""What signing needs beside signatures: marks, publications without one, incidents, and scheduled minutes."""

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"

TABLES = ("flag", "emergency", "incident")


def upgrade() -> None:
    op.create_table(
        "turn",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_turn_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "at", name=op.f("pk_turn")),
    )
    _of_a_revision(
        "flag",
        sa.Column("weight", sa.String(length=16), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("evidence", sa.String(length=200), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("raised_by_id", sa.Integer(), nullable=True),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_by_id", sa.Integer(), nullable=True),
        sa.Column("lifted_reason", sa.String(length=300), nullable=False),
        *_accounts("flag", "raised_by_id", "lifted_by_id"),
    )
    op.create_index("ix_flag_article", "flag", ["tenant_id", "article_id"], unique=False)
    _of_a_revision(
        "emergency",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        *_accounts("emergency", "account_id"),
    )
    op.create_index("ix_emergency_revision", "emergency", ["tenant_id", "revision_id"], unique=False)
    _of_a_revision(
        "incident",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("public_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("measures", sa.String(length=500), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        *_accounts("incident", "account_id", "closed_by_id"),
    )


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    op.drop_table("turn")


def _of_a_revision(table: str, *items: sa.Column[object] | sa.Constraint) -> None:
    """Make a table whose rows are about one revision of an article."""
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        *items,
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "article_id", "revision_id"],
            ["revision.tenant_id", "revision.article_id", "revision.id"],
            name=op.f(f"fk_{table}_tenant_id_article_id_revision_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f(f"fk_{table}_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_tenant_id"), table, ["tenant_id"], unique=False)


def _accounts(table: str, *columns: str) -> list[sa.Constraint]:
    return [
        sa.ForeignKeyConstraint([name], ["account.id"], name=op.f(f"fk_{table}_{name}")) for name in columns
    ]
