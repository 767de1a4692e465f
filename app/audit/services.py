"""Adding to the record, and proving that nothing was changed, cut or slipped in (DESIGN 14, D4).

Everything of a row but its hash is hashed with the hash before it. The chain's end stands in its own row,
which is also the lock under which rows are added.
"""

import hashlib
import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import g, has_request_context, request
from sqlalchemy import select

from app.audit.models import AuditHead, AuditRow
from app.core.clock import now
from app.core.database import db

PLATFORM = "平台"
BATCH = 2_000


@dataclass(frozen=True)
class Actor:
    """Who acts: a person, or the platform itself in commands."""

    account_id: int | None
    name: str


@dataclass(frozen=True)
class Flaw:
    """The first row of a chain that is not what it was when it was written."""

    tenant_id: int
    number: int
    says: str


def act_as(account_id: int, name: str) -> None:
    """Name the person whose acts the rest of the request records."""
    g.actor = Actor(account_id, name)


def record(act: str, subject: str, *, tenant_id: int, before: object = None, after: object = None) -> None:
    """Add one act to the tenant's chain, in the transaction of the act itself.

    ``before`` and ``after`` are what changed, as plain data; dates are written as text.
    The scope must admit the tenant.
    """
    head = _locked_head(tenant_id)
    actor = g.get("actor", Actor(None, PLATFORM))
    row = AuditRow(
        tenant_id=tenant_id,
        number=head.number + 1,
        at=now(),
        account_id=actor.account_id,
        actor=actor.name,
        address=(request.remote_addr or "") if has_request_context() else "",
        act=act,
        subject=subject,
        detail=_canonical({"before": before, "after": after}),
        previous_hash=head.hash,
    )
    row.hash = hash_of(row)
    head.number, head.hash = row.number, row.hash
    db.session.add(row)
    db.session.flush()  # The next act in this transaction continues from this one.


def hash_of(row: AuditRow) -> str:
    """Return the SHA-256 of a row's fields, each preceded by its length, and of the hash before it."""
    fields = (
        row.tenant_id,
        row.number,
        row.at.astimezone(UTC).isoformat(),
        row.account_id,
        row.actor,
        row.address,
        row.act,
        row.subject,
        row.detail,
        row.previous_hash,
    )
    digest = hashlib.sha256()
    for field in fields:
        written = str(field).encode()
        digest.update(len(written).to_bytes(4, "big") + written)
    return digest.hexdigest()


def flaws(tenant_id: int) -> Iterator[Flaw]:
    """Yield the first flaw of a tenant's chain, if there is one: a changed, missing or added row."""
    number, previous = 0, ""
    rows = select(AuditRow).where(AuditRow.tenant_id == tenant_id).order_by(AuditRow.number)
    with closing(db.session.scalars(rows.execution_options(yield_per=BATCH))) as read:
        for row in read:
            number += 1
            if row.number != number:
                yield Flaw(tenant_id, number, f"缺少第 {number} 条记录")
                return
            if row.previous_hash != previous or row.hash != hash_of(row):
                yield Flaw(tenant_id, number, f"第 {number} 条记录被改动")
                return
            previous = row.hash
    head = db.session.scalar(select(AuditHead).where(AuditHead.tenant_id == tenant_id))
    if (head.number, head.hash) != (number, previous) if head else number:
        yield Flaw(tenant_id, number + 1, f"第 {number + 1} 条起的记录被删除")


def _locked_head(tenant_id: int) -> AuditHead:
    head = db.session.scalar(
        select(AuditHead)
        .where(AuditHead.tenant_id == tenant_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if head is None:
        head = AuditHead(tenant_id=tenant_id, number=0, hash="")
        db.session.add(head)
        db.session.flush()
    return head


def _canonical(value: object) -> str:
    def written(other: object) -> str:
        return other.isoformat() if isinstance(other, datetime) else str(other)

    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=written)
