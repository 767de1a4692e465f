"""Hearings with their signed terms, what visitors send, and the tokens of visitors' forms that were used."""

import sqlalchemy as sa
from alembic import op

revision: str = "0012"
down_revision: str | None = "0011"

TABLES = ("used_token", "hearing", "hearing_terms", "hearing_sign_off", "contribution")
#: Tables whose rows are only added; the function of the fences exists since they do (0004).
FROZEN = ("hearing_terms", "hearing_sign_off")
OWN = "tenant_id = nullif(current_setting('app.tenant', true), '')::int"
COUNTY = "current_setting('app.reach', true) = 'county'"
READERS = "current_setting('app.reach', true) = 'published'"
#: What the portal's readers may see of other tenants.
PUBLISHED = {
    "hearing": "terms_id IS NOT NULL",
    "hearing_terms": "EXISTS (SELECT 1 FROM hearing h WHERE h.tenant_id = hearing_terms.tenant_id "
    "AND h.terms_id = hearing_terms.id)",
}
Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    _owned(
        "used_token",
        sa.Column("nonce", sa.String(length=32), nullable=False),
        sa.Column("expires_at", Moment, nullable=False),
    )
    op.create_index("uq_used_token_nonce", "used_token", ["tenant_id", "nonce"], unique=True)
    op.create_index("ix_used_token_expiry", "used_token", ["tenant_id", "expires_at"], unique=False)
    _create_hearing()
    _create_terms()
    _create_sign_off()
    _create_contribution()
    if op.get_context().dialect.name == "postgresql":
        op.create_foreign_key(  # SQLite took it with the table.
            "fk_hearing_terms",
            "hearing",
            "hearing_sign_off",
            ["tenant_id", "id", "terms_id"],
            ["tenant_id", "hearing_id", "terms_id"],
        )
        _secure_rows()
    for table in FROZEN:
        _freeze(table)


def downgrade() -> None:
    if op.get_context().dialect.name == "postgresql":
        op.drop_constraint("fk_hearing_terms", "hearing", type_="foreignkey")
        op.execute("DROP POLICY readers ON hearing_terms")  # It asks the table that goes first.
    for table in ("contribution", "hearing_sign_off", "hearing_terms", "hearing", "used_token"):
        op.drop_table(table)


def _create_hearing() -> None:
    _owned(
        "hearing",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("terms_id", sa.Integer(), nullable=True),
        sa.Column("minutes_id", sa.Integer(), nullable=True),
        sa.Column("result_id", sa.Integer(), nullable=True),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("purged_at", Moment, nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "article_id"],
            ["article.tenant_id", "article.id"],
            name=op.f("fk_hearing_tenant_id_article_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "minutes_id"], ["article.tenant_id", "article.id"], name="fk_hearing_minutes"
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "result_id"], ["article.tenant_id", "article.id"], name="fk_hearing_result"
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "id", "terms_id"],
            ["hearing_sign_off.tenant_id", "hearing_sign_off.hearing_id", "hearing_sign_off.terms_id"],
            name="fk_hearing_terms",
            use_alter=True,
        ),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_hearing_tenant_id_id")),
        sa.UniqueConstraint("tenant_id", "article_id", name=op.f("uq_hearing_tenant_id_article_id")),
    )


def _create_terms() -> None:
    _owned(
        "hearing_terms",
        sa.Column("hearing_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("opens_at", Moment, nullable=False),
        sa.Column("closes_at", Moment, nullable=False),
        sa.Column("held_at", Moment, nullable=True),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("quota", sa.Integer(), nullable=True),
        sa.Column("takes_opinions", sa.Boolean(), nullable=False),
        sa.Column("takes_sign_ups", sa.Boolean(), nullable=False),
        sa.Column("contact", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["account.id"], name=op.f("fk_hearing_terms_author_id")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "hearing_id"],
            ["hearing.tenant_id", "hearing.id"],
            name=op.f("fk_hearing_terms_tenant_id_hearing_id"),
        ),
        sa.UniqueConstraint(
            "tenant_id", "hearing_id", "id", name=op.f("uq_hearing_terms_tenant_id_hearing_id_id")
        ),
        sa.UniqueConstraint(
            "tenant_id", "id", "author_id", name=op.f("uq_hearing_terms_tenant_id_id_author_id")
        ),
    )
    op.create_index("ix_hearing_terms_closing", "hearing_terms", ["closes_at"], unique=False)


def _create_sign_off() -> None:
    _owned(
        "hearing_sign_off",
        sa.Column("hearing_id", sa.Integer(), nullable=False),
        sa.Column("terms_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("signer_name", sa.String(length=40), nullable=False),
        sa.Column("office", sa.String(length=40), nullable=False),
        sa.Column("method", sa.String(length=16), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["account.id"], name=op.f("fk_hearing_sign_off_author_id")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_hearing_sign_off_account_id")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "hearing_id", "terms_id"],
            ["hearing_terms.tenant_id", "hearing_terms.hearing_id", "hearing_terms.id"],
            name="fk_hearing_sign_off_terms",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "terms_id", "author_id"],
            ["hearing_terms.tenant_id", "hearing_terms.id", "hearing_terms.author_id"],
            name="fk_hearing_sign_off_author",
        ),
        sa.CheckConstraint("account_id <> author_id", name=op.f("ck_hearing_sign_off_not_own")),
        sa.UniqueConstraint(
            "tenant_id",
            "hearing_id",
            "terms_id",
            name=op.f("uq_hearing_sign_off_tenant_id_hearing_id_terms_id"),
        ),
    )


def _create_contribution() -> None:
    _owned(
        "contribution",
        sa.Column("hearing_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("sealed", sa.String(), nullable=False),
        sa.Column("may_be_quoted", sa.Boolean(), nullable=False),
        sa.Column("received_at", Moment, nullable=False),
        sa.Column("spam_reason", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "hearing_id"],
            ["hearing.tenant_id", "hearing.id"],
            name=op.f("fk_contribution_tenant_id_hearing_id"),
        ),
        sa.UniqueConstraint("tenant_id", "reference", name=op.f("uq_contribution_tenant_id_reference")),
    )
    op.create_index(
        "ix_contribution_hearing", "contribution", ["tenant_id", "hearing_id", "id"], unique=False
    )


def _owned(table: str, *items: sa.Column[object] | sa.Constraint) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        *items,
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f(f"fk_{table}_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_tenant_id"), table, ["tenant_id"], unique=False)


def _secure_rows() -> None:
    for table in TABLES:
        op.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
        op.execute(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')
        op.execute(f'CREATE POLICY own ON "{table}" USING ({OWN}) WITH CHECK ({OWN})')
        op.execute(f'CREATE POLICY county ON "{table}" USING ({COUNTY}) WITH CHECK ({COUNTY})')
    for table, condition in PUBLISHED.items():
        op.execute(f'CREATE POLICY readers ON "{table}" FOR SELECT USING ({READERS} AND {condition})')


def _freeze(table: str) -> None:
    """Let rows be added and never changed."""
    is_postgresql = op.get_context().dialect.name == "postgresql"
    for act in ("update", "delete"):
        does = (
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
            if is_postgresql
            else f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are never changed'); END"
        )
        op.execute(f'CREATE TRIGGER {table}_{act}_refused BEFORE {act.upper()} ON "{table}" {does}')
