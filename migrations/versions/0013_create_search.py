"""What search keeps: entries of public texts, their tokens as each engine has them, and counts of words."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0013"
down_revision: str | None = "0012"

OWNED = ("search_entry", "search_count")
OWN = "tenant_id = nullif(current_setting('app.tenant', true), '')::int"
COUNTY = "current_setting('app.reach', true) = 'county'"
READERS = "current_setting('app.reach', true) = 'published'"
#: Pairs of Chinese characters are words of their own; a mark over a letter was taken off before.
FTS5 = (
    "CREATE VIRTUAL TABLE search_text USING fts5"
    "(title, everything, detail = column, tokenize = 'unicode61 remove_diacritics 0')"
)


def upgrade() -> None:
    is_postgresql = op.get_context().dialect.name == "postgresql"
    _create_entry()
    _create_count()
    if is_postgresql:
        _create_text()
        _secure_rows()
    else:
        op.execute(FTS5)


def downgrade() -> None:
    op.drop_table("search_text")
    op.drop_table("search_count")
    op.drop_table("search_entry")


def _create_entry() -> None:
    op.create_table(
        "search_entry",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("title_key", sa.String(length=120), nullable=False),
        sa.Column("column_type", sa.String(length=20), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "article_id"],
            ["article.tenant_id", "article.id"],
            name=op.f("fk_search_entry_tenant_id_article_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "revision_id"],
            ["revision.tenant_id", "revision.id"],
            name=op.f("fk_search_entry_tenant_id_revision_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_search_entry_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_entry")),
        sa.UniqueConstraint("tenant_id", "article_id", name=op.f("uq_search_entry_tenant_id_article_id")),
    )
    op.create_index(op.f("ix_search_entry_tenant_id"), "search_entry", ["tenant_id"], unique=False)
    op.create_index("ix_search_entry_title", "search_entry", ["title_key"], unique=False)


def _create_count() -> None:
    op.create_table(
        "search_count",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("term", sa.String(length=40), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("without_result", sa.Integer(), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_search_count_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_count")),
        sa.UniqueConstraint("tenant_id", "day", "term", name=op.f("uq_search_count_tenant_id_day_term")),
    )
    op.create_index(op.f("ix_search_count_tenant_id"), "search_count", ["tenant_id"], unique=False)
    op.create_index("ix_search_count_day", "search_count", ["day"], unique=False)


def _create_text() -> None:
    op.create_table(
        "search_text",
        sa.Column("rowid", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("title", postgresql.TSVECTOR(), nullable=False),
        sa.Column("everything", postgresql.TSVECTOR(), nullable=False),
        sa.PrimaryKeyConstraint("rowid", name=op.f("pk_search_text")),
    )
    op.create_index("ix_search_text_title", "search_text", ["title"], postgresql_using="gin")
    op.create_index("ix_search_text_everything", "search_text", ["everything"], postgresql_using="gin")


def _secure_rows() -> None:
    for table in OWNED:
        op.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
        op.execute(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')
        op.execute(f'CREATE POLICY own ON "{table}" USING ({OWN}) WITH CHECK ({OWN})')
        op.execute(f'CREATE POLICY county ON "{table}" USING ({COUNTY}) WITH CHECK ({COUNTY})')
    op.execute(f"CREATE POLICY readers ON search_entry FOR SELECT USING ({READERS})")
