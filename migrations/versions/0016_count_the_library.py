"""Counts of the library that cost the same however long it is; months as tokens of the search."""

import sqlalchemy as sa
from alembic import op

revision: str = "0016"
down_revision: str | None = "0015"

KEY = ("portal_id", "scope", "unit_id", "genre", "subject", "year", "validity", "since", "part")
#: The first day: what held from it on was so when the document was indexed.
ALWAYS = "'0001-01-01'"
#: What a row of the library is counted by, in words that both databases understand but for a day more or less
#: and for the part; {0} is NEW or OLD, {1} is 1 or -1. A document's steps are the days after its indexing on
#: which something else holds of it: there what held before is counted off, and what holds then is counted.
DAYS = (
    "SELECT {0}.settled_on AS day "
    "UNION SELECT {0}.effective_on WHERE {0}.effective_on > {0}.settled_on "
    "UNION SELECT {0}.amended_since WHERE {0}.amended_since > {0}.settled_on "
    "UNION SELECT {0}.invalid_since WHERE {0}.invalid_since > {0}.settled_on "
    "UNION SELECT {after} WHERE {0}.expires_on >= {0}.settled_on"
)
HOLDS = (
    "CASE WHEN {0}.invalid_since <= {day} THEN "
    "CASE WHEN {0}.validity IN ('abolished', 'expired') THEN {0}.validity ELSE 'expired' END "
    "WHEN {0}.expires_on < {day} THEN 'expired' WHEN {0}.effective_on > {day} THEN 'pending' "
    "WHEN {0}.amended_since <= {day} OR ({0}.amended_since IS NULL AND {0}.validity = 'amended') "
    "THEN 'amended' ELSE 'valid' END"
)
STEPS = (
    "SELECT CASE WHEN day > {0}.settled_on THEN day ELSE {always} END AS since, {holds} AS validity, "
    "1 AS listed FROM ({days}) begun "
    "UNION ALL SELECT day, {held}, -1 FROM ({days}) ended WHERE day > {0}.settled_on"
)
SCOPES = " UNION ALL ".join(f"SELECT '{one}' AS scope" for one in ("county", "unit", "subject", "year"))
COUNT = (
    "INSERT INTO library_tally ({key}, listed) "
    "SELECT {0}.portal_id, scope, CASE WHEN scope = 'county' THEN 0 ELSE {0}.tenant_id END, {0}.genre, "
    "CASE WHEN scope IN ('county', 'subject') THEN {0}.subject ELSE '' END, "
    "CASE WHEN scope IN ('county', 'year') THEN {0}.year ELSE 0 END, "
    "validity, since, {part}, {1} * sum(listed) FROM ({steps}) steps CROSS JOIN ({scopes}) scopes "
    "WHERE true GROUP BY scope, validity, since HAVING sum(listed) <> 0 "
    "ON CONFLICT ({key}) DO UPDATE SET listed = library_tally.listed + excluded.listed"
)
#: Indexes every document once more, as of today, so that what counts it is called.
FIRST = "UPDATE library_entry SET settled_on = CURRENT_DATE"
MONTH = "'\uff5amonth' || to_char(to_timestamp(rowid >> 24) AT TIME ZONE 'Asia/Shanghai', 'YYYYMM')"
REMEMBER = (
    "UPDATE search_text SET title = title || array_to_tsvector(ARRAY[{month}]), "
    "everything = everything || array_to_tsvector(ARRAY[{month}])"
)
FORGET = (
    "UPDATE search_text SET title = ts_delete(title, {month}), everything = ts_delete(everything, {month})"
)


def upgrade() -> None:
    is_postgresql = op.get_context().dialect.name == "postgresql"
    op.add_column(
        "library_entry",
        sa.Column("settled_on", sa.Date(), nullable=False, server_default=sa.text(ALWAYS)),
    )
    op.create_index("ix_library_entry_subject", "library_entry", ["portal_id", "subject", "year"])
    op.create_table(
        "library_tally",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("portal_id", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(length=16), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("genre", sa.String(length=16), nullable=False),
        sa.Column("subject", sa.String(length=20), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("validity", sa.String(length=16), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("listed", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_library_tally")),
        sa.UniqueConstraint(*KEY, name="uq_library_tally_cell"),
    )
    op.create_index(
        "ix_library_tally_scope", "library_tally", ["portal_id", "scope", "subject", "year", "genre"]
    )
    if is_postgresql:
        _count_on_postgresql()
        op.execute(REMEMBER.format(month=MONTH))
    else:
        _count_on_sqlite()


def downgrade() -> None:
    is_postgresql = op.get_context().dialect.name == "postgresql"
    if is_postgresql:
        op.execute(FORGET.format(month=MONTH))
    for act in ("insert", "update", "delete"):
        op.execute(
            f"DROP TRIGGER library_entry_{act}_counted" + (" ON library_entry" if is_postgresql else "")
        )
    if is_postgresql:
        op.execute("DROP FUNCTION count_library_entry()")
    op.drop_table("library_tally")
    op.drop_index("ix_library_entry_subject", "library_entry")
    op.drop_column("library_entry", "settled_on")


def _count(row: str, sign: int, *, part: str, after: str, before: str, always: str) -> str:
    days = DAYS.format(row, after=after.format(f"{row}.expires_on"))
    holds, held = (HOLDS.format(row, day=day) for day in ("day", before.format("day")))
    steps = STEPS.format(row, holds=holds, held=held, days=days, always=always)
    return COUNT.format(row, sign, part=part, steps=steps, scopes=SCOPES, key=", ".join(KEY))


def _count_on_postgresql() -> None:
    """Let connections count in parts of their own: so they need not wait for each other."""
    words = {"part": "pg_backend_pid() % 8", "after": "{} + 1", "before": "({} - 1)"}
    words["always"] = f"DATE {ALWAYS}"
    op.execute(
        "CREATE FUNCTION count_library_entry() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_OP <> 'INSERT' AND TG_NARGS = 0 THEN {_count('OLD', -1, **words)}; END IF; "
        f"IF TG_OP <> 'DELETE' THEN {_count('NEW', 1, **words)}; END IF; RETURN NULL; END $$"
    )
    create = "CREATE TRIGGER library_entry_{}_counted AFTER {} ON library_entry FOR EACH ROW {}"
    execute = "EXECUTE FUNCTION count_library_entry({})"
    op.execute(create.format("first", "UPDATE", execute.format("'first'")))
    op.execute(FIRST)
    op.execute("DROP TRIGGER library_entry_first_counted ON library_entry")
    for act in ("insert", "update", "delete"):
        condition = "WHEN (OLD.* IS DISTINCT FROM NEW.*) " if act == "update" else ""
        op.execute(create.format(act, act.upper(), condition + execute.format("")))


def _count_on_sqlite() -> None:
    words = {"part": "0", "after": "date({}, '+1 day')", "before": "date({}, '-1 day')", "always": ALWAYS}
    off, on = _count("OLD", -1, **words), _count("NEW", 1, **words)
    create = "CREATE TRIGGER library_entry_{}_counted AFTER {} ON library_entry BEGIN {}; END"
    op.execute(create.format("first", "UPDATE", on))
    op.execute(FIRST)
    op.execute("DROP TRIGGER library_entry_first_counted")
    for act, counts in {"insert": on, "update": f"{off}; {on}", "delete": off}.items():
        op.execute(create.format(act, act.upper(), counts))
