"""What is read out of files: the text of attachments for checks, the record of documents taken in."""

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"

TABLES = ("attachment_text", "intake")
OWN = "tenant_id = nullif(current_setting('app.tenant', true), '')::int"
COUNTY = "current_setting('app.reach', true) = 'county'"


def upgrade() -> None:
    _of_an_attachment(
        "attachment_text",
        sa.Column("passages", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint(
            "tenant_id", "attachment_id", name=op.f("uq_attachment_text_tenant_id_attachment_id")
        ),
    )
    _of_an_attachment(
        "intake",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("findings", sa.String(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "article_id"],
            ["article.tenant_id", "article.id"],
            name=op.f("fk_intake_tenant_id_article_id"),
        ),
        sa.UniqueConstraint("tenant_id", "article_id", name=op.f("uq_intake_tenant_id_article_id")),
    )
    if op.get_context().dialect.name == "postgresql":
        for table in TABLES:
            op.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
            op.execute(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')
            op.execute(f'CREATE POLICY own ON "{table}" USING ({OWN}) WITH CHECK ({OWN})')
            op.execute(f'CREATE POLICY county ON "{table}" USING ({COUNTY}) WITH CHECK ({COUNTY})')


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _of_an_attachment(table: str, *items: sa.Column[object] | sa.Constraint) -> None:
    """Make a table whose rows are about one file of the same tenant."""
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=False),
        *items,
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "attachment_id"],
            ["attachment.tenant_id", "attachment.id"],
            name=op.f(f"fk_{table}_tenant_id_attachment_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f(f"fk_{table}_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_tenant_id"), table, ["tenant_id"], unique=False)
