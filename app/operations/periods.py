"""What the office types of a period: from which minute to which, and on which subsites."""

from datetime import datetime

from sqlalchemy import select

from app.core.clock import COUNTY_ZONE, now
from app.core.database import db
from app.core.errors import RuleBroken
from app.tenancy.models import Tenant


def span_of(begins: str, ends: str) -> tuple[datetime, datetime]:
    """Read both minutes as a browser sends them. Raises RuleBroken where they are no period still to end."""
    begins_at, ends_at = _moment(begins, "开始"), _moment(ends, "结束")
    if begins_at >= ends_at:
        raise RuleBroken("结束时间要晚于开始时间，请核对。")
    if ends_at <= now():
        raise RuleBroken("结束时间已经过去，请核对日期。")
    return begins_at, ends_at


def units_of(portal: Tenant, slugs: frozenset[str]) -> list[int]:
    """Return the ids of subsites by their slugs. Raises RuleBroken where one is not the county's."""
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
