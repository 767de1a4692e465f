"""What a disclosed document says of itself, its index number, and how far each unit has counted them."""

import sqlalchemy as sa
from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"

WORDS = {"subject": 20, "audience": 20, "contact": 120, "plan_period": 20, "answers": 200}
DAYS = ("effective_on", "expires_on")
MOMENTS = ("period_from", "period_until")
OWN = "tenant_id = nullif(current_setting('app.tenant', true), '')::int"
COUNTY = "current_setting('app.reach', true) = 'county'"
OTHER_NUMBER = "an index number is never changed"


def upgrade() -> None:
    for name, length in WORDS.items():
        op.add_column("revision", sa.Column(name, sa.String(length), nullable=False, server_default=""))
    for name in DAYS:
        op.add_column("revision", sa.Column(name, sa.Date(), nullable=True))
    for name in MOMENTS:
        op.add_column("revision", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "article", sa.Column("validity", sa.String(length=16), nullable=False, server_default="valid")
    )
    op.add_column("article", sa.Column("index_number", sa.String(length=80), nullable=True))
    op.create_index("uq_article_index_number", "article", ["index_number"], unique=True)
    op.create_table(
        "index_count",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(length=80), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_index_count_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_index_count")),
        sa.UniqueConstraint("tenant_id", "scope", name=op.f("uq_index_count_tenant_id_scope")),
    )
    op.create_index(op.f("ix_index_count_tenant_id"), "index_count", ["tenant_id"], unique=False)
    if op.get_context().dialect.name == "postgresql":
        _secure_rows()
    _keep_numbers()


def downgrade() -> None:
    is_postgresql = op.get_context().dialect.name == "postgresql"
    op.execute("DROP TRIGGER article_index_number" + (" ON article" if is_postgresql else ""))
    if is_postgresql:
        op.execute("DROP FUNCTION refuse_other_number()")
    op.drop_table("index_count")
    op.drop_index("uq_article_index_number", "article")
    for name in ("index_number", "validity"):
        op.drop_column("article", name)
    for name in (*MOMENTS, *DAYS, *WORDS):
        op.drop_column("revision", name)


def _secure_rows() -> None:
    op.execute("ALTER TABLE index_count ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE index_count FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY own ON index_count USING ({OWN}) WITH CHECK ({OWN})")
    op.execute(f"CREATE POLICY county ON index_count USING ({COUNTY}) WITH CHECK ({COUNTY})")


def _keep_numbers() -> None:
    """Refuse another index number for an article that has one: it is cited elsewhere."""
    if op.get_context().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION refuse_other_number() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{OTHER_NUMBER}'; END $$"
        )
        changes = "OLD.index_number IS NOT NULL AND NEW.index_number IS DISTINCT FROM OLD.index_number"
        does = f"FOR EACH ROW WHEN ({changes}) EXECUTE FUNCTION refuse_other_number()"
    else:
        changes = "OLD.index_number IS NOT NULL AND NEW.index_number IS NOT OLD.index_number"
        does = f"WHEN {changes} BEGIN SELECT RAISE(ABORT, '{OTHER_NUMBER}'); END"
    op.execute(f"CREATE TRIGGER article_index_number BEFORE UPDATE ON article {does}")
