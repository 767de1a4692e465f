"""Giving one person's work in the unit to another, and the note to be printed and signed about it (S-54)."""

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts import queries
from app.accounts.console.forms import HandOverForm
from app.accounts.people import ELSEWHERE
from app.accounts.permissions import Permission
from app.accounts.session import current_account
from app.core.database import db
from app.core.errors import RuleBroken
from app.publishing import handover
from app.publishing.handover import Succession
from app.tenancy.current import current_tenant
from app.tenancy.models import Tenant
from app.web.blueprints import DeskBlueprint

bp = DeskBlueprint("handover", __name__, template_folder="templates")


@bp.page("", may=Permission.MANAGE_PEOPLE)
def index() -> ResponseReturnValue:
    """Let the manager choose who leaves and who follows, and list what was handed over before."""
    return _page(_form())


@bp.action("", may=Permission.MANAGE_PEOPLE)
def give() -> ResponseReturnValue:
    """Hand the work over, all or nothing."""
    form = _form()
    if not form.validate():
        return _page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    people = {one.account.id: one for one in queries.people_of(current_tenant.id)}
    leaver, successor = people[form.leaver_id.data], people[form.successor_id.data]
    if not successor.is_only_here:  # As for every other role of theirs (A11).
        raise RuleBroken(ELSEWHERE)
    row = handover.hand_over(
        db.session.get_one(Tenant, current_tenant.id),
        Succession(leaver.account, successor.account, form.office.data or "", form.note.data or ""),
        by=current_account(),
    )
    flash("已交接。请打印交接单，由双方和负责同志签字存档。", "success")
    return redirect(url_for("handover.note", slug=current_tenant.slug, hand_over_id=row.id), 303)


@bp.page("/<int:hand_over_id>", may=Permission.MANAGE_PEOPLE)
def note(hand_over_id: int) -> ResponseReturnValue:
    """Show the note about one hand-over, ready to be printed."""
    return render_template("site/handover_note.html", row=handover.hand_over_here(hand_over_id))


def _form() -> HandOverForm:
    """Return the form, with everybody of the unit who can be chosen."""
    form = HandOverForm(request.form)
    form.offer(one.account for one in queries.people_of(current_tenant.id))
    return form


def _page(form: HandOverForm) -> str:
    return render_template("site/handover.html", form=form, past=handover.hand_overs_here())
