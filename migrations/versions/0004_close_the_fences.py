"""The database's own fences: rows stay with their tenant, and what was signed or recorded stays as it was.

Row-level security binds the owner too; who may see what is said by two settings of the transaction
(app/tenancy/scope.py). SQLite has no row-level security: there the guard and the composite keys hold.
"""

from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"

TENANT_OWNED = (
    "site_column",
    "article",
    "revision",
    "attachment",
    "revision_file",
    "move",
    "sign_off",
    "flag",
    "emergency",
    "incident",
    "portal_entry",
    "audit_row",
    "audit_head",
)
#: Tables whose rows are never changed and never deleted.
IMMUTABLE = ("revision", "move", "sign_off", "emergency", "audit_row")

OWN = "tenant_id = nullif(current_setting('app.tenant', true), '')::int"
COUNTY = "current_setting('app.reach', true) = 'county'"
READERS = "current_setting('app.reach', true) = 'published'"
#: What the portal's readers may see of other tenants; nothing of the tables that are not named.
PUBLISHED = {
    "site_column": "true",
    "article": "published_id IS NOT NULL",
    "revision": "EXISTS (SELECT 1 FROM article a WHERE a.tenant_id = revision.tenant_id "
    "AND a.published_id = revision.id)",
    "portal_entry": "is_listed AND hidden_at IS NULL",
}


def upgrade() -> None:
    if op.get_context().dialect.name == "postgresql":
        _secure_rows()
        _freeze_on_postgresql()
    else:
        _freeze_on_sqlite()


def downgrade() -> None:
    is_postgresql = op.get_context().dialect.name == "postgresql"
    for table in IMMUTABLE:
        for act in ("update", "delete"):
            of_table = f' ON "{table}"' if is_postgresql else ""
            op.execute(f"DROP TRIGGER {table}_{act}_refused{of_table}")
    if not is_postgresql:
        return
    op.execute("DROP FUNCTION refuse_change()")
    for table in PUBLISHED:
        op.execute(f'DROP POLICY readers ON "{table}"')
    for table in TENANT_OWNED:
        op.execute(f'DROP POLICY own ON "{table}"')
        op.execute(f'DROP POLICY county ON "{table}"')
        op.execute(f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY')
        op.execute(f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY')


def _secure_rows() -> None:
    for table in TENANT_OWNED:
        op.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
        op.execute(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')
        op.execute(f'CREATE POLICY own ON "{table}" USING ({OWN}) WITH CHECK ({OWN})')
        op.execute(f'CREATE POLICY county ON "{table}" USING ({COUNTY}) WITH CHECK ({COUNTY})')
    for table, condition in PUBLISHED.items():
        op.execute(f'CREATE POLICY readers ON "{table}" FOR SELECT USING ({READERS} AND {condition})')


def _freeze_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'rows of % are never changed', TG_TABLE_NAME; END $$"
    )
    for table in IMMUTABLE:
        for act in ("update", "delete"):
            op.execute(
                f'CREATE TRIGGER {table}_{act}_refused BEFORE {act.upper()} ON "{table}" '
                "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
            )


def _freeze_on_sqlite() -> None:
    for table in IMMUTABLE:
        for act in ("update", "delete"):
            op.execute(
                f'CREATE TRIGGER {table}_{act}_refused BEFORE {act.upper()} ON "{table}" '
                f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are never changed'); END"
            )
