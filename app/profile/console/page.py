"""The page of a unit's profile in the console: what is public, what waits, what is amiss; and the history."""

from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.permissions import Permission
from app.accounts.session import current_account
from app.core.clock import today
from app.profile import queries, services
from app.profile.findings import findings, guide_needs_update
from app.profile.models import Card, CardKind, Change, Leader, Office
from app.profile.tree import tree_of
from app.profile.values import FIELDS, Difference, differences, read, values_of
from app.tenancy.current import current_tenant
from app.web.blueprints import DeskBlueprint
from app.web.workplace import permissions_here

bp = DeskBlueprint("profile", __name__, template_folder="../templates")

#: What stands in addresses for the two sorts of cards of which a unit has several.
MANY = {"leaders": CardKind.LEADER, "offices": CardKind.OFFICE}
PATHS = {kind: name for name, kind in MANY.items()}
LAST_PAGE = 1_000


@dataclass(frozen=True)
class Shown:
    """A change with what it alters, as the page tells it."""

    change: Change
    differences: list[Difference]


def shown(change: Change) -> Shown:
    """Return a change with what it alters."""
    return Shown(
        change,
        differences(change.kind, read(change.before), read(change.after), queries.names_for(change)),
    )


@bp.page("", may=Permission.READ_DESK)
def index() -> ResponseReturnValue:
    """Show the unit's profile, leaders and offices with what waits to be signed."""
    leaders, offices = queries.leaders(), queries.offices()
    profile = queries.own_profile()
    waiting = queries.waiting()
    return render_template(
        "profile/index.html",
        profile=profile if profile and profile.signed_id else None,
        said=_said(CardKind.PROFILE, profile) if profile else [],
        leaders=_ordered(CardKind.LEADER, leaders),
        offices=tree_of(_ordered(CardKind.OFFICE, offices)),
        titles={kind.value: queries.titles(kind) for kind in MANY.values()},
        waiting=[shown(one) for one in waiting],
        came_back=queries.given_back(),
        waits_on={(one.kind.value, one.card_id) for one in waiting},
        findings=findings(),
        guide_is_old=guide_needs_update(),
        today=today(),
        may=permissions_here(current_account(), current_tenant),
    )


@bp.page("/history", may=Permission.READ_DESK)
def history() -> ResponseReturnValue:
    """Show every change of the unit's cards, newest first, with who signed it."""
    number = max(1, min(request.args.get("page", 1, type=int) or 1, LAST_PAGE))
    found = queries.history(offset=(number - 1) * queries.IN_HISTORY)
    return render_template(
        "profile/history.html",
        changes=[shown(one) for one in found[: queries.IN_HISTORY]],
        number=number,
        has_more=len(found) > queries.IN_HISTORY,
    )


@bp.action("/<any(leaders, offices):sort>/<int:card_id>/move", may=Permission.WRITE_PROFILE)
def move(sort: str, card_id: int) -> ResponseReturnValue:
    """Propose that a leader or office stands one place earlier or later."""
    kind = MANY[sort]
    card_by_id(kind, card_id)
    step = 1 if request.form.get("direction") == "down" else -1
    if services.reorder(kind, card_id, current_account(), step=step) is None:
        flash("顺序现在和公开的一样。", "success")
    else:
        flash("新的顺序已提交审签，审签后公开。", "success")
    return back()


def card_by_id(kind: CardKind, card_id: int) -> Leader | Office:
    """Return a leader or office of the unit, or answer 404."""
    return queries.leader_by_id(card_id) if kind is CardKind.LEADER else queries.office_by_id(card_id)


def back() -> ResponseReturnValue:
    """Lead to the page of the profile."""
    return redirect(url_for("profile.index", slug=current_tenant.slug), 303)


def _ordered(kind: CardKind, rows: list[Any]) -> list[Any]:
    """Return cards as the waiting order has them."""
    places = {
        card_id: place
        for place, card_id in enumerate(services.proposed_order(kind, [row.id for row in rows]))
    }
    return sorted(rows, key=lambda row: places[row.id])


def _said(kind: CardKind, row: Card) -> list[Difference]:
    values = values_of(kind, row)
    if not values:
        return []
    said = {one.name: one for one in differences(kind, {}, values, {})}
    return [said.get(name) or Difference(name, label, "", "") for name, label in FIELDS[kind].items()]
