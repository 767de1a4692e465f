"""Collections on the desk: begun, described, filled and ordered by signers and managers."""

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.permissions import Permission
from app.accounts.session import current_account
from app.core.errors import RuleBroken
from app.documents import collections, desk_queries
from app.tenancy.current import current_tenant
from app.web.blueprints import DeskBlueprint
from app.web.converters import LARGEST_ID
from app.web.workplace import permissions_here

bp = DeskBlueprint("collecting", __name__, template_folder="../templates")

LONGEST_WORDS = 60
KEEP = Permission.KEEP_COLLECTIONS


@bp.page("/", may=Permission.READ_DESK)
def index() -> ResponseReturnValue:
    """List the unit's collections, and offer to begin one."""
    return _list()


@bp.action("/", may=KEEP)
def create() -> ResponseReturnValue:
    """Begin a collection."""
    try:
        made = collections.create(request.form.get("title", ""), request.form.get("description", ""))
    except RuleBroken as refusal:
        return _list(refusal.message), HTTPStatus.UNPROCESSABLE_ENTITY
    return _done(made.id, "已建好。请查找文件，逐篇收入。")


@bp.page("/<int:collection_id>/", may=Permission.READ_DESK)
def show(collection_id: int) -> ResponseReturnValue:
    """Show a collection with its documents."""
    return _page(collection_id)


@bp.action("/<int:collection_id>/", may=KEEP)
def describe(collection_id: int) -> ResponseReturnValue:
    """Change title and description."""
    found = collections.collection_by_id(collection_id)
    try:
        collections.describe(found, request.form.get("title", ""), request.form.get("description", ""))
    except RuleBroken as refusal:
        return _page(collection_id, refusal.message), HTTPStatus.UNPROCESSABLE_ENTITY
    return _done(collection_id, "已保存。")


@bp.action("/<int:collection_id>/entries", may=KEEP)
def put_in(collection_id: int) -> ResponseReturnValue:
    """Put a document in, at the end."""
    found = collections.collection_by_id(collection_id)
    unit, _, article = request.form.get("target", "").partition(":")
    if not all(
        one.isascii() and one.isdecimal() and int(one) <= LARGEST_ID for one in (unit[:12], article[:12])
    ):
        return _page(collection_id, "请先查找文件，再选择一个。"), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        collections.put_in(found, int(unit[:12]), int(article[:12]))
    except RuleBroken as refusal:
        return _page(collection_id, refusal.message), HTTPStatus.UNPROCESSABLE_ENTITY
    return _done(collection_id, "已收入。")


@bp.action("/<int:collection_id>/entries/<int:entry_id>/up", may=KEEP)
def move_up(collection_id: int, entry_id: int) -> ResponseReturnValue:
    """Let a document change places with the one before it."""
    collections.move_up(collections.collection_by_id(collection_id), entry_id)
    return _done(collection_id, "顺序已改。")


@bp.action("/<int:collection_id>/entries/<int:entry_id>/remove", may=KEEP)
def take_out(collection_id: int, entry_id: int) -> ResponseReturnValue:
    """Take a document out again."""
    collections.take_out(collections.collection_by_id(collection_id), entry_id)
    return _done(collection_id, "已移出，信息本身没有动。")


@bp.action("/<int:collection_id>/remove", may=KEEP)
def remove(collection_id: int) -> ResponseReturnValue:
    """Delete a collection; its documents stay."""
    collections.remove(collections.collection_by_id(collection_id))
    flash("汇编已删除，里面的信息都还在。", "success")
    return redirect(url_for("collecting.index", slug=current_tenant.slug), HTTPStatus.SEE_OTHER)


def _list(says: str = "") -> str:
    return render_template(
        "documents/collections.html",
        cards=collections.collections(),
        may_keep=KEEP in permissions_here(current_account(), current_tenant),
        says=says,
        sent=request.form,
    )


def _page(collection_id: int, says: str = "") -> str:
    found = collections.collection_by_id(collection_id)
    words = request.values.get("words", "").strip()[:LONGEST_WORDS]
    return render_template(
        "documents/collection.html",
        collection=found,
        entries=collections.entries_on_desk(found),
        may_keep=KEEP in permissions_here(current_account(), current_tenant),
        words=words,
        found=[one for one in desk_queries.documents_like(words) if one.is_public],
        says=says,
        sent=request.form,
    )


def _done(collection_id: int, message: str) -> ResponseReturnValue:
    flash(message, "success")
    where = url_for("collecting.show", slug=current_tenant.slug, collection_id=collection_id)
    return redirect(where, HTTPStatus.SEE_OTHER)
