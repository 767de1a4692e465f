"""The code of the mark of party and state bodies; days of mourning (MG-01); counts of visits."""

import sqlalchemy as sa
from alembic import op

revision: str = "0022"
down_revision: str | None = "0021"

OWN = "tenant_id = (SELECT nullif(current_setting('app.tenant', true), '')::int)"
COUNTY = "(SELECT current_setting('app.reach', true) = 'county')"


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
    _create_visits()
    if op.get_context().dialect.name == "postgresql":
        op.execute("ALTER TABLE visit_count ENABLE ROW LEVEL SECURITY")
        op.execute("ALTER TABLE visit_count FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY own ON visit_count USING ({OWN}) WITH CHECK ({OWN})")
        op.execute(f"CREATE POLICY county ON visit_count USING ({COUNTY}) WITH CHECK ({COUNTY})")


def downgrade() -> None:
    op.drop_table("visit_count")
    op.drop_table("mourning")
    op.drop_column("tenant", "mark_code")


def _create_visits() -> None:
    op.create_table(
        "visit_count",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("path", sa.String(length=120), nullable=False),
        sa.Column("section", sa.String(length=64), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_visit_count_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_count")),
        sa.UniqueConstraint("tenant_id", "day", "path", name=op.f("uq_visit_count_tenant_id_day_path")),
    )
    for name in ("tenant_id", "section"):
        op.create_index(op.f(f"ix_visit_count_{name}"), "visit_count", [name])
