"""Index numbers (索引号): given once, at the first publication, by a pattern that is the county's data.

A number is never given again and never changed, whatever becomes of the article: others cite it. The count's
row is held until the publication is committed, so no two writers get one, and what fails leaves no gap.
"""

from datetime import date
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.exc import IntegrityError

from app.content.models import Article, Column, Section
from app.core.clock import COUNTY_ZONE
from app.core.database import db
from app.core.rules import rule_in_force
from app.disclosure.models import IndexCount
from app.tenancy.current import current_tenant
from app.tenancy.models import Tenant
from app.tenancy.scope import Reach, reaching

FILE = "index_numbers"


def assign(article: Article) -> None:
    """Give an article its index number, unless it has one or stands in the footer."""
    if article.index_number is not None or article.first_published_at is None:
        return
    column = db.session.scalars(select(Column).where(Column.id == article.column_id)).one()
    if column.section is Section.FOOTER:
        return
    on = article.first_published_at.astimezone(COUNTY_ZONE).date()
    pattern = rule_in_force(FILE, "pattern", on=on)
    segments = _segments(column, on)
    scope = "/".join(str(segments[name]) for name in pattern["scope"])
    count = _held_count(scope)
    number = ""
    while not number or _is_taken(number):
        count.last += 1
        number = pattern["format"].format(**segments, seq=count.last)
    article.index_number = number


def faults_of(pattern: dict[str, Any]) -> list[str]:
    """Return what is wrong with a pattern of the data: a segment that does not exist, or no sequence."""
    try:
        made = [pattern["format"].format(**_EXAMPLE, seq=seq) for seq in (1, 2)]
        unknown = set(pattern["scope"]) - _EXAMPLE.keys()
    except (KeyError, ValueError, IndexError) as error:
        return [f"索引号的格式“{pattern.get('format', '')}”写错了：{error}。"]
    faults = [f"没有“{name}”这一段。" for name in sorted(unknown)]
    return [*faults, "格式里没有 {seq}，号码会重复。"] if made[0] == made[1] else faults


def _segments(column: Column, on: date) -> dict[str, Any]:
    unit = db.session.get_one(Tenant, current_tenant.id)
    return {
        "org": unit.credit_code or unit.slug.upper(),
        "column": column.slug.upper(),
        "block": column.block.upper(),
        "year": on.year,
        "month": on.month,
        "day": on.day,
    }


_EXAMPLE: dict[str, Any] = {"org": "X", "column": "X", "block": "X", "year": 2007, "month": 9, "day": 11}


def _held_count(scope: str) -> IndexCount:
    """Return a count that nobody else changes until this transaction ends."""
    held = select(IndexCount).where(IndexCount.scope == scope).with_for_update()
    held = held.execution_options(populate_existing=True)
    if (count := db.session.scalar(held)) is not None:
        return count
    try:
        with db.session.begin_nested():
            db.session.add(IndexCount(tenant_id=current_tenant.id, scope=scope, last=0))
    except IntegrityError:
        pass  # Another writer began it at the same moment.
    return db.session.scalars(held).one()


def _is_taken(number: str) -> bool:
    """Say whether a number is known anywhere: one that was brought along may stand in the way."""
    with reaching(Reach.COUNTY):
        return bool(db.session.scalar(select(exists().where(Article.index_number == number))))
