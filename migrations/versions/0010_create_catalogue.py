"""Decisions on statutory information, the catalogue and its articles, reviews of what is closed."""

import sqlalchemy as sa
from alembic import op

revision: str = "0010"
down_revision: str | None = "0009"

TABLES = ("disclosure_node", "catalogue_row", "row_article", "openness_review")
OWN = "tenant_id = nullif(current_setting('app.tenant', true), '')::int"
COUNTY = "current_setting('app.reach', true) = 'county'"
READERS = "current_setting('app.reach', true) = 'published'"
#: What the portal's readers may see of the units' catalogues.
PUBLISHED = {
    "catalogue_row": "retired_at IS NULL",
    "row_article": "EXISTS (SELECT 1 FROM article a WHERE a.tenant_id = row_article.tenant_id "
    "AND a.id = row_article.article_id AND a.published_id IS NOT NULL)",
}
FROZEN = "openness_review"


def upgrade() -> None:
    _create_disclosure_node()
    _create_catalogue_row()
    _create_row_article()
    _create_openness_review()
    for table in TABLES:
        op.create_index(op.f(f"ix_{table}_tenant_id"), table, ["tenant_id"], unique=False)
    if op.get_context().dialect.name == "postgresql":
        _secure_rows()
    _freeze()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _own(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f(f"fk_{table}_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _create_disclosure_node() -> None:
    op.create_table(
        "disclosure_node",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("column_id", sa.Integer(), nullable=False),
        sa.Column("applies", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        *_own("disclosure_node"),
        sa.ForeignKeyConstraint(
            ["tenant_id", "column_id"],
            ["site_column.tenant_id", "site_column.id"],
            name=op.f("fk_disclosure_node_tenant_id_column_id"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["account.id"], name=op.f("fk_disclosure_node_decided_by_id")
        ),
        sa.UniqueConstraint("tenant_id", "column_id", name=op.f("uq_disclosure_node_tenant_id_column_id")),
    )


def _create_catalogue_row() -> None:
    op.create_table(
        "catalogue_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=24), nullable=False),
        sa.Column("area", sa.String(length=20), nullable=False),
        sa.Column("first", sa.String(length=40), nullable=False),
        sa.Column("second", sa.String(length=60), nullable=False),
        sa.Column("content", sa.String(length=500), nullable=False),
        sa.Column("basis", sa.String(length=200), nullable=False),
        sa.Column("deadline", sa.String(length=16), nullable=False),
        sa.Column("channels", sa.String(length=120), nullable=False),
        sa.Column("audience", sa.String(length=80), nullable=False),
        sa.Column("mode", sa.String(length=16), nullable=False),
        sa.Column("level", sa.String(length=16), nullable=False),
        sa.Column("column_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        *_own("catalogue_row"),
        sa.ForeignKeyConstraint(
            ["tenant_id", "column_id"],
            ["site_column.tenant_id", "site_column.id"],
            name=op.f("fk_catalogue_row_tenant_id_column_id"),
        ),
        sa.UniqueConstraint("tenant_id", "code", name=op.f("uq_catalogue_row_tenant_id_code")),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_catalogue_row_tenant_id_id")),
    )
    op.create_index("ix_catalogue_row_area", "catalogue_row", ["area", "tenant_id", "position"], unique=False)


def _create_row_article() -> None:
    op.create_table(
        "row_article",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        *_own("row_article"),
        sa.ForeignKeyConstraint(
            ["tenant_id", "row_id"],
            ["catalogue_row.tenant_id", "catalogue_row.id"],
            name=op.f("fk_row_article_tenant_id_row_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "article_id"],
            ["article.tenant_id", "article.id"],
            name=op.f("fk_row_article_tenant_id_article_id"),
        ),
        sa.UniqueConstraint(
            "tenant_id", "row_id", "article_id", name=op.f("uq_row_article_tenant_id_row_id_article_id")
        ),
    )
    op.create_index(op.f("ix_row_article_article_id"), "row_article", ["article_id"], unique=False)


def _create_openness_review() -> None:
    op.create_table(
        "openness_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("conclusion", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        *_own("openness_review"),
        sa.ForeignKeyConstraint(
            ["tenant_id", "article_id"],
            ["article.tenant_id", "article.id"],
            name=op.f("fk_openness_review_tenant_id_article_id"),
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_openness_review_account_id")),
    )
    op.create_index(
        "ix_openness_review_article", "openness_review", ["tenant_id", "article_id", "at"], unique=False
    )


def _secure_rows() -> None:
    for table in TABLES:
        op.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
        op.execute(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')
        op.execute(f'CREATE POLICY own ON "{table}" USING ({OWN}) WITH CHECK ({OWN})')
        op.execute(f'CREATE POLICY county ON "{table}" USING ({COUNTY}) WITH CHECK ({COUNTY})')
    for table, condition in PUBLISHED.items():
        op.execute(f'CREATE POLICY readers ON "{table}" FOR SELECT USING ({READERS} AND {condition})')


def _freeze() -> None:
    """Let reviews be added and never changed; the function of the fences exists since they do (0004)."""
    is_postgresql = op.get_context().dialect.name == "postgresql"
    for act in ("update", "delete"):
        does = (
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
            if is_postgresql
            else f"BEGIN SELECT RAISE(ABORT, 'rows of {FROZEN} are never changed'); END"
        )
        op.execute(f'CREATE TRIGGER {FROZEN}_{act}_refused BEFORE {act.upper()} ON "{FROZEN}" {does}')
