"""What a portal shows of all its units: their profiles and their leaders, a page at a time (ZY-17, S-18).

The scope reaches what visitors may read of all tenants, so each query says for which portal it asks.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, bindparam, case, exists, func, or_, select

from app.content.models import Attachment, Column, Layout
from app.core.clock import today
from app.core.database import db
from app.core.html import plain
from app.core.prepared import TODAY, prepared
from app.profile.models import Leader, Profile
from app.profile.queries import DUTIES, LEADERS, OVERVIEW, holds
from app.tenancy.addresses import OWN_HOST, PORTALS_HOST, home_of
from app.tenancy.current import current_tenant
from app.tenancy.models import Tenant, TenantKind, TenantState
from app.tenancy.scope import Reach, reaching

LONGEST_EXCERPT = 90
#: Chinese sentences follow each other without a space.
_AFTER_STOP = re.compile("(?<=[。；：！？]) ")
#: Of names that are asked for at once, so that the largest county's do not slow a page down.
MOST_NAMES = 1000


@dataclass(frozen=True)
class UnitRow:
    """A unit with what it says of itself; what it has not said is what the county office entered."""

    id: int
    kind: TenantKind
    slug: str
    name: str
    home: str
    duties: str
    address: str
    phone: str
    #: Slug and title of its pages of cards.
    pages: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class NamedLeader:
    """A leader where only the name is known."""

    name: str
    post: str
    division: str
    unit_name: str
    #: The page of the unit's leaders.
    url: str


def count_units(portal_id: int) -> int:
    """Return how many units the overview of units has."""
    return _count(select(func.count(Tenant.id)).where(*_open(portal_id)))


def units(portal_id: int, *, limit: int, offset: int) -> list[UnitRow]:
    """Return a page of the open units by kind, with their profiles."""
    query = (
        _units(Profile.name, Profile.duties, Profile.address, Profile.phone)
        .outerjoin(Profile, (Profile.tenant_id == Tenant.id) & Profile.signed_id.is_not(None))
        .where(*_open(portal_id))
    )
    with reaching(Reach.PUBLISHED):
        rows = db.session.execute(query.limit(limit).offset(offset)).all()
        pages = _pages_of([row[0] for row in rows])
    return [_unit(row[:8], row[8:], pages.get(row[0], ())) for row in rows]


def names_of_leaders(surnames: Iterable[str]) -> list[str]:
    """Return the names of the leaders of some surnames that the current county's subsites show."""
    portal_id = current_tenant.home_portal_id
    query = (
        select(Leader.name)
        .distinct()
        .join(Tenant, Tenant.id == Leader.tenant_id)
        .where(or_(Tenant.portal_id == portal_id, Tenant.id == portal_id), Tenant.state == TenantState.OPEN)
        .where(holds(Leader, today()), func.substr(Leader.name, 1, 1).in_(list(surnames)))
        .order_by(Leader.name)
        .limit(MOST_NAMES)
    )
    with reaching(Reach.PUBLISHED):
        return list(db.session.scalars(query))


def count_units_with_leaders(portal_id: int) -> int:
    """Return how many units, the portal among them, show leaders."""
    return _count(select(func.count(Tenant.id)).where(*_with_leaders(portal_id)))


def units_with_leaders(portal_id: int, *, limit: int, offset: int) -> list[tuple[UnitRow, list[Leader]]]:
    """Return a page of the units that show leaders, the portal's own first, with these leaders."""
    query = _units().where(*_with_leaders(portal_id))
    with reaching(Reach.PUBLISHED):
        rows = db.session.execute(query.limit(limit).offset(offset)).all()
        leaders = _leaders_of([row[0] for row in rows])
    return [(_unit(row, (None,) * 4, ()), leaders.get(row[0], [])) for row in rows]


def portraits_of(leaders: Iterable[Leader]) -> dict[int, Attachment]:
    """Return the portraits of leaders by their ids: one query for all, and none where nobody has one."""
    wanted = {one.portrait_id for one in leaders if one.portrait_id}
    if not wanted:
        return {}
    with reaching(Reach.PUBLISHED):
        found = db.session.scalars(select(Attachment).where(Attachment.id.in_(wanted)))
        return {one.id: one for one in found}


def leaders_called(name: str, portal_id: int, *, unit_id: int | None = None) -> list[NamedLeader]:
    """Return who of that name is shown on the open subsites of a portal, or on that of one unit (ZY-19)."""
    asked = _called(of_one=unit_id is not None)
    with reaching(Reach.PUBLISHED):
        rows = db.session.execute(asked, {"name": name, "portal": portal_id, "unit": unit_id}).all()
    return [
        NamedLeader(name, post, division, unit, f"{home_of(slug, host, portal_host)}/{page}/")
        for name, post, division, unit, slug, host, portal_host, page in rows
    ]


@prepared
def _called(*, of_one: bool) -> Select[*tuple[Any, ...]]:
    of_portal = or_(Tenant.portal_id == bindparam("portal"), Tenant.id == bindparam("portal"))
    query = (
        select(
            *(Leader.name, Leader.post, Leader.division, Tenant.name),
            *(Tenant.slug, OWN_HOST, PORTALS_HOST, Column.slug),
        )
        .join(Tenant, Tenant.id == Leader.tenant_id)
        .join(Column, (Column.tenant_id == Leader.tenant_id) & (Column.type == LEADERS))
        .where(
            *(Leader.name == bindparam("name"), holds(Leader, TODAY)),
            *(Column.is_visible, Column.layout == Layout.PAGE, Tenant.state == TenantState.OPEN, of_portal),
        )
        .order_by(Tenant.portal_id.is_not(None), Tenant.position, Leader.position, Leader.id)
    )
    return query.where(Tenant.id == bindparam("unit")) if of_one else query


def _count(query: Select[Any]) -> int:
    with reaching(Reach.PUBLISHED):
        return db.session.scalar(query) or 0


def _units(*more: Any) -> Select[Any]:
    order = case({kind: place for place, kind in enumerate(TenantKind)}, value=Tenant.kind)
    return select(
        Tenant.id,
        Tenant.kind,
        Tenant.slug,
        Tenant.name,
        OWN_HOST,
        PORTALS_HOST,
        Tenant.address,
        Tenant.phone,
        *more,
    ).order_by(order, Tenant.position, Tenant.id)


def _unit(row: Any, said: Any, pages: Iterable[tuple[str, str]]) -> UnitRow:
    unit_id, kind, slug, name, host, portal_host, address, phone = row
    _, duties, own_address, own_phone = said
    words = _AFTER_STOP.sub("", plain(duties or "").replace("\n", " "))
    return UnitRow(
        id=unit_id,
        kind=kind,
        slug=slug,
        name=name,
        home=home_of(slug, host, portal_host),
        duties=words if len(words) <= LONGEST_EXCERPT else words[: LONGEST_EXCERPT - 1] + "…",
        address=own_address or address,
        phone=own_phone or phone,
        pages=tuple(pages),
    )


def _open(portal_id: int) -> tuple[Any, ...]:
    return Tenant.portal_id == portal_id, Tenant.state == TenantState.OPEN


def _with_leaders(portal_id: int) -> tuple[Any, ...]:
    return (
        or_(Tenant.portal_id == portal_id, Tenant.id == portal_id),
        Tenant.state == TenantState.OPEN,
        exists().where(Leader.tenant_id == Tenant.id, holds(Leader, today())),
    )


def _leaders_of(tenant_ids: list[int]) -> dict[int, list[Leader]]:
    found: dict[int, list[Leader]] = {}
    rows = db.session.scalars(
        select(Leader)
        .where(Leader.tenant_id.in_(tenant_ids), holds(Leader, today()))
        .order_by(Leader.position, Leader.id)
    )
    for one in rows:
        found.setdefault(one.tenant_id, []).append(one)
    return found


def _pages_of(tenant_ids: list[int]) -> dict[int, list[tuple[str, str]]]:
    """Return where the units show their cards: the visible columns that are pages of such types."""
    found: dict[int, list[tuple[str, str]]] = {}
    rows = db.session.execute(
        select(Column.tenant_id, Column.slug, Column.title)
        .where(
            Column.tenant_id.in_(tenant_ids),
            Column.is_visible,
            Column.layout == Layout.PAGE,
            Column.type.in_((OVERVIEW, LEADERS, DUTIES)),
        )
        .order_by(Column.position, Column.id)
    )
    for tenant_id, slug, title in rows:
        found.setdefault(tenant_id, []).append((slug, title))
    return found
