"""What a county says over all its subsites for a time: a published text of its portal, by its title.

Nothing goes out unsigned: a banner has no words of its own, and is gone with the text that it leads to.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, ForeignKeyConstraint, Index, select
from sqlalchemy.orm import Mapped, mapped_column

from app.content.models import Article, Column, Revision, article_path
from app.content.queries import is_shown
from app.core.clock import now
from app.core.database import Model, choice, db
from app.pagecache.generations import raise_generation
from app.tenancy.models import Mourning, Tenant
from app.tenancy.scope import Reach, reaching

GREY, BANNER = "grey", "banner"
#: Of what visitors choose from.
MOST_OFFERED = 50


class Level(StrEnum):
    """How a banner looks."""

    EMERGENCY = "emergency"
    NOTICE = "notice"

    @property
    def label(self) -> str:
        """The level's name on the screen."""
        return {"emergency": "紧急通知", "notice": "重要提示"}[self]


class Banner(Model):
    """A text of the portal that stands over subsites from one minute to another."""

    __tablename__ = "banner"
    __table_args__ = (
        ForeignKeyConstraint(["portal_id", "article_id"], ["article.tenant_id", "article.id"]),
        Index(None, "portal_id", "ends_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    portal_id: Mapped[int] = mapped_column(ForeignKey("tenant.id"))
    article_id: Mapped[int]
    level: Mapped[Level] = mapped_column(choice(Level))
    begins_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    #: The subsites over which it stands; empty: all of the county, with the portal.
    unit_ids: Mapped[list[int]] = mapped_column(JSON)


@dataclass(frozen=True)
class Titled:
    """A published text: what a banner says, and where it leads."""

    id: int
    title: str
    path: str


def concerned(row: Banner | Mourning) -> Collection[int]:
    """Return the tenants whose pages a period changes."""
    if row.unit_ids:
        return row.unit_ids
    ids = select(Tenant.id).where((Tenant.id == row.portal_id) | (Tenant.portal_id == row.portal_id))
    return db.session.scalars(ids).all()


def restate(portal_id: int) -> None:
    """Write beside the portal what runs or is still to come: every page then knows it without asking."""
    portal = db.session.get_one(Tenant, portal_id)
    portal.periods = [*_stated(Mourning, portal_id), *_stated(Banner, portal_id)]
    db.session.flush()


def running(portal: Tenant, tenant_id: int, kind: str) -> list[dict[str, Any]]:
    """Return the periods of a kind that run now on a subsite; kept pages end at their minutes."""
    moment = now()
    return [
        one
        for one in portal.periods
        if one["kind"] == kind
        and datetime.fromisoformat(one["from"]) <= moment < datetime.fromisoformat(one["until"])
        and (not one["units"] or tenant_id in one["units"])
    ]


def titled(tenant_id: int, *article_ids: int) -> list[Titled]:
    """Return a subsite's newest published texts, or of those that are asked for what visitors see."""
    asked = (
        select(Article.id, Revision.title, Column.slug, Article.first_published_at)
        .join(Revision, (Revision.id == Article.published_id) & (Revision.tenant_id == Article.tenant_id))
        .join(Column, (Column.id == Article.column_id) & (Column.tenant_id == Article.tenant_id))
        .where(Article.tenant_id == tenant_id, is_shown())
        .order_by(Article.first_published_at.desc(), Article.id.desc())
        .limit(MOST_OFFERED)
    )
    if article_ids:
        asked = asked.where(Article.id.in_(article_ids))
    with reaching(Reach.PUBLISHED):
        rows = db.session.execute(asked).all()
    return [Titled(row.id, row.title, article_path(row.slug, row.first_published_at, row.id)) for row in rows]


def change_with(article: Article) -> None:
    """Let the pages change over which an article stands: its title was corrected, or it was withdrawn."""
    live = select(Banner).where(
        Banner.portal_id == article.tenant_id, Banner.article_id == article.id, Banner.ends_at > now()
    )
    for row in db.session.scalars(live).all():
        raise_generation(*concerned(row))


def _stated(of: type[Banner | Mourning], portal_id: int) -> Iterator[dict[str, Any]]:
    rows: Iterable[Any] = db.session.scalars(select(of).where(of.portal_id == portal_id, of.ends_at > now()))
    for row in rows:
        stated = {"from": row.begins_at.isoformat(), "until": row.ends_at.isoformat(), "units": row.unit_ids}
        if isinstance(row, Banner):
            yield {"kind": BANNER, **stated, "article": row.article_id, "level": row.level.value}
        else:
            yield {"kind": GREY, **stated}
