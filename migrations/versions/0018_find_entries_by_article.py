"""Entries of a portal by the article alone: a search asks for those of hundreds at once."""

from alembic import op

revision: str = "0018"
down_revision: str | None = "0017"

NAME, TABLE = "ix_portal_entry_article", "portal_entry"


def upgrade() -> None:
    """Let the index begin with the article."""
    op.drop_index(NAME, TABLE)
    op.create_index(NAME, TABLE, ["article_id", "unit_id"])


def downgrade() -> None:
    """Let it begin with the unit again."""
    op.drop_index(NAME, TABLE)
    op.create_index(NAME, TABLE, ["unit_id", "article_id"])
