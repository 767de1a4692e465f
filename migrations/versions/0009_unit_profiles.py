"""What units say of themselves, who changed it, and who signed it."""

import sqlalchemy as sa
from alembic import op

revision: str = "0009"
down_revision: str | None = "0008"

CARDS = ("profile", "leader", "office")
OWNED = (*CARDS, "profile_change", "profile_decision")
FROZEN = ("profile_change", "profile_decision")
OWN = "tenant_id = nullif(current_setting('app.tenant', true), '')::int"
COUNTY = "current_setting('app.reach', true) = 'county'"
READERS = "current_setting('app.reach', true) = 'published' AND signed_id IS NOT NULL"
#: A signature of the change's own author is none (S-64).
OWN_SIGNATURE = """
NEW.outcome = 'signed' AND EXISTS (
    SELECT 1 FROM profile_change c
    WHERE c.tenant_id = NEW.tenant_id AND c.id = NEW.change_id AND c.author_id = NEW.account_id
)
"""
REFUSAL = "a change is not signed by its author"


def upgrade() -> None:
    _create_changes()
    _create_profile()
    _create_leader()
    _create_office()
    is_postgresql = op.get_context().dialect.name == "postgresql"
    if is_postgresql:
        _secure_rows()
    for table in FROZEN:
        _freeze(table, is_postgresql=is_postgresql)
    _refuse_own_signature(is_postgresql=is_postgresql)


def downgrade() -> None:
    for table in (*CARDS, "profile_decision", "profile_change"):
        op.drop_table(table)
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_own_signature()")


def _owned(table: str) -> tuple[sa.Column | sa.Constraint, ...]:
    return (
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f(f"fk_{table}_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _id() -> sa.Column:
    return sa.Column("id", sa.Integer(), autoincrement=True, nullable=False)


def _words(**lengths: int) -> list[sa.Column]:
    return [sa.Column(name, sa.String(length=length), nullable=False) for name, length in lengths.items()]


def _key(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["tenant_id", column], [f"{to}.tenant_id", f"{to}.id"], name=op.f(f"fk_{table}_tenant_id_{column}")
    )


def _index(table: str) -> None:
    op.create_index(op.f(f"ix_{table}_tenant_id"), table, ["tenant_id"], unique=False)


def _create_changes() -> None:
    op.create_table(
        "profile_change",
        _id(),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("card_id", sa.Integer(), nullable=False),
        *_words(title=80),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["account.id"], name=op.f("fk_profile_change_author_id")),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_profile_change_tenant_id_id")),
        *_owned("profile_change"),
    )
    _index("profile_change")
    op.create_index("ix_profile_change_card", "profile_change", ["tenant_id", "kind", "card_id", "id"])
    op.create_table(
        "profile_decision",
        _id(),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        *_words(person=40, office=40, method=16, reason=300),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_profile_decision_account_id")),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_profile_decision_tenant_id_id")),
        sa.UniqueConstraint("tenant_id", "change_id", name=op.f("uq_profile_decision_tenant_id_change_id")),
        _key("profile_decision", "change_id", "profile_change"),
        *_owned("profile_decision"),
    )
    _index("profile_decision")


def _create_profile() -> None:
    op.create_table(
        "profile",
        _id(),
        sa.Column("signed_id", sa.Integer(), nullable=True),
        *_words(name=80),
        sa.Column("duties", sa.String(), nullable=False),
        *_words(address=120, office_hours=120, phone=60, fax=60, mailbox=80, postcode=10),
        sa.Column("map_id", sa.Integer(), nullable=True),
        *_words(map_file=48, map_number=60, contact_office=80, contact_address=120, contact_hours=120),
        *_words(contact_phone=60, contact_fax=60, contact_web=200),
        sa.Column("contact_changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("guide_confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.UniqueConstraint("tenant_id", name=op.f("uq_profile_tenant_id")),
        _key("profile", "map_id", "attachment"),
        _key("profile", "signed_id", "profile_decision"),
        *_owned("profile"),
    )
    _index("profile")


def _termed() -> list[sa.Column]:
    return [
        sa.Column("signed_id", sa.Integer(), nullable=True),
        *_words(name=80),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
    ]


def _create_leader() -> None:
    op.create_table(
        "leader",
        _id(),
        *_termed(),
        *_words(post=80, division=1000),
        sa.Column("resume", sa.String(), nullable=False),
        sa.Column("portrait_id", sa.Integer(), nullable=True),
        *_words(portrait_file=48),
        _key("leader", "portrait_id", "attachment"),
        _key("leader", "signed_id", "profile_decision"),
        *_owned("leader"),
    )
    _index("leader")


def _create_office() -> None:
    op.create_table(
        "office",
        _id(),
        *_termed(),
        *_words(head=40, phone=60, duties=1000, place=120),
        sa.Column("sort", sa.String(length=16), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_office_tenant_id_id")),
        _key("office", "parent_id", "office"),
        _key("office", "signed_id", "profile_decision"),
        *_owned("office"),
    )
    _index("office")


def _secure_rows() -> None:
    for table in OWNED:
        op.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
        op.execute(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')
        op.execute(f'CREATE POLICY own ON "{table}" USING ({OWN}) WITH CHECK ({OWN})')
        op.execute(f'CREATE POLICY county ON "{table}" USING ({COUNTY}) WITH CHECK ({COUNTY})')
    for table in CARDS:
        op.execute(f'CREATE POLICY readers ON "{table}" FOR SELECT USING ({READERS})')


def _freeze(table: str, *, is_postgresql: bool) -> None:
    """Let rows be added and never changed; the function of the fences exists since they do (0004)."""
    for act in ("update", "delete"):
        does = (
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
            if is_postgresql
            else f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are never changed'); END"
        )
        op.execute(f'CREATE TRIGGER {table}_{act}_refused BEFORE {act.upper()} ON "{table}" {does}')


def _refuse_own_signature(*, is_postgresql: bool) -> None:
    if not is_postgresql:
        op.execute(
            "CREATE TRIGGER profile_decision_own_refused BEFORE INSERT ON profile_decision "
            f"WHEN {OWN_SIGNATURE} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )
        return
    op.execute(
        "CREATE FUNCTION refuse_own_signature() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {OWN_SIGNATURE} THEN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'check_violation'; END IF; "
        "RETURN NEW; END $$"
    )
    op.execute(
        "CREATE TRIGGER profile_decision_own_refused BEFORE INSERT ON profile_decision "
        "FOR EACH ROW EXECUTE FUNCTION refuse_own_signature()"
    )
