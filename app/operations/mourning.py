"""Days of mourning: the county's pages turn grey and back by themselves, to the minute (MG-01)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.audit.services import record
from app.core.clock import COUNTY_ZONE, now
from app.core.database import db
from app.core.errors import RuleBroken
from app.pagecache.generations import raise_generation, turn_pages_at
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
    begins_at, ends_at = _moment(typed.begins, "开始"), _moment(typed.ends, "结束")
    reason = " ".join(typed.reason.split())
    if begins_at >= ends_at:
        raise RuleBroken("结束时间要晚于开始时间，请核对。")
    if ends_at <= now():
        raise RuleBroken("结束时间已经过去，请核对日期。")
    if not reason or len(reason) > LONGEST_REASON:
        raise RuleBroken(f"请写明依据（例如上级通知的名称），不超过 {LONGEST_REASON} 个字。")
    row = Mourning(
        portal_id=portal.id,
        begins_at=begins_at,
        ends_at=ends_at,
        reason=reason,
        unit_ids=_units(portal, typed.units),
    )
    db.session.add(row)
    db.session.flush()
    _turn(row, "mourning.set")
    turn_pages_at((begins_at, ends_at), *_concerned(row))
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
    raise_generation(*_concerned(row))
    period = {"from": row.begins_at.isoformat(), "until": row.ends_at.isoformat(), "units": row.unit_ids}
    record(act, f"mourning:{row.id}", tenant_id=row.portal_id, after={**period, "reason": row.reason})


def _concerned(row: Mourning) -> Collection[int]:
    if row.unit_ids:
        return row.unit_ids
    ids = select(Tenant.id).where((Tenant.id == row.portal_id) | (Tenant.portal_id == row.portal_id))
    return db.session.scalars(ids).all()


def _units(portal: Tenant, slugs: frozenset[str]) -> list[int]:
    of_county = (Tenant.portal_id == portal.id) | (Tenant.id == portal.id)
    found = db.session.scalars(select(Tenant.id).where(Tenant.slug.in_(slugs), of_county).order_by(Tenant.id))
    ids = list(found)
    if len(ids) != len(slugs):
        raise RuleBroken("所选的子站中有的不属于本县，请刷新页面后重新选择。")
    return ids


def _moment(typed: str, name: str) -> datetime:
    try:
        found = datetime.fromisoformat(typed.strip())
    except ValueError:
        raise RuleBroken(f"请填写{name}时间，例如 2026-12-13 00:00。") from None
    if not 2000 <= found.year <= 9000:  # noqa: PLR2004 - what both databases and time zones can hold
        raise RuleBroken(f"{name}时间的年份不对，请核对。")
    return found.replace(tzinfo=COUNTY_ZONE)
