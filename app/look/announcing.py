"""The desk's page of what a unit says over its own subsite for a time."""

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.permissions import Permission
from app.accounts.session import current_account
from app.core.errors import RuleBroken
from app.look.announcements import MOST, announce, announced, end
from app.portal.banners import titled
from app.tenancy.current import current_tenant
from app.tenancy.places import place
from app.web.blueprints import DeskBlueprint
from app.web.workplace import permissions_here

bp = DeskBlueprint("announcements", __name__, template_folder="templates")


@bp.page("/", may=Permission.READ_DESK)
def index() -> ResponseReturnValue:
    """Show what is announced and what will be, and a form for another."""
    return _page()


@bp.action("/", may=Permission.USE_LOOK)
def set_one() -> ResponseReturnValue:
    """Announce a published text of the unit."""
    form = request.form
    try:
        announce(_article(), form.get("begins", ""), form.get("ends", ""))
    except RuleBroken as refusal:
        return _page(refusal.message), HTTPStatus.UNPROCESSABLE_ENTITY
    return _done("已设置：到时自动出现在子站每一页，结束后自动消失；信息撤回时也马上消失。")


@bp.action("/end", may=Permission.USE_LOOK)
def end_one() -> ResponseReturnValue:
    """Take an announcement away, or call it off."""
    try:
        end(_article())
    except RuleBroken as refusal:
        return _page(refusal.message), HTTPStatus.UNPROCESSABLE_ENTITY
    return _done("已结束：公告不再显示。")


def _article() -> int:
    asked = request.form.get("article", 0, type=int) or 0
    return asked if 0 < asked < 2**31 else 0


def _done(says: str) -> ResponseReturnValue:
    flash(says, "success")
    return redirect(url_for("announcements.index", slug=current_tenant.slug), HTTPStatus.SEE_OTHER)


def _page(wrong: str = "") -> str:
    tenant = place().tenant
    return render_template(
        "look/announcements.html",
        wrong=wrong,
        announced=announced(tenant),
        texts=titled(tenant.id),
        typed=request.form,
        most=MOST,
        may_announce=Permission.USE_LOOK in permissions_here(current_account(), current_tenant),
    )
