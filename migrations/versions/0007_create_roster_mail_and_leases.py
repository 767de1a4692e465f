"""What a roster remembers, handing work over, who is writing in what, and mail that waits to be sent."""

import sqlalchemy as sa
from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"

OWNED = ("hand_over", "article_lease")
OWN = "tenant_id = nullif(current_setting('app.tenant', true), '')::int"
COUNTY = "current_setting('app.reach', true) = 'county'"
#: A role could be held once; now once at a time.
ONCE = "uq_membership_account_id_tenant_id_role"


def upgrade() -> None:
    op.add_column("membership", sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("membership") as batch:
        batch.drop_constraint(ONCE, type_="unique")
    op.create_index(
        "uq_membership_open",
        "membership",
        ["account_id", "tenant_id", "role"],
        unique=True,
        sqlite_where=sa.text("until IS NULL"),
        postgresql_where=sa.text("until IS NULL"),
    )
    op.create_index(
        "ix_article_unsigned",
        "article",
        ["tenant_id"],
        unique=False,
        sqlite_where=sa.text("unsigned_since IS NOT NULL"),
        postgresql_where=sa.text("unsigned_since IS NOT NULL"),
    )
    _create_hand_over()
    _create_article_lease()
    _create_outgoing_mail()
    if op.get_context().dialect.name == "postgresql":
        _secure_rows()
    _freeze("hand_over")


def downgrade() -> None:
    op.drop_table("outgoing_mail")
    op.drop_table("article_lease")
    op.drop_table("hand_over")
    op.drop_index("ix_article_unsigned", "article")
    op.drop_index("uq_membership_open", "membership")
    op.execute("DELETE FROM membership WHERE ended_at IS NOT NULL")
    with op.batch_alter_table("membership") as batch:
        batch.create_unique_constraint(ONCE, ["account_id", "tenant_id", "role"])
        batch.drop_column("ended_at")


def _create_hand_over() -> None:
    op.create_table(
        "hand_over",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("leaver_id", sa.Integer(), nullable=False),
        sa.Column("successor_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("roles", sa.String(length=300), nullable=False),
        sa.Column("office", sa.String(length=40), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("has_ended_account", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["leaver_id"], ["account.id"], name=op.f("fk_hand_over_leaver_id")),
        sa.ForeignKeyConstraint(["successor_id"], ["account.id"], name=op.f("fk_hand_over_successor_id")),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_hand_over_by_id")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_hand_over_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_over")),
    )
    op.create_index(op.f("ix_hand_over_tenant_id"), "hand_over", ["tenant_id"], unique=False)


def _create_article_lease() -> None:
    op.create_table(
        "article_lease",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "article_id"],
            ["article.tenant_id", "article.id"],
            name=op.f("fk_article_lease_tenant_id_article_id"),
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_article_lease_account_id")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_article_lease_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_lease")),
        sa.UniqueConstraint("tenant_id", "article_id", name=op.f("uq_article_lease_tenant_id_article_id")),
    )
    op.create_index(op.f("ix_article_lease_tenant_id"), "article_lease", ["tenant_id"], unique=False)


def _create_outgoing_mail() -> None:
    op.create_table(
        "outgoing_mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fault", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_outgoing_mail_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing_mail")),
        sa.UniqueConstraint(
            "account_id", "purpose", "day", name=op.f("uq_outgoing_mail_account_id_purpose_day")
        ),
    )
    op.create_index("ix_outgoing_mail_due", "outgoing_mail", ["state", "next_at"], unique=False)


def _secure_rows() -> None:
    for table in OWNED:
        op.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
        op.execute(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')
        op.execute(f'CREATE POLICY own ON "{table}" USING ({OWN}) WITH CHECK ({OWN})')
        op.execute(f'CREATE POLICY county ON "{table}" USING ({COUNTY}) WITH CHECK ({COUNTY})')


def _freeze(table: str) -> None:
    """Let rows be added and never changed; the function of the fences exists since they do (0004)."""
    is_postgresql = op.get_context().dialect.name == "postgresql"
    for act in ("update", "delete"):
        does = (
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
            if is_postgresql
            else f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are never changed'); END"
        )
        op.execute(f'CREATE TRIGGER {table}_{act}_refused BEFORE {act.upper()} ON "{table}" {does}')
