"""Lists of the portal that cost the same however long they are: indexes in their order, and counts kept."""

import sqlalchemy as sa
from alembic import op

revision: str = "0015"
down_revision: str | None = "0014"

OWN = "tenant_id = nullif(current_setting('app.tenant', true), '')::int"
COUNTY = "current_setting('app.reach', true) = 'county'"
READERS = "current_setting('app.reach', true) = 'published'"
#: Which texts are public: asked by the article's key, where it was by all articles of the unit.
PUBLISHED_BEFORE = (
    "EXISTS (SELECT 1 FROM article a WHERE a.tenant_id = revision.tenant_id AND a.published_id = revision.id)"
)
PUBLISHED_BY_ARTICLE = PUBLISHED_BEFORE.replace(
    "a.published_id", "a.id = revision.article_id AND a.published_id"
)
LISTED = "is_listed {} AND hidden_at IS NULL AND same_as_id IS NULL"
INDEXES = {
    "ix_portal_entry_listing": ["tenant_id", "column_id", "is_pinned", "published_at", "id"],
    "ix_portal_entry_front": ["tenant_id", "is_pinned", "published_at", "id"],
    "ix_portal_entry_latest": ["tenant_id", "published_at", "id"],
}
BEFORE = {
    "ix_portal_entry_listing": ["tenant_id", "column_id", "published_at", "id"],
    "ix_portal_entry_latest": ["tenant_id", "published_at", "id"],
}
#: Whether lists show a row, 1 or 0, in words that both databases understand.
SHOWN = "(CASE WHEN {0}.is_listed AND {0}.hidden_at IS NULL AND {0}.same_as_id IS NULL THEN 1 ELSE 0 END)"
COUNT = (
    "INSERT INTO portal_tally (tenant_id, column_id, unit_id, listed) "
    "VALUES ({row}.tenant_id, {row}.column_id, {row}.unit_id, {change}) "
    "ON CONFLICT (tenant_id, column_id, unit_id) DO UPDATE SET listed = portal_tally.listed + excluded.listed"
)


def upgrade() -> None:
    op.add_column(
        "portal_entry", sa.Column("is_pinned", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.execute("UPDATE portal_entry SET is_pinned = true WHERE pinned_at IS NOT NULL")
    for name in BEFORE:
        op.drop_index(name, "portal_entry")
    for name, columns in INDEXES.items():
        op.create_index(
            name,
            "portal_entry",
            columns,
            sqlite_where=sa.text(LISTED.format("= 1")),
            postgresql_where=sa.text(LISTED.format("").replace("  ", " ")),
        )
    op.create_index(
        "ix_portal_entry_same",
        "portal_entry",
        ["tenant_id", "same_as_id"],
        sqlite_where=sa.text("same_as_id IS NOT NULL"),
        postgresql_where=sa.text("same_as_id IS NOT NULL"),
    )
    op.create_table(
        "portal_tally",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("column_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("listed", sa.Integer(), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_portal_tally_tenant_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["tenant.id"], name=op.f("fk_portal_tally_unit_id")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "column_id"],
            ["site_column.tenant_id", "site_column.id"],
            name=op.f("fk_portal_tally_tenant_id_column_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_portal_tally")),
        sa.UniqueConstraint(
            "tenant_id", "column_id", "unit_id", name=op.f("uq_portal_tally_tenant_id_column_id_unit_id")
        ),
    )
    op.create_index(op.f("ix_portal_tally_tenant_id"), "portal_tally", ["tenant_id"], unique=False)
    op.execute(
        "INSERT INTO portal_tally (tenant_id, column_id, unit_id, listed) "
        "SELECT tenant_id, column_id, unit_id, count(*) FROM portal_entry "
        "WHERE is_listed AND hidden_at IS NULL AND same_as_id IS NULL GROUP BY tenant_id, column_id, unit_id"
    )
    if op.get_context().dialect.name == "postgresql":
        _secure_rows()
        _read_revisions(PUBLISHED_BY_ARTICLE)
        _count_on_postgresql()
    else:
        _count_on_sqlite()


def downgrade() -> None:
    is_postgresql = op.get_context().dialect.name == "postgresql"
    for act in ("insert", "update"):
        op.execute(f"DROP TRIGGER portal_entry_{act}_counted" + (" ON portal_entry" if is_postgresql else ""))
    if is_postgresql:
        op.execute("DROP FUNCTION count_portal_entry()")
        _read_revisions(PUBLISHED_BEFORE)
    op.drop_table("portal_tally")
    for name in (*INDEXES, "ix_portal_entry_same"):
        op.drop_index(name, "portal_entry")
    op.drop_column("portal_entry", "is_pinned")
    for name, columns in BEFORE.items():
        op.create_index(name, "portal_entry", columns)


def _secure_rows() -> None:
    op.execute("ALTER TABLE portal_tally ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE portal_tally FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY own ON portal_tally USING ({OWN}) WITH CHECK ({OWN})")
    op.execute(f"CREATE POLICY county ON portal_tally USING ({COUNTY}) WITH CHECK ({COUNTY})")
    op.execute(f"CREATE POLICY readers ON portal_tally FOR SELECT USING ({READERS})")


def _read_revisions(condition: str) -> None:
    """Say which texts the portal's readers see; each is looked up by its article's key."""
    op.execute("DROP POLICY readers ON revision")
    op.execute(f"CREATE POLICY readers ON revision FOR SELECT USING ({READERS} AND {condition})")


def _count_on_postgresql() -> None:
    for act, change in _changes().items():
        condition = f"WHEN ({change} <> 0) " if act == "update" else f"WHEN ({change} = 1) "
        if act == "insert":
            op.execute(
                "CREATE FUNCTION count_portal_entry() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                f"IF TG_OP = 'INSERT' THEN {COUNT.format(row='NEW', change='1')}; "
                f"ELSE {COUNT.format(row='NEW', change=_changes()['update'])}; END IF; RETURN NULL; END $$"
            )
        op.execute(
            f"CREATE TRIGGER portal_entry_{act}_counted AFTER {act.upper()} ON portal_entry "
            f"FOR EACH ROW {condition}EXECUTE FUNCTION count_portal_entry()"
        )


def _count_on_sqlite() -> None:
    for act, change in _changes().items():
        op.execute(
            f"CREATE TRIGGER portal_entry_{act}_counted AFTER {act.upper()} ON portal_entry "
            f"WHEN {change} <> 0 BEGIN {COUNT.format(row='NEW', change=change)}; END"
        )


def _changes() -> dict[str, str]:
    """Return by how much each act changes the number of what lists show."""
    now, before = SHOWN.format("NEW"), SHOWN.format("OLD")
    return {"insert": now, "update": f"({now} - {before})"}
