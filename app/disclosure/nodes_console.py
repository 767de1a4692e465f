"""The unit's page of statutory information: what it has of each kind, and what does not apply (GK-02)."""

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.permissions import Permission
from app.accounts.session import current_account
from app.core.errors import RuleBroken
from app.disclosure import decisions, queries
from app.tenancy.current import current_tenant
from app.web.blueprints import DeskBlueprint

bp = DeskBlueprint("disclosure", __name__, template_folder="templates")


@bp.page("/", may=Permission.READ_DESK)
def nodes() -> ResponseReturnValue:
    """List the kinds of statutory information."""
    return _page()


@bp.action("/nodes/<int:column_id>/set-aside", may=Permission.DECIDE_DISCLOSURE)
def set_aside(column_id: int) -> ResponseReturnValue:
    """Mark a kind as not applicable, with the reason."""
    column, reason = queries.node_column(column_id), request.form.get("reason", "")
    try:
        decisions.set_aside(column, current_account(), reason=reason)
    except RuleBroken as refusal:  # What was typed stays in its field.
        return _page(column_id, reason, refusal.message), HTTPStatus.UNPROCESSABLE_ENTITY
    flash(f"“{column.title}”已标记为不适用，理由会公开显示。", "success")
    return _back()


@bp.action("/nodes/<int:column_id>/take-up", may=Permission.DECIDE_DISCLOSURE)
def take_up(column_id: int) -> ResponseReturnValue:
    """Take back that a kind does not apply."""
    column = queries.node_column(column_id)
    decisions.take_up(column, current_account())
    flash(f"“{column.title}”已恢复为应当公开。", "success")
    return _back()


def _page(column_id: int = 0, reason: str = "", fault: str = "") -> str:
    return render_template(
        "disclosure/nodes.html", nodes=queries.nodes(), asked=column_id, reason=reason, fault=fault
    )


def _back() -> ResponseReturnValue:
    return redirect(url_for("disclosure.nodes", slug=current_tenant.slug), HTTPStatus.SEE_OTHER)
