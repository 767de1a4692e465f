"""Banners of the county over its subsites: set, and taken away before their time."""

from dataclasses import dataclass

from app.audit.services import record
from app.core.clock import now
from app.core.database import db
from app.core.errors import RuleBroken
from app.operations.periods import units_of
from app.pagecache.generations import raise_generation, turn_pages_at
from app.portal.banners import Banner, Level, concerned, restate, titled
from app.portal.spans import span_of
from app.tenancy.models import Tenant


@dataclass(frozen=True)
class Wanted:
    """What the office has typed: times of the county as its browser writes them."""

    article: int
    level: str
    begins: str
    ends: str
    units: frozenset[str] = frozenset()


def set_banner(portal: Tenant, wanted: Wanted) -> Banner:
    """Let a published text of the portal stand over the county's pages, or over those of some subsites.

    Raises RuleBroken where the text is not public, or the period is none or over.
    """
    if not titled(portal.id, wanted.article):
        raise RuleBroken("请选择一篇门户已经公开的信息：横幅只显示审签过的标题。")
    if wanted.level not in set(Level):
        raise RuleBroken("请选择横幅的级别。")
    begins_at, ends_at = span_of(wanted.begins, wanted.ends)
    row = Banner(
        portal_id=portal.id,
        article_id=wanted.article,
        level=Level(wanted.level),
        begins_at=begins_at,
        ends_at=ends_at,
        unit_ids=units_of(portal, wanted.units),
    )
    db.session.add(row)
    db.session.flush()
    _turn(row, "banner.set")
    turn_pages_at((begins_at, ends_at), *concerned(row))
    return row


def end_banner(row: Banner) -> None:
    """Take a banner away now; one that has not begun is called off."""
    moment = now()
    if row.ends_at <= moment:
        raise RuleBroken("这条横幅已经结束，不需要再结束。")
    row.ends_at = moment
    row.begins_at = min(row.begins_at, moment)
    _turn(row, "banner.end")


def _turn(row: Banner, act: str) -> None:
    db.session.flush()
    restate(row.portal_id)
    raise_generation(*concerned(row))
    period = {"from": row.begins_at.isoformat(), "until": row.ends_at.isoformat(), "units": row.unit_ids}
    record(act, f"article:{row.article_id}", tenant_id=row.portal_id, after={**period, "level": row.level})
