"""Relations between documents, interpretations not needed, the library's index, and collections."""

import sqlalchemy as sa
from alembic import op

revision: str = "0011"
down_revision: str | None = "0010"

OWNED = (
    "document_link",
    "interpretation_exemption",
    "library_entry",
    "collection",
    "collection_entry",
)
#: What readers may see of other tenants.
PUBLISHED = {
    "document_link": "signed_at IS NOT NULL AND agreed_at IS NOT NULL",
    "library_entry": "true",
    "collection": "true",
    "collection_entry": "true",
}
OWN = "tenant_id = nullif(current_setting('app.tenant', true), '')::int"
COUNTY = "current_setting('app.reach', true) = 'county'"
READERS = "current_setting('app.reach', true) = 'published'"


def upgrade() -> None:
    for name in ("expired_since", "amended_since"):
        op.add_column("article", sa.Column(name, sa.Date(), nullable=True))
    op.execute("UPDATE article SET expired_since = invalid_since WHERE invalid_since IS NOT NULL")
    op.execute("UPDATE article SET validity = 'expired' WHERE invalid_since IS NOT NULL")
    _create_links()
    _create_library()
    _create_collections()
    for table in OWNED:
        op.create_index(op.f(f"ix_{table}_tenant_id"), table, ["tenant_id"], unique=False)
    if op.get_context().dialect.name == "postgresql":
        _secure_rows()


def downgrade() -> None:
    for table in reversed(OWNED):
        op.drop_table(table)
    for name in ("amended_since", "expired_since"):
        op.drop_column("article", name)


def _owned(table: str, *parts: sa.schema.SchemaItem) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        *parts,
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f(f"fk_{table}_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _of_article(table: str, tenant: str, article: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [tenant, article],
        ["article.tenant_id", "article.id"],
        name=op.f(f"fk_{table}_{tenant}_{article}"),
    )


def _moment(name: str, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _create_links() -> None:
    table = "document_link"
    _owned(
        table,
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=16), nullable=True),
        sa.Column("proposed_by_id", sa.Integer(), nullable=True),
        _moment("proposed_at", nullable=False),
        _moment("signed_at"),
        _moment("agreed_at"),
        _moment("refused_at"),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("refusal", sa.String(length=300), nullable=False),
        _of_article(table, "tenant_id", "article_id"),
        _of_article(table, "unit_id", "target_id"),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["account.id"], name=op.f(f"fk_{table}_proposed_by_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["account.id"], name=op.f(f"fk_{table}_decided_by_id")),
        sa.UniqueConstraint(
            *("tenant_id", "article_id", "kind", "unit_id", "target_id"),
            name=op.f(f"uq_{table}_tenant_id_article_id_kind_unit_id_target_id"),
        ),
    )
    op.create_index("ix_document_link_target", table, ["unit_id", "target_id"], unique=False)
    table = "interpretation_exemption"
    _owned(
        table,
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        _moment("at", nullable=False),
        _of_article(table, "tenant_id", "article_id"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f(f"fk_{table}_account_id")),
        sa.UniqueConstraint("tenant_id", "article_id", name=op.f(f"uq_{table}_tenant_id_article_id")),
    )


def _create_library() -> None:
    table = "library_entry"
    _owned(
        table,
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("portal_id", sa.Integer(), nullable=False),
        sa.Column("genre", sa.String(length=16), nullable=False),
        sa.Column("subject", sa.String(length=20), nullable=False),
        _moment("published_at", nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("agency", sa.String(length=60), nullable=False),
        sa.Column("number_year", sa.Integer(), nullable=True),
        sa.Column("serial", sa.Integer(), nullable=True),
        sa.Column("plan_period", sa.String(length=20), nullable=False),
        _moment("period_until"),
        sa.Column("validity", sa.String(length=16), nullable=False),
        *(
            sa.Column(name, sa.Date(), nullable=True)
            for name in ("invalid_since", "amended_since", "effective_on", "expires_on")
        ),
        _of_article(table, "tenant_id", "article_id"),
        sa.ForeignKeyConstraint(["portal_id"], ["tenant.id"], name=op.f(f"fk_{table}_portal_id")),
        sa.UniqueConstraint("tenant_id", "article_id", name=op.f(f"uq_{table}_tenant_id_article_id")),
    )
    indexes = {
        "portal": ["portal_id", "published_at", "article_id"],
        "unit": ["tenant_id", "published_at", "article_id"],
        "dated": ["portal_id", "dated_on", "article_id"],
        "number": ["portal_id", "serial", "number_year"],
        "genre": ["portal_id", "genre", "published_at"],
        "period": ["portal_id", "genre", "period_until"],
    }
    for name, columns in indexes.items():
        op.create_index(f"ix_{table}_{name}", table, columns, unique=False)


def _create_collections() -> None:
    _owned(
        "collection",
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("description", sa.String(length=500), nullable=False),
        _moment("created_at", nullable=False),
        _moment("changed_at", nullable=False),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_collection_tenant_id_id")),
    )
    table = "collection_entry"
    _owned(
        table,
        sa.Column("collection_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "collection_id"],
            ["collection.tenant_id", "collection.id"],
            name=op.f(f"fk_{table}_tenant_id_collection_id"),
        ),
        _of_article(table, "unit_id", "article_id"),
        sa.UniqueConstraint(
            *("tenant_id", "collection_id", "unit_id", "article_id"),
            name=op.f(f"uq_{table}_tenant_id_collection_id_unit_id_article_id"),
        ),
    )
    op.create_index("ix_collection_entry_article", table, ["unit_id", "article_id"], unique=False)


def _secure_rows() -> None:
    for table in OWNED:
        op.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
        op.execute(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')
        op.execute(f'CREATE POLICY own ON "{table}" USING ({OWN}) WITH CHECK ({OWN})')
        op.execute(f'CREATE POLICY county ON "{table}" USING ({COUNTY}) WITH CHECK ({COUNTY})')
    for table, condition in PUBLISHED.items():
        op.execute(f'CREATE POLICY readers ON "{table}" FOR SELECT USING ({READERS} AND {condition})')
