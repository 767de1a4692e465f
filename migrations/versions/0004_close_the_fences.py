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

#: What may be public: a text that is open and not secret, signed by another than its writer, and by the
#: leader too where a mark asks for it; or one on the operator's word (S-64, S-65, GK-06, D1).
SIGNED = """
EXISTS (
    SELECT 1 FROM revision r
    WHERE r.tenant_id = NEW.tenant_id AND r.id = NEW.published_id
    AND r.secrecy = 'none' AND r.attribute = 'open'
) AND (
    EXISTS (SELECT 1 FROM emergency e WHERE e.tenant_id = NEW.tenant_id AND e.revision_id = NEW.published_id)
    OR EXISTS (
        SELECT 1 FROM sign_off s JOIN revision r ON r.tenant_id = s.tenant_id AND r.id = s.revision_id
        WHERE s.tenant_id = NEW.tenant_id AND s.revision_id = NEW.published_id AND s.level = 1
        AND s.digest = r.digest AND s.account_id <> r.author_id
        AND (
            NOT EXISTS (
                SELECT 1 FROM flag f
                WHERE f.tenant_id = NEW.tenant_id AND f.article_id = NEW.id AND f.lifted_at IS NULL
            ) OR EXISTS (
                SELECT 1 FROM sign_off l
                WHERE l.tenant_id = s.tenant_id AND l.revision_id = s.revision_id AND l.level = 2
                AND l.digest = r.digest AND l.account_id NOT IN (s.account_id, r.author_id)
            )
        )
    )
)
"""
UNSIGNED = "a text is public only when it is open and signed"
OTHER_TIME = "the time of a publication that has come is never changed"


def upgrade() -> None:
    if op.get_context().dialect.name == "postgresql":
        _secure_rows()
        _freeze_on_postgresql()
        _refuse_unsigned_on_postgresql()
    else:
        _freeze_on_sqlite()
        _refuse_unsigned_on_sqlite()


def downgrade() -> None:
    is_postgresql = op.get_context().dialect.name == "postgresql"
    for table in IMMUTABLE:
        for act in ("update", "delete"):
            of_table = f' ON "{table}"' if is_postgresql else ""
            op.execute(f"DROP TRIGGER {table}_{act}_refused{of_table}")
        if is_postgresql:
            op.execute(f'DROP TRIGGER {table}_truncate_refused ON "{table}"')
    for name in ("article_signed_insert", "article_signed_update", "article_publication_time"):
        op.execute(f"DROP TRIGGER {name}" + (" ON article" if is_postgresql else ""))
    if not is_postgresql:
        return
    for name in ("refuse_unsigned", "refuse_other_time", "refuse_change"):
        op.execute(f"DROP FUNCTION {name}()")
    _open_rows()


def _open_rows() -> None:
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
        op.execute(
            f'CREATE TRIGGER {table}_truncate_refused BEFORE TRUNCATE ON "{table}" '
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )


def _freeze_on_sqlite() -> None:
    for table in IMMUTABLE:
        for act in ("update", "delete"):
            op.execute(
                f'CREATE TRIGGER {table}_{act}_refused BEFORE {act.upper()} ON "{table}" '
                f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are never changed'); END"
            )


def _refuse_unsigned_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION refuse_unsigned() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF NOT ({SIGNED}) THEN RAISE EXCEPTION '{UNSIGNED}'; END IF; RETURN NEW; END $$"
    )
    op.execute(
        "CREATE FUNCTION refuse_other_time() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{OTHER_TIME}'; END $$"
    )
    body = "FOR EACH ROW WHEN ({}) EXECUTE FUNCTION {}()"
    changes = "NEW.published_id IS NOT NULL AND NEW.published_id IS DISTINCT FROM OLD.published_id"
    for act, when in (("insert", "NEW.published_id IS NOT NULL"), ("update", changes)):
        op.execute(
            f"CREATE TRIGGER article_signed_{act} BEFORE {act.upper()} ON article "
            + body.format(when, "refuse_unsigned")
        )
    moved = (
        "OLD.first_published_at <= now() AND NEW.first_published_at IS DISTINCT FROM OLD.first_published_at"
    )
    op.execute(
        "CREATE TRIGGER article_publication_time BEFORE UPDATE ON article "
        + body.format(moved, "refuse_other_time")
    )


def _refuse_unsigned_on_sqlite() -> None:
    changes = "NEW.published_id IS NOT NULL AND NEW.published_id IS NOT OLD.published_id"
    for act, when in (("insert", "NEW.published_id IS NOT NULL"), ("update", changes)):
        op.execute(
            f"CREATE TRIGGER article_signed_{act} BEFORE {act.upper()} ON article "
            f"WHEN {when} AND NOT ({SIGNED}) BEGIN SELECT RAISE(ABORT, '{UNSIGNED}'); END"
        )
    op.execute(
        "CREATE TRIGGER article_publication_time BEFORE UPDATE ON article "
        "WHEN OLD.first_published_at <= strftime('%Y-%m-%d %H:%M:%f', 'now') "
        "AND NEW.first_published_at IS NOT OLD.first_published_at "
        f"BEGIN SELECT RAISE(ABORT, '{OTHER_TIME}'); END"
    )
