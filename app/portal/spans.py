"""From which minute to which something stands over pages, as a browser sends it."""

from datetime import datetime

from app.core.clock import COUNTY_ZONE, now
from app.core.errors import RuleBroken


def span_of(begins: str, ends: str) -> tuple[datetime, datetime]:
    """Read both minutes as a browser sends them. Raises RuleBroken where they are no period still to end."""
    begins_at, ends_at = _moment(begins, "开始"), _moment(ends, "结束")
    if begins_at >= ends_at:
        raise RuleBroken("结束时间要晚于开始时间，请核对。")
    if ends_at <= now():
        raise RuleBroken("结束时间已经过去，请核对日期。")
    return begins_at, ends_at


def _moment(typed: str, name: str) -> datetime:
    try:
        found = datetime.fromisoformat(typed.strip())
    except ValueError:
        raise RuleBroken(f"请填写{name}时间，例如 2026-12-13 00:00。") from None
    if not 2000 <= found.year <= 9000:  # noqa: PLR2004 - what both databases and time zones can hold
        raise RuleBroken(f"{name}时间的年份不对，请核对。")
    return found.replace(tzinfo=COUNTY_ZONE)
