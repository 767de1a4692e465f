"""What is known of a picture without opening it: its measures, and which smaller sizes lie beside it."""

import sqlalchemy as sa
from alembic import op

revision: str = "0024"
down_revision: str | None = "0023"


def upgrade() -> None:
    """Add what `flask pictures make` fills in for pictures that are there already."""
    op.add_column("attachment", sa.Column("width", sa.Integer(), nullable=True))
    op.add_column("attachment", sa.Column("height", sa.Integer(), nullable=True))
    op.add_column("attachment", sa.Column("sizes", sa.String(length=120), nullable=False, server_default=""))


def downgrade() -> None:
    """Forget them; the sizes in the storage harm nobody."""
    for name in ("sizes", "height", "width"):
        op.drop_column("attachment", name)
