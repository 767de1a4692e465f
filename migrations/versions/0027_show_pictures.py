"""Whether a column's list shows small pictures beside its titles."""

import sqlalchemy as sa
from alembic import op

revision: str = "0027"
down_revision: str | None = "0026"


def upgrade() -> None:
    """Add the choice; lists stay as they are until somebody makes it."""
    op.add_column(
        "site_column", sa.Column("has_pictures", sa.Boolean(), nullable=False, server_default=sa.false())
    )


def downgrade() -> None:
    """Forget it."""
    op.drop_column("site_column", "has_pictures")
