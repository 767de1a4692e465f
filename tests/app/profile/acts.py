"""What the tests of cards do again and again: propose a card, sign it, and read it."""

from typing import Any

from sqlalchemy import select

from app.accounts.models import Account
from app.core.database import db
from app.profile import queries, services
from app.profile.models import CardKind
from tests.worlds import BUREAU, County

PROFILE: dict[str, Any] = {
    "name": "永嘉县水利局",
    "duties": "<p>负责全县水资源的统一管理。</p>",
    "address": "永嘉县北城街道县前路 8 号",
    "office_hours": "工作日 8:30—12:00，14:00—17:30",
    "phone": "0577-67230001",
    "fax": "0577-67230002",
    "mailbox": "slj@yj.example.cn",
    "postcode": "325100",
    "map_id": None,
    "map_number": "",
    "contact_office": "永嘉县水利局办公室",
    "contact_address": "县前路 8 号 201 室",
    "contact_hours": "工作日 9:00—17:00",
    "contact_phone": "0577-67230003",
    "contact_fax": "无",
    "contact_web": "slj@yj.example.cn",
}
LEADER: dict[str, Any] = {
    "name": "张三演",
    "post": "局长",
    "division": "主持全面工作。",
    "resume": "<p>演示用的履历。</p>",
    "portrait_id": None,
    "since": None,
    "until": None,
}
OFFICE: dict[str, Any] = {
    "name": "办公室",
    "sort": "inner",
    "parent_id": None,
    "head": "李四演",
    "phone": "0577-67230004",
    "duties": "负责文电、会务。",
    "place": "201 室",
    "since": None,
    "until": None,
}
VALUES = {CardKind.PROFILE: PROFILE, CardKind.LEADER: LEADER, CardKind.OFFICE: OFFICE}


def person(login: str) -> Account:
    """Return somebody by login."""
    return db.session.scalars(select(Account).where(Account.login == login)).one()


def proposed(county: County, kind: CardKind, slug: str = BUREAU, card_id: int = 0, **values: Any) -> int:
    """Let a unit's editor propose a card; return the change's id."""
    with county.inside(slug):
        card: Any = None
        if kind is CardKind.PROFILE:
            card = queries.own_profile()
        elif card_id:
            card = queries.leader_by_id(card_id) if kind is CardKind.LEADER else queries.office_by_id(card_id)
        latest = queries.latest_of(kind, card.id) if card else None
        base = latest.id if latest else 0
        return services.propose(kind, card, VALUES[kind] | values, person(f"{slug}.editor"), base=base).id


def signed(county: County, kind: CardKind, slug: str = BUREAU, card_id: int = 0, **values: Any) -> int:
    """Propose a card and let the unit's signer sign it; return the card's id."""
    change_id = proposed(county, kind, slug, card_id, **values)
    with county.inside(slug):
        change = queries.change_by_id(change_id)
        services.sign(change, person(f"{slug}.signer"), method="password")
        return change.card_id
