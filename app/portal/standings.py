"""How a portal treats single articles: hidden by the office, or standing under another of the same text."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import aliased

from app.core.among import among
from app.core.database import db
from app.core.prepared import prepared
from app.portal.models import PortalEntry
from app.tenancy.scope import Reach, reaching


def standings(portal_id: int, article_ids: Iterable[int]) -> tuple[frozenset[int], dict[int, int]]:
    """Return the articles that the office hides from the portal, and under which one others stand (S-09).

    What stands in several columns is hidden only where all of them hide it, and so on.
    """
    given = {"portal": portal_id, "articles": list(article_ids)}
    with reaching(Reach.PUBLISHED):
        rows = db.session.execute(_entries(), given).all()
    seen = {article_id for article_id, hidden_at, _ in rows if hidden_at is None}
    alone = {article_id for article_id, hidden_at, under in rows if hidden_at is None and under is None}
    hidden = frozenset(article_id for article_id, _, _ in rows if article_id not in seen)
    return hidden, {one: under for one, _, under in rows if under is not None and one not in alone}


@prepared
def _entries() -> Select[*tuple[Any, ...]]:
    first = aliased(PortalEntry)
    return (
        select(PortalEntry.article_id, PortalEntry.hidden_at, first.article_id)
        .outerjoin(first, (first.id == PortalEntry.same_as_id) & (first.tenant_id == PortalEntry.tenant_id))
        .where(
            PortalEntry.tenant_id == bindparam("portal"),
            among(PortalEntry.article_id, "articles"),
            PortalEntry.is_listed,
        )
    )
