"""Lists of words, standing hits of published texts, waivers of stops; document numbers are looked up."""

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"

TABLES = ("word", "check_hit", "waiver")
OWN = "tenant_id = nullif(current_setting('app.tenant', true), '')::int"
COUNTY = "current_setting('app.reach', true) = 'county'"


def upgrade() -> None:
    _owned(
        "word",
        sa.Column("text", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("correction", sa.String(length=40), nullable=False),
        sa.Column("note", sa.String(length=100), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("tenant_id", "text", name=op.f("uq_word_tenant_id_text")),
    )
    _owned(
        "check_hit",
        *_of_a_revision("check_hit"),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("severity", sa.String(length=16), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("excerpt", sa.String(length=300), nullable=False),
        sa.Column("why", sa.String(length=300), nullable=False),
        sa.Column("fingerprint", sa.String(length=32), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint(
            "tenant_id",
            "article_id",
            "fingerprint",
            name=op.f("uq_check_hit_tenant_id_article_id_fingerprint"),
        ),
    )
    _owned(
        "waiver",
        *_of_a_revision("waiver"),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("fingerprint", sa.String(length=32), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("agreed_by_id", sa.Integer(), nullable=True),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["asked_by_id"], ["account.id"], name=op.f("fk_waiver_asked_by_id")),
        sa.ForeignKeyConstraint(["agreed_by_id"], ["account.id"], name=op.f("fk_waiver_agreed_by_id")),
        sa.UniqueConstraint(
            "tenant_id",
            "revision_id",
            "fingerprint",
            name=op.f("uq_waiver_tenant_id_revision_id_fingerprint"),
        ),
    )
    op.create_index("ix_waiver_article", "waiver", ["tenant_id", "article_id"], unique=False)
    op.create_index(
        "ix_revision_number",
        "revision",
        ["document_number"],
        unique=False,
        sqlite_where=sa.text("document_number <> ''"),
        postgresql_where=sa.text("document_number <> ''"),
    )
    if op.get_context().dialect.name == "postgresql":
        _secure_rows()


def downgrade() -> None:
    op.drop_index("ix_revision_number", "revision")
    for table in reversed(TABLES):
        op.drop_table(table)


def _owned(table: str, *items: sa.Column[object] | sa.Constraint) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        *items,
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f(f"fk_{table}_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_tenant_id"), table, ["tenant_id"], unique=False)


def _of_a_revision(table: str) -> list[sa.Column[object] | sa.Constraint]:
    return [
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "article_id", "revision_id"],
            ["revision.tenant_id", "revision.article_id", "revision.id"],
            name=op.f(f"fk_{table}_tenant_id_article_id_revision_id"),
        ),
    ]


def _secure_rows() -> None:
    for table in TABLES:
        op.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
        op.execute(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')
        op.execute(f'CREATE POLICY own ON "{table}" USING ({OWN}) WITH CHECK ({OWN})')
        op.execute(f'CREATE POLICY county ON "{table}" USING ({COUNTY}) WITH CHECK ({COUNTY})')
