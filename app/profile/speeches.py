"""Which published texts are a leader's speeches, as the leader's card lists them (ZY-16).

A unit chooses them among what it has published and signed; a withdrawn text leaves the card by itself.
"""

from collections.abc import Collection, Iterable

from sqlalchemy import ColumnElement, or_, select

from app.audit.services import record
from app.content.models import Article, Column, Layout, Revision
from app.content.queries import Listed, listing, shown_where
from app.core.database import db
from app.pagecache.generations import raise_generation
from app.profile.models import Leader, Speech
from app.tenancy.current import current_tenant

#: Of so many texts that name a leader, the newest, the unit chooses.
MOST_OFFERED = 100
ON_CARD = 5


def speeches_of(leaders: Iterable[Leader]) -> dict[int, list[Listed]]:
    """Return the published speeches of leaders, newest first, by the leader's id."""
    ids = [one.id for one in leaders]
    of_leader = (Speech.article_id == Article.id) & (Speech.tenant_id == Article.tenant_id)
    found: dict[int, list[Listed]] = {one: [] for one in ids}
    if not ids:
        return found
    rows = db.session.execute(
        listing().join(Speech, of_leader).add_columns(Speech.leader_id).where(Speech.leader_id.in_(ids))
    )
    for row in rows:
        found[row.leader_id].append(Listed(*tuple(row)[:-1]))
    return found


def offered_for(leader: Leader) -> list[Listed]:
    """Return the published texts that name a leader, and those chosen already, newest first."""
    name = "".join(leader.name.split())
    chosen = Article.id.in_(select(Speech.article_id).where(Speech.leader_id == leader.id))
    return shown_where(Column.layout == Layout.LIST, or_(_names(name), chosen), limit=MOST_OFFERED)


def chosen_for(leader: Leader) -> set[int]:
    """Return the ids of the texts that are chosen for a leader, shown or not."""
    return set(db.session.scalars(select(Speech.article_id).where(Speech.leader_id == leader.id)))


def choose(leader: Leader, offered: Collection[int], chosen: Collection[int]) -> tuple[int, int]:
    """Let some of the offered texts be the leader's speeches and the others not; returns how many of each.

    What was not offered stays as it is: a withdrawn text that is published again is a speech again.
    """
    before = chosen_for(leader)
    added = sorted(set(chosen) & set(offered) - before)
    dropped = sorted(before & set(offered) - set(chosen))
    db.session.add_all(
        Speech(tenant_id=leader.tenant_id, leader_id=leader.id, article_id=one) for one in added
    )
    no_longer = select(Speech).where(Speech.leader_id == leader.id, Speech.article_id.in_(dropped))
    for speech in db.session.scalars(no_longer):
        db.session.delete(speech)
    if added or dropped:
        subject = f"leader:{leader.id}"
        record(
            "profile.speeches",
            subject,
            tenant_id=leader.tenant_id,
            before=sorted(before),
            after=sorted(chosen),
        )
        raise_generation(current_tenant.id, current_tenant.portal_id)
    return len(added), len(dropped)


def _names(name: str) -> ColumnElement[bool]:
    return or_(Revision.title.contains(name, autoescape=True), Revision.body.contains(name, autoescape=True))
