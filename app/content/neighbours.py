"""What stands beside an article: the ones before and after it, and others on its subject."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import CompoundSelect, Integer, Select, bindparam, literal, or_, select, union_all
from sqlalchemy.orm import aliased

from app.content.models import Article, Revision
from app.content.queries import Listed, listing
from app.content.states import Validity
from app.core.database import Moment, db
from app.core.prepared import inline, prepared

#: How many of the tenant's newest articles are looked through for those of a subject, and how many are shown.
NEAR, MOST_ALIKE = 300, 5


@dataclass(frozen=True)
class Neighbours:
    """The articles before and after one in its column, and some on the same subject."""

    older: Listed | None
    newer: Listed | None
    #: The newest of the same subject, from all columns.
    alike: tuple[Listed, ...] = ()


def neighbours_of(article: Article, subject: str = "") -> Neighbours:
    """Return the older and the newer article of the same column and some of a subject, in one query."""
    given = {
        "column_id": article.column_id,
        "moment": article.first_published_at,
        "own_id": article.id,
        "tenant_id": article.tenant_id,
        "subject": subject,
    }
    found: dict[str, list[Listed]] = {"older": [], "newer": [], "alike": []}
    for row in db.session.execute(_beside(has_subject=bool(subject)), given):
        found[row[0]].append(Listed(*row[1:]))
    return Neighbours(
        next(iter(found["older"]), None),
        next(iter(found["newer"]), None),
        tuple(sorted(found["alike"], key=lambda one: (one.published_at, one.id), reverse=True)),
    )


@prepared
def _beside(*, has_subject: bool) -> CompoundSelect[*tuple[Any, ...]]:
    moment, own_id = bindparam("moment", type_=Moment()), bindparam("own_id", type_=Integer)
    same = listing().where(Article.column_id == bindparam("column_id"))
    is_older = or_(
        Article.first_published_at < moment,
        (Article.first_published_at == moment) & (Article.id < own_id),
    )
    is_newer = or_(
        Article.first_published_at > moment,
        (Article.first_published_at == moment) & (Article.id > own_id),
    )
    upwards = (Article.first_published_at.asc(), Article.id.asc())
    parts = {
        "older": same.where(is_older).limit(inline(1)),
        "newer": same.where(is_newer).order_by(None).order_by(*upwards).limit(inline(1)),
    }
    if has_subject:
        parts["alike"] = _alike()
    asked = [(name, part.subquery()) for name, part in parts.items()]
    return union_all(*(select(literal(name), *part.c) for name, part in asked))


def _alike() -> Select[int, str, str, str, datetime | None, str, str, Validity]:
    """Return the newest of a subject among the tenant's newest: a rare subject must not read all there is."""
    near = aliased(Article)
    newest = (
        select(near.id)
        .where(near.tenant_id == bindparam("tenant_id"), near.published_id.is_not(None))
        .order_by(near.first_published_at.desc())
        .limit(inline(NEAR))
    )
    return (
        listing()
        .where(
            Revision.subject == bindparam("subject"),
            Article.id != bindparam("own_id"),
            Article.id.in_(newest),
        )
        .limit(inline(MOST_ALIKE))
    )
