"""Days of mourning: the county's pages turn grey and back by themselves, to the minute (MG-01)."""

from dataclasses import dataclass

from app.audit.services import record
from app.core.clock import now
from app.core.database import db
from app.core.errors import RuleBroken
from app.operations.periods import units_of
from app.pagecache.generations import raise_generation, turn_pages_at
from app.portal.banners import concerned, restate
from app.portal.spans import span_of
from app.tenancy.models import Mourning, Tenant

LONGEST_REASON = 80


@dataclass(frozen=True)
class Period:
    """What the office has typed: times of the county as its browser writes them."""

    begins: str
    ends: str
    reason: str
    units: frozenset[str] = frozenset()


def set_mourning(portal: Tenant, typed: Period) -> Mourning:
    """Let a county's pages be grey for a period; with units named, only theirs.

    Raises RuleBroken where the period is none, has passed, or a unit is not the county's.
    """
    begins_at, ends_at = span_of(typed.begins, typed.ends)
    reason = " ".join(typed.reason.split())
    if not reason or len(reason) > LONGEST_REASON:
        raise RuleBroken(f"请写明依据（例如上级通知的名称），不超过 {LONGEST_REASON} 个字。")
    row = Mourning(
        portal_id=portal.id,
        begins_at=begins_at,
        ends_at=ends_at,
        reason=reason,
        unit_ids=units_of(portal, typed.units),
    )
    db.session.add(row)
    db.session.flush()
    _turn(row, "mourning.set")
    turn_pages_at((begins_at, ends_at), *concerned(row))
    return row


def end_mourning(row: Mourning) -> None:
    """Let the pages have their colours again now; a period that has not begun is called off."""
    moment = now()
    if row.ends_at <= moment:
        raise RuleBroken("这一时段已经结束，不需要再结束。")
    row.ends_at = moment
    row.begins_at = min(row.begins_at, moment)
    _turn(row, "mourning.end")


def _turn(row: Mourning, act: str) -> None:
    restate(row.portal_id)
    raise_generation(*concerned(row))
    period = {"from": row.begins_at.isoformat(), "until": row.ends_at.isoformat(), "units": row.unit_ids}
    record(act, f"mourning:{row.id}", tenant_id=row.portal_id, after={**period, "reason": row.reason})
