"""Columns, articles, their way to the readers, the portal's entries and the record."""

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"


def upgrade() -> None:  # noqa: PLR0915 - one statement a table and index
    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("extension", sa.String(length=8), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["created_by_id"], ["account.id"], name=op.f("fk_attachment_created_by_id")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_attachment_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_attachment_tenant_id_id")),
        sa.UniqueConstraint("token", name=op.f("uq_attachment_token")),
    )
    op.create_index(op.f("ix_attachment_tenant_id"), "attachment", ["tenant_id"], unique=False)
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_audit_head_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
        sa.UniqueConstraint("tenant_id", name=op.f("uq_audit_head_tenant_id")),
    )
    op.create_index(op.f("ix_audit_head_tenant_id"), "audit_head", ["tenant_id"], unique=False)
    op.create_table(
        "audit_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("address", sa.String(length=45), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_audit_row_account_id")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_audit_row_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_row")),
        sa.UniqueConstraint("tenant_id", "number", name=op.f("uq_audit_row_tenant_id_number")),
    )
    op.create_index("ix_audit_row_at", "audit_row", ["tenant_id", "at"], unique=False)
    op.create_index(op.f("ix_audit_row_tenant_id"), "audit_row", ["tenant_id"], unique=False)
    op.create_table(
        "site_column",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=40), nullable=False),
        sa.Column("type", sa.String(length=20), nullable=False),
        sa.Column("description", sa.String(length=200), nullable=False),
        sa.Column("keywords", sa.String(length=200), nullable=False),
        sa.Column("section", sa.String(length=16), nullable=False),
        sa.Column("block", sa.String(length=12), nullable=False),
        sa.Column("layout", sa.String(length=16), nullable=False),
        sa.Column("source", sa.String(length=80), nullable=False),
        sa.Column("max_gap_days", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_visible", sa.Boolean(), nullable=False),
        sa.Column("portal_id", sa.Integer(), nullable=True),
        sa.Column("portal_column_id", sa.Integer(), nullable=True),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["portal_id", "portal_column_id"],
            ["site_column.tenant_id", "site_column.id"],
            name=op.f("fk_site_column_portal_id_portal_column_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_site_column_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_column")),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_site_column_tenant_id_id")),
        sa.UniqueConstraint("tenant_id", "slug", name=op.f("uq_site_column_tenant_id_slug")),
    )
    op.create_index(op.f("ix_site_column_tenant_id"), "site_column", ["tenant_id"], unique=False)
    op.create_table(
        "article",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("column_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("head_id", sa.Integer(), nullable=True),
        sa.Column("published_id", sa.Integer(), nullable=True),
        sa.Column("first_published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("publish_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ending", sa.String(length=16), nullable=True),
        sa.Column("successor_id", sa.Integer(), nullable=True),
        sa.Column("invalid_since", sa.Date(), nullable=True),
        sa.Column("unsigned_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("keeper_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "column_id"],
            ["site_column.tenant_id", "site_column.id"],
            name=op.f("fk_article_tenant_id_column_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "id", "head_id"],
            ["revision.tenant_id", "revision.article_id", "revision.id"],
            name="fk_article_head",
            use_alter=True,
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "id", "published_id"],
            ["revision.tenant_id", "revision.article_id", "revision.id"],
            name="fk_article_published",
            use_alter=True,
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "successor_id"],
            ["article.tenant_id", "article.id"],
            name="fk_article_successor",
            use_alter=True,
        ),
        sa.ForeignKeyConstraint(["keeper_id"], ["account.id"], name=op.f("fk_article_keeper_id")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_article_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article")),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_article_tenant_id_id")),
    )
    op.create_index("ix_article_desk", "article", ["tenant_id", "state", "changed_at"], unique=False)
    op.create_index(
        "ix_article_listing",
        "article",
        ["tenant_id", "column_id", "first_published_at", "id"],
        unique=False,
        sqlite_where=sa.text("published_id IS NOT NULL"),
        postgresql_where=sa.text("published_id IS NOT NULL"),
    )
    op.create_index(op.f("ix_article_tenant_id"), "article", ["tenant_id"], unique=False)
    op.create_table(
        "portal_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("column_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(length=16), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("number_key", sa.String(length=60), nullable=True),
        sa.Column("text_key", sa.String(length=64), nullable=False),
        sa.Column("same_as_id", sa.Integer(), nullable=True),
        sa.Column("is_listed", sa.Boolean(), nullable=False),
        sa.Column("pinned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hidden_reason", sa.String(length=200), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["account.id"], name=op.f("fk_portal_entry_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "column_id"],
            ["site_column.tenant_id", "site_column.id"],
            name=op.f("fk_portal_entry_tenant_id_column_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "same_as_id"],
            ["portal_entry.tenant_id", "portal_entry.id"],
            name=op.f("fk_portal_entry_tenant_id_same_as_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_portal_entry_tenant_id")),
        sa.ForeignKeyConstraint(
            ["unit_id", "article_id"],
            ["article.tenant_id", "article.id"],
            name=op.f("fk_portal_entry_unit_id_article_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_portal_entry")),
        sa.UniqueConstraint(
            "tenant_id",
            "column_id",
            "unit_id",
            "article_id",
            name=op.f("uq_portal_entry_tenant_id_column_id_unit_id_article_id"),
        ),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_portal_entry_tenant_id_id")),
    )
    op.create_index("ix_portal_entry_article", "portal_entry", ["unit_id", "article_id"], unique=False)
    op.create_index(
        "ix_portal_entry_latest", "portal_entry", ["tenant_id", "published_at", "id"], unique=False
    )
    op.create_index(
        "ix_portal_entry_listing",
        "portal_entry",
        ["tenant_id", "column_id", "published_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_portal_entry_number", "portal_entry", ["tenant_id", "column_id", "number_key"], unique=False
    )
    op.create_index(op.f("ix_portal_entry_tenant_id"), "portal_entry", ["tenant_id"], unique=False)
    op.create_index(
        "ix_portal_entry_text", "portal_entry", ["tenant_id", "column_id", "text_key"], unique=False
    )
    op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("summary", sa.String(length=300), nullable=False),
        sa.Column("genre", sa.String(length=16), nullable=False),
        sa.Column("source", sa.String(length=80), nullable=False),
        sa.Column("source_url", sa.String(length=300), nullable=False),
        sa.Column("document_number", sa.String(length=60), nullable=False),
        sa.Column("formed_on", sa.Date(), nullable=True),
        sa.Column("printed_on", sa.Date(), nullable=True),
        sa.Column("keywords", sa.String(length=120), nullable=False),
        sa.Column("issuer", sa.String(length=80), nullable=False),
        sa.Column("signatory", sa.String(length=40), nullable=False),
        sa.Column("recipients", sa.String(length=300), nullable=False),
        sa.Column("copies", sa.String(length=500), nullable=False),
        sa.Column("printer", sa.String(length=80), nullable=False),
        sa.Column("note", sa.String(length=120), nullable=False),
        sa.Column("attribute", sa.String(length=16), nullable=False),
        sa.Column("attribute_clause", sa.String(length=20), nullable=False),
        sa.Column("attribute_reason", sa.String(length=200), nullable=False),
        sa.Column("secrecy", sa.String(length=16), nullable=False),
        sa.Column("basis", sa.String(length=20), nullable=False),
        sa.Column("correction", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["account.id"], name=op.f("fk_revision_author_id")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "article_id"],
            ["article.tenant_id", "article.id"],
            name=op.f("fk_revision_tenant_id_article_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_revision_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
        sa.UniqueConstraint(
            "tenant_id", "article_id", "id", name=op.f("uq_revision_tenant_id_article_id_id")
        ),
        sa.UniqueConstraint(
            "tenant_id", "article_id", "number", name=op.f("uq_revision_tenant_id_article_id_number")
        ),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_revision_tenant_id_id")),
    )
    op.create_index(op.f("ix_revision_tenant_id"), "revision", ["tenant_id"], unique=False)
    op.create_table(
        "move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=16), nullable=False),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("target", sa.String(length=16), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_move_account_id")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "article_id", "revision_id"],
            ["revision.tenant_id", "revision.article_id", "revision.id"],
            name=op.f("fk_move_tenant_id_article_id_revision_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_move_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_move")),
    )
    op.create_index("ix_move_article", "move", ["tenant_id", "article_id", "id"], unique=False)
    op.create_index(op.f("ix_move_tenant_id"), "move", ["tenant_id"], unique=False)
    op.create_table(
        "revision_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "attachment_id"],
            ["attachment.tenant_id", "attachment.id"],
            name=op.f("fk_revision_file_tenant_id_attachment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "revision_id"],
            ["revision.tenant_id", "revision.id"],
            name=op.f("fk_revision_file_tenant_id_revision_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_revision_file_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision_file")),
        sa.UniqueConstraint(
            "tenant_id",
            "revision_id",
            "position",
            name=op.f("uq_revision_file_tenant_id_revision_id_position"),
        ),
    )
    op.create_index(op.f("ix_revision_file_attachment_id"), "revision_file", ["attachment_id"], unique=False)
    op.create_index(op.f("ix_revision_file_revision_id"), "revision_file", ["revision_id"], unique=False)
    op.create_index(op.f("ix_revision_file_tenant_id"), "revision_file", ["tenant_id"], unique=False)
    op.create_table(
        "sign_off",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("signer_name", sa.String(length=40), nullable=False),
        sa.Column("office", sa.String(length=40), nullable=False),
        sa.Column("method", sa.String(length=16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_sign_off_account_id")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "article_id", "revision_id"],
            ["revision.tenant_id", "revision.article_id", "revision.id"],
            name=op.f("fk_sign_off_tenant_id_article_id_revision_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_sign_off_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_off")),
    )
    op.create_index("ix_sign_off_revision", "sign_off", ["tenant_id", "revision_id"], unique=False)
    op.create_index(op.f("ix_sign_off_tenant_id"), "sign_off", ["tenant_id"], unique=False)
    if op.get_context().dialect.name == "postgresql":  # SQLite took them with the table.
        for column in ("head", "published"):
            op.create_foreign_key(
                f"fk_article_{column}",
                "article",
                "revision",
                ["tenant_id", "id", f"{column}_id"],
                ["tenant_id", "article_id", "id"],
            )
        op.create_foreign_key(
            "fk_article_successor", "article", "article", ["tenant_id", "successor_id"], ["tenant_id", "id"]
        )


def downgrade() -> None:
    if op.get_context().dialect.name == "postgresql":
        for column in ("head", "published"):
            op.drop_constraint(f"fk_article_{column}", "article", type_="foreignkey")
    op.execute(
        "UPDATE article SET head_id = NULL, published_id = NULL, successor_id = NULL"
    )  # Article and revision name each other.
    op.drop_table("sign_off")
    op.drop_table("revision_file")
    op.drop_table("move")
    op.drop_table("revision")
    op.drop_table("portal_entry")
    op.drop_table("article")
    op.drop_table("site_column")
    op.drop_table("audit_row")
    op.drop_table("audit_head")
    op.drop_table("attachment")
