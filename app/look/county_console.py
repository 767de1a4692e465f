"""The county's change of theme on the portal's desk: staged, listed and taken back (S-44)."""

from collections.abc import Sequence
from http import HTTPStatus

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from app.accounts.permissions import Permission
from app.accounts.session import current_account
from app.core.database import db
from app.core.errors import RuleBroken
from app.look import switching
from app.tenancy.current import current_tenant
from app.tenancy.models import Tenant, TenantKind, TenantState
from app.theming.registry import registry
from app.web.blueprints import DeskBlueprint

bp = DeskBlueprint("themes", __name__, template_folder="templates")


@bp.page("/", may=Permission.OPERATE_COUNTY)
def index() -> ResponseReturnValue:
    """Offer to change the theme of a stage of units, on trial once one is chosen, and list the changes."""
    try:
        return _page(trial=_trial())
    except RuleBroken as refusal:
        return _page(refusal.message), HTTPStatus.UNPROCESSABLE_ENTITY


@bp.action("/", may=Permission.OPERATE_COUNTY)
def switch() -> ResponseReturnValue:
    """Change the theme of one unit, a kind of units, or all of them."""
    _of_portal()
    theme, _, palette = request.form.get("theme", "").partition(":")
    try:
        changed = switching.switch(theme, palette, _stage(), current_account())
    except RuleBroken as refusal:
        return _page(refusal.message), HTTPStatus.UNPROCESSABLE_ENTITY
    flash(f"已换好 {changed} 个子站的主题，网址没有变。需要时可以在下面退回。", "success")
    return redirect(url_for("themes.index", slug=current_tenant.slug), HTTPStatus.SEE_OTHER)


@bp.action("/<batch>/undo", may=Permission.OPERATE_COUNTY)
def undo(batch: str) -> ResponseReturnValue:
    """Take a change back where no unit has taken up another look since."""
    _of_portal()
    changed = switching.undo(batch, current_account())
    flash(f"已退回 {changed} 个子站。换主题以后自己启用过新方案的单位没有动。", "success")
    return redirect(url_for("themes.index", slug=current_tenant.slug), HTTPStatus.SEE_OTHER)


def _stage() -> str:
    stage = request.values.get("stage", "")
    return f"unit:{request.values.get('unit', '')}" if stage == "unit" else stage


def _trial() -> list[Tenant]:
    """Return the subsites that were chosen and are not changed yet; the first of them is shown on trial."""
    theme = request.args.get("theme", "").partition(":")[0]
    if theme not in registry().themes or request.method != "GET":
        return []
    return list(db.session.scalars(switching.tenants_of(_stage())))


def _of_portal() -> None:
    if not current_tenant.is_portal:
        abort(404)


def _page(says: str = "", trial: Sequence[Tenant] = ()) -> str:
    _of_portal()
    own = (Tenant.portal_id == current_tenant.id) | (Tenant.id == current_tenant.id)
    units = list(
        db.session.scalars(
            select(Tenant).where(own, Tenant.state == TenantState.OPEN).order_by(Tenant.position, Tenant.id)
        )
    )
    return render_template(
        "look/themes.html",
        units=units,
        kinds=[kind for kind in TenantKind if any(one.kind is kind for one in units)],
        themes=registry().themes,
        batches=switching.batches(),
        sent=request.values,
        trial=trial,
        chosen=request.args.get("theme", "").partition(":"),
        says=says,
    )
