"""Policies that ask once a statement who is reading, not once a row (DESIGN 4).

A setting that is compared within a policy is read again for every row, and PostgreSQL takes such a
comparison to be true of one row in two hundred: it then reads a county's entries from end to end where an
index has the first ones in order. Asked in a SELECT of its own, the answer is one value for the statement.
"""

import re
from collections.abc import Callable

import sqlalchemy as sa
from alembic import op

revision: str = "0017"
down_revision: str | None = "0016"

#: How PostgreSQL spells the two settings in a policy, and the same asked by itself.
PLAIN = (
    r"\(current_setting\('app\.reach'::text, true\) = '\w+'::text\)"
    r"|\(NULLIF\(current_setting\('app\.tenant'::text, true\), ''::text\)\)::integer"
)
ASKED = rf'\( SELECT ({PLAIN})(?: AS "\w+")?\)'
POLICIES = (
    "SELECT tablename, policyname, qual, with_check FROM pg_policies WHERE schemaname = current_schema()"
)


def upgrade() -> None:
    """Ask in a SELECT of its own."""
    _rewrite(lambda condition: re.sub(PLAIN, r"(SELECT \g<0>)", condition))


def downgrade() -> None:
    """Compare the settings themselves again."""
    _rewrite(lambda condition: re.sub(ASKED, r"\1", condition))


def _rewrite(rewritten: Callable[[str], str]) -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    for table, policy, using, check in op.get_bind().execute(sa.text(POLICIES)).all():
        parts = [f"USING ({rewritten(using)})"] if using else []
        parts += [f"WITH CHECK ({rewritten(check)})"] if check else []
        op.execute(sa.text(f'ALTER POLICY {policy} ON "{table}" {" ".join(parts)}'))
