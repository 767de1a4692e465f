"""Entries of a portal's columns counted by months: a page far down in a list is found by them."""

import sqlalchemy as sa
from alembic import op

revision: str = "0030"
down_revision: str | None = "0029"

OWN = "tenant_id = (SELECT nullif(current_setting('app.tenant', true), '')::int)"
COUNTY = "(SELECT current_setting('app.reach', true) = 'county')"
READERS = "(SELECT current_setting('app.reach', true) = 'published')"
#: Whether lists show a row after the pinned ones, 1 or 0, in words that both databases understand.
SHOWN = (
    "(CASE WHEN {0}.is_listed AND {0}.hidden_at IS NULL AND {0}.same_as_id IS NULL AND NOT {0}.is_pinned "
    "THEN 1 ELSE 0 END)"
)
MONTHS = {
    "postgresql": "to_char({0}.published_at AT TIME ZONE 'UTC', 'YYYYMM')::int",
    "sqlite": "CAST(strftime('%Y%m', {0}.published_at) AS INTEGER)",
}
PARTS = {"postgresql": "pg_backend_pid() % 8", "sqlite": "0"}
COUNT = (
    "INSERT INTO portal_month (tenant_id, column_id, month, part, listed) "
    "VALUES (NEW.tenant_id, NEW.column_id, {month}, {part}, {change}) "
    "ON CONFLICT (tenant_id, column_id, month, part) "
    "DO UPDATE SET listed = portal_month.listed + excluded.listed"
)
FIRST = (
    "INSERT INTO portal_month (tenant_id, column_id, month, part, listed) "
    "SELECT tenant_id, column_id, {month} AS month, 0, count(*) FROM portal_entry e "
    "WHERE {shown} = 1 GROUP BY tenant_id, column_id, month"
)
CHANGES = {"insert": SHOWN.format("NEW"), "update": f"({SHOWN.format('NEW')} - {SHOWN.format('OLD')})"}


def upgrade() -> None:
    """Count what is there, and from now on with every change."""
    op.create_table(
        "portal_month",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("column_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("listed", sa.Integer(), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_portal_month_tenant_id")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "column_id"],
            ["site_column.tenant_id", "site_column.id"],
            name=op.f("fk_portal_month_tenant_id_column_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_portal_month")),
        sa.UniqueConstraint(
            *("tenant_id", "column_id", "month", "part"),
            name=op.f("uq_portal_month_tenant_id_column_id_month_part"),
        ),
    )
    op.create_index(op.f("ix_portal_month_tenant_id"), "portal_month", ["tenant_id"], unique=False)
    dialect = op.get_context().dialect.name
    op.execute(FIRST.format(month=MONTHS[dialect].format("e"), shown=SHOWN.format("e")))
    if dialect == "postgresql":
        _secure_rows()
        _count_on_postgresql()
    else:
        for act, change in CHANGES.items():
            op.execute(
                f"CREATE TRIGGER portal_entry_{act}_dated AFTER {act.upper()} ON portal_entry "
                f"WHEN {change} <> 0 BEGIN {_count(dialect, change)}; END"
            )


def downgrade() -> None:
    """Walk past entries."""
    is_postgresql = op.get_context().dialect.name == "postgresql"
    for act in CHANGES:
        op.execute(f"DROP TRIGGER portal_entry_{act}_dated" + (" ON portal_entry" if is_postgresql else ""))
    if is_postgresql:
        op.execute("DROP FUNCTION date_portal_entry()")
    op.drop_table("portal_month")


def _secure_rows() -> None:
    op.execute("ALTER TABLE portal_month ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE portal_month FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY own ON portal_month USING ({OWN}) WITH CHECK ({OWN})")
    op.execute(f"CREATE POLICY county ON portal_month USING ({COUNTY}) WITH CHECK ({COUNTY})")
    op.execute(f"CREATE POLICY readers ON portal_month FOR SELECT USING ({READERS})")


def _count_on_postgresql() -> None:
    counts = {act: _count("postgresql", change) for act, change in CHANGES.items()}
    op.execute(
        "CREATE FUNCTION date_portal_entry() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_OP = 'INSERT' THEN {counts['insert']}; ELSE {counts['update']}; END IF; RETURN NULL; END $$"
    )
    for act, change in CHANGES.items():
        op.execute(
            f"CREATE TRIGGER portal_entry_{act}_dated AFTER {act.upper()} ON portal_entry "
            f"FOR EACH ROW WHEN ({change} <> 0) EXECUTE FUNCTION date_portal_entry()"
        )


def _count(dialect: str, change: str) -> str:
    return COUNT.format(month=MONTHS[dialect].format("NEW"), part=PARTS[dialect], change=change)
