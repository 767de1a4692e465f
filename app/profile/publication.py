"""How a signed change reaches visitors: the card's row, the minutes at which pages turn, the kept pages."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from app.core.clock import COUNTY_ZONE, now
from app.core.database import db
from app.core.errors import RuleBroken
from app.pagecache.generations import raise_generation, turn_pages_at
from app.profile import queries
from app.profile.forms import NONE
from app.profile.models import CardKind, Change, Decision, Leader, Office, Profile, Termed
from app.profile.values import CONTACT, PICTURES, Values, put_into, read
from app.tenancy.current import current_tenant
from app.tenancy.models import Tenant


def publish(change: Change, decision: Decision) -> None:
    """Write a signed change into its card, and end the kept pages of the unit and its portal."""
    values = read(change.after)
    if change.kind in (CardKind.LEADER_ORDER, CardKind.OFFICE_ORDER):
        _set_order(change.kind, values["order"])
    else:
        _fill(change, values, decision)
    db.session.flush()
    raise_generation(current_tenant.id, current_tenant.portal_id)


def _fill(change: Change, values: Values, decision: Decision) -> None:
    row = queries.card_of(change)
    assert row is not None
    if isinstance(row, Profile):
        _note_contact(row, values)
    if isinstance(row, Office):
        refuse_circle(row.id, values.get("parent_id"))
    put_into(change.kind, row, values)
    for name, file_name in PICTURES.items():
        if hasattr(row, name):
            picture = queries.picture_by_id(getattr(row, name))
            setattr(row, file_name, f"{picture.token}.{picture.extension}" if picture else "")
    row.signed_id = decision.id
    if isinstance(row, Profile):
        _tell_footer(row)
    if isinstance(row, Termed):
        _turn_pages_on(one for one in (row.since, row.until and row.until + timedelta(days=1)) if one)


def _note_contact(row: Profile, values: Values) -> None:
    """Remember that what the guide says of the disclosure office is no longer the same (GK-05).

    The first time there is nothing that the guide could say wrongly.
    """
    was_said = row.signed_id is not None and any(getattr(row, name) for name in CONTACT)
    if was_said and any(getattr(row, name) != (values.get(name) or "") for name in CONTACT):
        row.contact_changed_at = now()


def _tell_footer(row: Profile) -> None:
    """Let the foot of the unit's pages and the county's directory say what the unit has signed (ZY-09)."""
    tenant = db.session.get_one(Tenant, row.tenant_id)
    for name, said in (
        ("phone", row.phone),
        ("address", row.address),
        ("postcode", row.postcode),
        ("email", row.mailbox),
    ):
        if said and said != NONE:
            setattr(tenant, name, said)


def refuse_circle(office_id: int, parent_id: int | None) -> None:
    """Refuse to put an office under itself or under one that stands under it."""
    parents = {one.id: one.parent_id for one in queries.offices()}
    above, seen = parent_id, {office_id}
    while above:
        if above in seen:
            raise RuleBroken("上级机构不能是它自己或它下面的机构，请重新选择。")
        seen.add(above)
        above = parents.get(above)


def _set_order(kind: CardKind, order: list[int]) -> None:
    rows: list[Leader] | list[Office] = (
        queries.leaders() if kind is CardKind.LEADER_ORDER else queries.offices()
    )
    places = {card_id: place for place, card_id in enumerate(order)}
    for row in rows:
        row.position = places.get(row.id, len(places) + row.position)


def _turn_pages_on(days: Iterable[date]) -> None:
    """Note the first minute of the days on which a card appears or is gone, for the unit and its portal."""
    moments = [_midnight(one) for one in days]
    turn_pages_at(moments, current_tenant.id, current_tenant.home_portal_id)


def _midnight(on: date) -> datetime:
    return datetime.combine(on, time(), COUNTY_ZONE)
