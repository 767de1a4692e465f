"""Changing what a unit says of itself: proposed by one person, public by another's signature (S-52, S-60)."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from app.accounts.models import Account
from app.audit.services import record
from app.core.database import db
from app.core.errors import RuleBroken
from app.profile import publication, queries
from app.profile.models import Card, CardKind, Change, Decision, Leader, Office, Outcome, Profile
from app.profile.values import MODELS, Values, read, values_of, written
from app.tenancy.current import current_tenant
from app.tenancy.models import Tenant

DECIDED = "这处修改已经有人处理过了，请重新打开看看。"
#: What is proposed without a card of its own: the order of all cards of a kind.
ORDERED: dict[CardKind, tuple[CardKind, type[Leader] | type[Office]]] = {
    CardKind.LEADER: (CardKind.LEADER_ORDER, Leader),
    CardKind.OFFICE: (CardKind.OFFICE_ORDER, Office),
}


class StaleCardError(RuleBroken):
    """Somebody else changed the card since the form was filled."""


def propose(kind: CardKind, card: Card | None, values: Values, by: Account, *, base: int) -> Change:
    """Hand in new values of a card, which stay unseen until they are signed; without a card, a new one.

    What waited for the same card is replaced. Raises StaleCardError where ``base`` is not the newest change.
    """
    hold_cards()
    row = card or _new_card(kind)
    latest = queries.latest_of(kind, row.id)
    if (latest.id if latest else 0) != base:
        raise StaleCardError(
            "刚才有人改过这一项。您填的内容还在下面，请对照最新内容核对，再保存一次就以您填的为准。"
        )
    before = values_of(kind, row)
    is_waiting = latest is not None and latest.decision is None
    if _same(before, values) and not is_waiting:
        raise RuleBroken("内容没有改动，不用提交。")
    if is_waiting:
        assert latest is not None
        _decide(latest, Outcome.REPLACED, by)
    return _add(kind, row.id, values.get("name") or kind.label, before, values, by)


def reorder(kind: CardKind, card_id: int, by: Account, *, step: int) -> Change | None:
    """Propose that a card stands one place earlier or later; None where the order is the public one then."""
    hold_cards()
    order_kind, _ = ORDERED[kind]
    latest = queries.latest_of(order_kind, 0)
    is_waiting = latest is not None and latest.decision is None
    public = [row.id for row in (queries.leaders() if kind is CardKind.LEADER else queries.offices())]
    order = proposed_order(kind, public)
    mates = [one for one in order if one in _siblings(kind, card_id)]
    place = mates.index(card_id) + step
    if not 0 <= place < len(mates):
        return None
    here, there = order.index(card_id), order.index(mates[place])
    order[here], order[there] = order[there], order[here]
    if is_waiting:
        assert latest is not None
        _decide(latest, Outcome.REPLACED, by)
    if order == public:
        return None
    return _add(order_kind, 0, order_kind.label, {"order": public}, {"order": order}, by)


def proposed_order(kind: CardKind, public: Sequence[int]) -> list[int]:
    """Return the ids as the waiting order has them, newer ones at the end; as they are where none waits."""
    latest = queries.latest_of(ORDERED[kind][0], 0)
    if latest is None or latest.decision is not None:
        return list(public)
    wanted = [one for one in read(latest.after)["order"] if one in set(public)]
    return wanted + [one for one in public if one not in set(wanted)]


def sign(change: Change, by: Account, *, method: str) -> None:
    """Make a change public on a signer's word; nobody signs what they wrote themselves (S-64)."""
    hold_cards()
    if by.id in queries.authors_since_signature(change):
        raise RuleBroken("自己填写或修改过的内容，要由另一位负责同志审签。")
    decision = _decide(change, Outcome.SIGNED, by, method=method)
    publication.publish(change, decision)
    record(
        "profile.sign",
        f"profile_change:{change.id}",
        tenant_id=change.tenant_id,
        before=read(change.before),
        after=read(change.after),
    )


def give_back(change: Change, by: Account, *, reason: str) -> None:
    """Return a change to who proposed it, with a reason; visitors go on seeing what was signed."""
    reason = " ".join(reason.split())
    if not reason:
        raise RuleBroken("请写明退回的理由，对方才知道怎么改。")
    hold_cards()
    _decide(change, Outcome.GIVEN_BACK, by, reason=reason[:300])
    _record_end("profile.give_back", change, reason)


def take_back(change: Change, by: Account) -> None:
    """Withdraw a proposed change before anybody has signed it."""
    hold_cards()
    _decide(change, Outcome.TAKEN_BACK, by)
    _record_end("profile.take_back", change, "")


def hold_cards() -> None:
    """Let one writer at a time change the unit's cards, until the end of the transaction."""
    held = select(Tenant.id).where(Tenant.id == current_tenant.id).with_for_update(key_share=True)
    db.session.scalars(held).one()


def _new_card(kind: CardKind) -> Card:
    model = MODELS[kind]
    if kind is CardKind.PROFILE:
        row: Any = queries.own_profile() or Profile(tenant_id=current_tenant.id)
    else:
        rows = queries.leaders() if kind is CardKind.LEADER else queries.offices()
        row = model(tenant_id=current_tenant.id, position=max((one.position for one in rows), default=-1) + 1)
    db.session.add(row)
    db.session.flush()
    return row  # type: ignore[no-any-return]  # One of three classes, each a Card.


def _add(kind: CardKind, card_id: int, title: str, before: Values, after: Values, by: Account) -> Change:
    change = Change(
        tenant_id=current_tenant.id,
        kind=kind,
        card_id=card_id,
        title=str(title)[:80],
        before=written(before),
        after=written(after),
        author_id=by.id,
    )
    db.session.add(change)
    db.session.flush()
    record(
        "profile.propose",
        f"profile_change:{change.id}",
        tenant_id=change.tenant_id,
        before=before,
        after=after,
    )
    return change


def _decide(change: Change, outcome: Outcome, by: Account, *, method: str = "", reason: str = "") -> Decision:
    known = select(Decision.id).where(Decision.change_id == change.id)
    if db.session.scalar(known) is not None:
        raise RuleBroken(DECIDED)
    decision = Decision(
        tenant_id=change.tenant_id,
        change_id=change.id,
        outcome=outcome,
        account_id=by.id,
        person=by.name,
        office=by.office_at(current_tenant.id),
        method=method,
        reason=reason,
    )
    db.session.add(decision)
    db.session.flush()
    return decision


def _record_end(act: str, change: Change, reason: str) -> None:
    record(act, f"profile_change:{change.id}", tenant_id=change.tenant_id, after={"reason": reason})


def _siblings(kind: CardKind, card_id: int) -> set[int]:
    """Return the ids among which a card moves: all leaders, or the offices with the same parent."""
    if kind is CardKind.LEADER:
        return {one.id for one in queries.leaders()}
    parents = {one.id: one.parent_id for one in queries.offices()}
    return {one for one, parent in parents.items() if parent == parents.get(card_id)}


def _same(before: Values, after: Values) -> bool:
    return all((before.get(name) or "") == (after.get(name) or "") for name in {*before, *after})
