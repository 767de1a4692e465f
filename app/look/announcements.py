"""What a unit says over its own subsite for a time (站点公告): a signed text of its own, by the text's title.

As with the county's banners nothing goes out unsigned: an announcement has no words of its own, and is gone
with the text that it leads to. It stands below the county's banners and takes none of them away. What runs or
is still to come stands beside the subsite, so that a page knows without asking; the record keeps what was.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.audit.services import record
from app.core.clock import now
from app.core.errors import RuleBroken
from app.look.services import locked_tenant
from app.pagecache.generations import raise_generation, turn_pages_at
from app.portal.banners import running, titled
from app.portal.spans import span_of
from app.tenancy.current import current_tenant
from app.tenancy.models import Tenant

ANNOUNCEMENT = "announcement"
#: At once and to come: who says more is not read.
MOST = 3


@dataclass(frozen=True)
class Announcement:
    """A text that stands over the subsite, or will."""

    article_id: int
    #: Empty where the text is public no more: then nothing is shown.
    title: str
    begins_at: datetime
    ends_at: datetime
    is_running: bool


def announce(article_id: int, begins: str, ends: str) -> None:
    """Let a published text of the unit stand over its pages from one minute to another.

    Raises RuleBroken where the text is not public, the period is none or over, or there are enough already.
    """
    tenant = locked_tenant()
    if current_tenant.is_portal:
        raise RuleBroken("门户的公告请在县级运维的“全县横幅”中设置。")
    if not titled(tenant.id, article_id):
        raise RuleBroken("请选择一篇本单位已经公开的信息：公告只显示审签过的标题。")
    begins_at, ends_at = span_of(begins, ends)
    live = _live(tenant)
    if any(one["article"] == article_id for one in live):
        raise RuleBroken("这篇信息已经是站点公告。要改时间，请先结束，再重新设置。")
    if len(live) >= MOST:
        raise RuleBroken(f"站点公告最多同时设 {MOST} 条。请先结束一条，再设置新的。")
    stated = {"from": begins_at.isoformat(), "until": ends_at.isoformat()}
    _restate(tenant, [*live, {"kind": ANNOUNCEMENT, **stated, "units": [], "article": article_id}])
    record("announcement.set", f"article:{article_id}", tenant_id=tenant.id, after=stated)
    turn_pages_at((begins_at, ends_at), tenant.id)


def end(article_id: int) -> None:
    """Take an announcement away now; one that has not begun is called off."""
    tenant = locked_tenant()
    live = _live(tenant)
    left = [one for one in live if one["article"] != article_id]
    if len(left) == len(live):
        raise RuleBroken("这条公告已经结束，不需要再结束。")
    _restate(tenant, left)
    record("announcement.end", f"article:{article_id}", tenant_id=tenant.id)


def announced(tenant: Tenant) -> list[Announcement]:
    """Return what runs and what is still to come, in the order of its beginning."""
    live = sorted(_live(tenant), key=lambda one: str(one["from"]))
    titles = _titles(tenant, live)
    running_now = running(tenant, tenant.id, ANNOUNCEMENT)
    return [
        Announcement(
            article_id=one["article"],
            title=titles.get(one["article"], ("", ""))[0],
            begins_at=datetime.fromisoformat(one["from"]),
            ends_at=datetime.fromisoformat(one["until"]),
            is_running=one in running_now,
        )
        for one in live
    ]


def announcements_now(tenant: Tenant) -> list[tuple[str, str]]:
    """Return title and path of what a subsite announces at this moment."""
    live = running(tenant, tenant.id, ANNOUNCEMENT)
    titles = _titles(tenant, live)
    return [titles[one["article"]] for one in live if one["article"] in titles]


def _titles(tenant: Tenant, live: list[dict[str, Any]]) -> dict[int, tuple[str, str]]:
    if not live:
        return {}
    found = titled(tenant.id, *(one["article"] for one in live))
    return {text.id: (text.title, text.path) for text in found}


def _live(tenant: Tenant) -> list[dict[str, Any]]:
    moment = now()
    return [
        one
        for one in tenant.periods
        if one["kind"] == ANNOUNCEMENT and datetime.fromisoformat(one["until"]) > moment
    ]


def _restate(tenant: Tenant, live: list[dict[str, Any]]) -> None:
    tenant.periods = live
    raise_generation(tenant.id)
