"""The second in which a subsite's pages were last changed, beside the number that the change raises."""

import sqlalchemy as sa
from alembic import op

revision: str = "0025"
down_revision: str | None = "0024"


def upgrade() -> None:
    """Add the stamp; what changed before is not known, and the start of the program is told instead."""
    op.add_column("tenant", sa.Column("changed_second", sa.BigInteger(), nullable=False, server_default="0"))


def downgrade() -> None:
    """Forget the stamps."""
    op.drop_column("tenant", "changed_second")
