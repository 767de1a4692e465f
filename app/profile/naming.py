"""Which public pages of the unit name a person, so that a leaver's name does not stay on them (S-18)."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select

from app.content.models import Article, Column, Layout, Revision
from app.content.queries import is_shown
from app.core.clock import today
from app.core.database import db
from app.profile.models import Leader, Office, Profile
from app.profile.queries import holds

MOST = 50
SHORTEST = 2


@dataclass(frozen=True)
class Naming:
    """A public page or card that names somebody, and where it is mended in the console."""

    title: str
    where: str
    #: Below the unit's address in the console.
    path: str
    #: A page that always shows the present state, unlike news of its day.
    is_standing: bool = True


def pages_naming(name: str) -> list[Naming]:
    """Return what visitors can read now that names a person, standing pages first."""
    wanted = "".join(name.split())
    if len(wanted) < SHORTEST:
        return []
    return [*_cards(wanted), *_articles(wanted)]


def _cards(name: str) -> list[Naming]:
    found = []
    profiles = select(Profile.id).where(
        Profile.signed_id.is_not(None), Profile.duties.contains(name, autoescape=True)
    )
    if db.session.scalar(profiles):
        found.append(Naming("单位概况", "机构职责", "profile/unit"))
    offices = select(Office.id, Office.name).where(
        holds(Office, today()), or_(*(_has(column, name) for column in (Office.head, Office.duties)))
    )
    found += [
        Naming(title, "机构的负责人或职能", f"profile/offices/{office_id}")
        for office_id, title in db.session.execute(offices.limit(MOST))
    ]
    leaders = select(Leader.id, Leader.name).where(
        holds(Leader, today()),
        Leader.name != name,
        or_(_has(Leader.division, name), _has(Leader.resume, name)),
    )
    return found + [
        Naming(title, "领导的分工或简历", f"profile/leaders/{leader_id}")
        for leader_id, title in db.session.execute(leaders.limit(MOST))
    ]


def _articles(name: str) -> list[Naming]:
    rows = db.session.execute(
        select(Article.id, Revision.title, Column.title, Column.layout)
        .join(Revision, (Revision.id == Article.published_id) & (Revision.tenant_id == Article.tenant_id))
        .join(Column, (Column.id == Article.column_id) & (Column.tenant_id == Article.tenant_id))
        .where(is_shown(), or_(_has(Revision.title, name), _has(Revision.body, name)))
        .order_by(Column.layout.desc(), Article.first_published_at.desc())
        .limit(MOST)
    )
    return [
        Naming(title, column, f"articles/{article_id}", is_standing=layout == Layout.PAGE)
        for article_id, title, column, layout in rows
    ]


def _has(column: Any, name: str) -> Any:
    return column.contains(name, autoescape=True)
