"""The portal's readers see which files published texts of all units have, for their pictures in its lists."""

from alembic import op

revision: str = "0026"
down_revision: str | None = "0025"

#: Asked once a statement, not for every row.
READERS = "(SELECT current_setting('app.reach', true) = 'published')"
#: Files of published texts; a file is looked up by its texts, which the first condition is about.
PUBLISHED = {
    "revision_file": "EXISTS (SELECT 1 FROM revision r JOIN article a ON a.tenant_id = r.tenant_id "
    "AND a.id = r.article_id AND a.published_id = r.id "
    "WHERE r.tenant_id = revision_file.tenant_id AND r.id = revision_file.revision_id)",
    "attachment": "EXISTS (SELECT 1 FROM revision_file f "
    "WHERE f.tenant_id = attachment.tenant_id AND f.attachment_id = attachment.id)",
}


def upgrade() -> None:
    """Let the portal's readers see them on PostgreSQL; elsewhere the ORM's guard is the only fence."""
    if op.get_context().dialect.name == "postgresql":
        for table, condition in PUBLISHED.items():
            op.execute(f"CREATE POLICY readers ON {table} FOR SELECT USING ({READERS} AND {condition})")


def downgrade() -> None:
    """Hide them again."""
    if op.get_context().dialect.name == "postgresql":
        for table in reversed(PUBLISHED):
            op.execute(f"DROP POLICY readers ON {table}")
