"""A subsite's look: the one in force on the tenant, the versions, and what is being prepared."""

import sqlalchemy as sa
from alembic import op

revision: str = "0021"
down_revision: str | None = "0020"

TABLES = ("look", "look_draft")
OWN = "tenant_id = (SELECT nullif(current_setting('app.tenant', true), '')::int)"
COUNTY = "(SELECT current_setting('app.reach', true) = 'county')"
Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("tenant", sa.Column("look", sa.JSON(), nullable=False, server_default="{}"))
    _owned(
        "look",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("design", sa.JSON(), nullable=False),
        sa.Column("origin", sa.String(length=80), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("person", sa.String(length=40), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("batch", sa.String(length=32), nullable=False),
        sa.UniqueConstraint("tenant_id", "number", name=op.f("uq_look_tenant_id_number")),
    )
    op.create_index("ix_look_batch", "look", ["batch"], unique=False)
    _owned(
        "look_draft",
        sa.Column("design", sa.JSON(), nullable=False),
        sa.Column("revised", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("person", sa.String(length=40), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.UniqueConstraint("tenant_id", name=op.f("uq_look_draft_tenant_id")),
    )
    if op.get_context().dialect.name == "postgresql":
        _secure_rows()
    _freeze("look")


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
    op.drop_column("tenant", "look")


def _owned(table: str, *items: sa.Column[object] | sa.Constraint) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        *items,
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f(f"fk_{table}_tenant_id")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f(f"fk_{table}_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_tenant_id"), table, ["tenant_id"], unique=False)


def _secure_rows() -> None:
    for table in TABLES:
        op.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
        op.execute(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')
        op.execute(f'CREATE POLICY own ON "{table}" USING ({OWN}) WITH CHECK ({OWN})')
        op.execute(f'CREATE POLICY county ON "{table}" USING ({COUNTY}) WITH CHECK ({COUNTY})')


def _freeze(table: str) -> None:
    """Let rows be added and never changed; the function of the fences exists since 0004."""
    is_postgresql = op.get_context().dialect.name == "postgresql"
    for act in ("update", "delete"):
        does = (
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
            if is_postgresql
            else f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are never changed'); END"
        )
        op.execute(f'CREATE TRIGGER {table}_{act}_refused BEFORE {act.upper()} ON "{table}" {does}')
