"""The portal's readers see the portraits of all units' leaders whom a unit has signed, for their sizes."""

from alembic import op

revision: str = "0029"
down_revision: str | None = "0028"

#: Asked once a statement, not for every row.
READERS = "(SELECT current_setting('app.reach', true) = 'published')"
SIGNED = (
    "EXISTS (SELECT 1 FROM leader l WHERE l.tenant_id = attachment.tenant_id "
    "AND l.portrait_id = attachment.id AND l.signed_id IS NOT NULL)"
)


def upgrade() -> None:
    """Let the portal's readers see them on PostgreSQL; elsewhere the ORM's guard is the only fence."""
    if op.get_context().dialect.name == "postgresql":
        op.execute(f"CREATE POLICY portraits ON attachment FOR SELECT USING ({READERS} AND {SIGNED})")


def downgrade() -> None:
    """Hide them again."""
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP POLICY portraits ON attachment")
