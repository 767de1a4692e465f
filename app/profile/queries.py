"""What may be asked about the bound unit's cards and their changes; the guard adds the tenant to each."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import abort
from sqlalchemy import BindParameter, ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import aliased, joinedload

from app.content.models import Attachment, Column, Layout
from app.core.clock import today
from app.core.database import db
from app.core.lookup import one_or_404
from app.core.prepared import TODAY
from app.profile.models import Card, CardKind, Change, Decision, Leader, Office, Outcome, Profile, Termed

#: Columns of these types show cards; of the type for duties, this one shows the offices.
OVERVIEW, LEADERS, DUTIES, OFFICES_SLUG = "overview", "leaders", "duty", "nsjg"
IN_HISTORY = 50


def own_profile() -> Profile | None:
    """Return the unit's row, signed or not."""
    return db.session.scalars(select(Profile)).one_or_none()


def shown_profile() -> Profile | None:
    """Return what visitors read of the unit itself."""
    return db.session.scalars(select(Profile).where(Profile.signed_id.is_not(None))).one_or_none()


def leaders() -> list[Leader]:
    """Return all leaders in their order, former ones and unsigned ones too."""
    return list(db.session.scalars(select(Leader).order_by(Leader.position, Leader.id)))


def offices() -> list[Office]:
    """Return all offices in their order, dissolved ones and unsigned ones too."""
    return list(db.session.scalars(select(Office).order_by(Office.position, Office.id)))


def shown_leaders() -> list[Leader]:
    """Return the leaders whom visitors see today (S-18)."""
    found = select(Leader).where(holds(Leader, today())).order_by(Leader.position, Leader.id)
    return list(db.session.scalars(found))


def shown_offices() -> list[Office]:
    """Return the offices that visitors see today (S-19)."""
    found = select(Office).where(holds(Office, today())).order_by(Office.position, Office.id)
    return list(db.session.scalars(found))


def holds(of: type[Termed], on: date | BindParameter[date]) -> ColumnElement[bool]:
    """Return the one condition under which visitors see a card on a day: signed, begun and not over."""
    return and_(
        of.signed_id.is_not(None),
        or_(of.since.is_(None), of.since <= on),
        or_(of.until.is_(None), of.until >= on),
    )


def fills() -> ColumnElement[bool]:
    """Return the condition that a column that is a page has cards to show (ZY-14)."""
    profile = exists().where(Profile.tenant_id == Column.tenant_id, Profile.signed_id.is_not(None))
    leader = exists().where(Leader.tenant_id == Column.tenant_id, holds(Leader, TODAY))
    office = exists().where(Office.tenant_id == Column.tenant_id, holds(Office, TODAY))
    is_offices = (Column.type == DUTIES) & (Column.slug == OFFICES_SLUG)
    return and_(
        Column.layout == Layout.PAGE,
        or_(
            and_(Column.type == OVERVIEW, profile),
            and_(Column.type == LEADERS, leader),
            and_(is_offices, office),
            and_(Column.type == DUTIES, Column.slug != OFFICES_SLUG, profile),
        ),
    )


def leader_by_id(leader_id: int) -> Leader:
    """Return a leader, or answer 404."""
    return one_or_404(select(Leader).where(Leader.id == leader_id))


def office_by_id(office_id: int) -> Office:
    """Return an office, or answer 404."""
    return one_or_404(select(Office).where(Office.id == office_id))


def change_by_id(change_id: int) -> Change:
    """Return a change with its author and what became of it, or answer 404."""
    found: Change = one_or_404(_changes().where(Change.id == change_id))
    return found


def waiting() -> list[Change]:
    """Return the changes on which nothing is decided, the longest waiting first."""
    return list(db.session.scalars(_changes().where(is_undecided()).order_by(Change.id)))


def given_back() -> list[Change]:
    """Return the changes that came back and that nobody has proposed anew since."""
    later = aliased(Change)
    is_latest = ~exists().where(
        later.tenant_id == Change.tenant_id,
        later.kind == Change.kind,
        later.card_id == Change.card_id,
        later.id > Change.id,
    )
    came_back = exists().where(
        Decision.tenant_id == Change.tenant_id,
        Decision.change_id == Change.id,
        Decision.outcome == Outcome.GIVEN_BACK,
    )
    return list(db.session.scalars(_changes().where(is_latest, came_back).order_by(Change.id)))


def is_undecided() -> ColumnElement[bool]:
    """Return the condition that nothing is decided about a change."""
    return ~exists().where(Decision.tenant_id == Change.tenant_id, Decision.change_id == Change.id)


def latest_of(kind: CardKind, card_id: int) -> Change | None:
    """Return the newest change of a card, whatever became of it."""
    of_card = _changes().where(Change.kind == kind, Change.card_id == card_id)
    return db.session.scalars(of_card.order_by(Change.id.desc()).limit(1)).one_or_none()


def history(*, offset: int = 0) -> list[Change]:
    """Return the changes of all cards, newest first, one more than a page of the history shows."""
    found = _changes().order_by(Change.id.desc()).limit(IN_HISTORY + 1).offset(offset)
    return list(db.session.scalars(found))


def authors_since_signature(change: Change) -> set[int]:
    """Return who wrote in a card since it was last signed: none of them may sign it (S-64)."""
    last_signed = (
        select(Change.id)
        .join(Decision, (Decision.change_id == Change.id) & (Decision.tenant_id == Change.tenant_id))
        .where(*_same_card(change), Decision.outcome == Outcome.SIGNED, Change.id < change.id)
        .order_by(Change.id.desc())
        .limit(1)
    )
    begin = db.session.scalar(last_signed) or 0
    wrote = select(Change.author_id).where(*_same_card(change), Change.id > begin, Change.id <= change.id)
    return set(db.session.scalars(wrote))


def names_for(change: Change) -> dict[str, str]:
    """Return what the ids in a change are called, by ``field:id``; unsigned cards by their newest change."""
    if change.kind is CardKind.LEADER_ORDER:
        return {f"order:{one}": name for one, name in titles(CardKind.LEADER).items()}
    found = titles(CardKind.OFFICE) if change.kind in (CardKind.OFFICE, CardKind.OFFICE_ORDER) else {}
    field = "order" if change.kind is CardKind.OFFICE_ORDER else "parent_id"
    return {f"{field}:{one}": name for one, name in found.items()}


def titles(kind: CardKind) -> dict[int, str]:
    """Return what the cards of a kind are called by their newest change, by id."""
    rows = db.session.execute(
        select(Change.card_id, Change.title).where(Change.kind == kind).order_by(Change.id)
    )
    return {card_id: title for card_id, title in rows}  # noqa: C416 - rows are no pairs to the type checker


def published_picture(token: str) -> Attachment:
    """Return a portrait or map that visitors see now, or answer 404 (A8)."""
    of_leader = exists().where(
        Leader.tenant_id == Attachment.tenant_id, Leader.portrait_id == Attachment.id, holds(Leader, today())
    )
    of_profile = exists().where(
        Profile.tenant_id == Attachment.tenant_id,
        Profile.map_id == Attachment.id,
        Profile.signed_id.is_not(None),
    )
    found = select(Attachment).where(Attachment.token == token, or_(of_leader, of_profile))
    return db.session.scalars(found).one_or_none() or abort(404)


def picture_by_id(picture_id: int | None) -> Attachment | None:
    """Return a picture of the unit by its id."""
    if not picture_id:
        return None
    return db.session.scalars(select(Attachment).where(Attachment.id == picture_id)).one_or_none()


def card_of(change: Change) -> Card | None:
    """Return the row of a change's card; none of an order."""
    models: dict[CardKind, Any] = {
        CardKind.PROFILE: Profile,
        CardKind.LEADER: Leader,
        CardKind.OFFICE: Office,
    }
    model = models.get(change.kind)
    if model is None:
        return None
    found: Card | None = db.session.scalars(select(model).where(model.id == change.card_id)).one_or_none()
    return found


def _same_card(change: Change) -> Sequence[ColumnElement[bool]]:
    return Change.kind == change.kind, Change.card_id == change.card_id


def _changes() -> Any:
    """Select changes as they are now: a decision may have come since one was read."""
    of_people = joinedload(Change.author), joinedload(Change.decision)
    return select(Change).options(*of_people).execution_options(populate_existing=True)
