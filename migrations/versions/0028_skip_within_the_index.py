"""Pages far down in a portal's list are skipped to within the index: no entry is opened for that."""

import sqlalchemy as sa
from alembic import op

revision: str = "0028"
down_revision: str | None = "0027"

NAME = "ix_portal_entry_listing"
BEFORE = ("tenant_id", "column_id", "is_pinned", "published_at", "id")
LISTED = "is_listed{} AND hidden_at IS NULL AND same_as_id IS NULL"


def upgrade() -> None:
    """Add what is asked of each entry, by the list (of an open unit?) and by the policy of the table."""
    _make(*BEFORE, "unit_id", "is_listed", "hidden_at")


def downgrade() -> None:
    """Ask the table."""
    _make(*BEFORE)


def _make(*columns: str) -> None:
    op.drop_index(NAME, "portal_entry")
    op.create_index(
        NAME,
        "portal_entry",
        columns,
        sqlite_where=sa.text(LISTED.format(" = 1")),
        postgresql_where=sa.text(LISTED.format("")),
    )
