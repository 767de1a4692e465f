"""A unit's look on its desk: arranged and tried by its editors, taken up by who answers for the unit."""

from dataclasses import replace
from http import HTTPStatus

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.permissions import Permission
from app.accounts.session import current_account
from app.checks.short_texts import refuse_stops
from app.content import queries as content
from app.content.models import Layout, Section
from app.core.errors import RuleBroken
from app.look import pictures, queries, services
from app.look.blocks import AREAS, KINDS
from app.look.design import SORTS, Design
from app.look.models import LookDraft
from app.look.sheet import Sheet, design_from, sheet_from, sheet_of, words_of
from app.tenancy.current import current_tenant
from app.tenancy.places import place
from app.theming.registry import registry
from app.web.blueprints import DeskBlueprint
from app.web.workplace import permissions_here

bp = DeskBlueprint("look", __name__, template_folder="templates")


@bp.page("/", may=Permission.READ_DESK)
def index() -> ResponseReturnValue:
    """Show the prepared look as a form, its preview beside it, and the looks there were."""
    kept = queries.draft()
    return _page(kept, sheet_of(queries.prepared_design(kept), _main_columns()))


@bp.action("/", may=Permission.ARRANGE_LOOK)
def save() -> ResponseReturnValue:
    """Keep what was arranged; visitors see no difference yet."""
    kept = queries.draft()
    before = queries.prepared_design(kept)
    sheet = sheet_from(request.form)
    design, sheet = design_from(sheet, before, registry().worn_by(before.theme), _lists())
    try:
        design = _with_pictures(design, before, sheet)
        refuse_stops(words_of(design))
    except RuleBroken as refusal:
        sheet = replace(sheet, wrong=(*sheet.wrong, refusal.message))
    if sheet.wrong:
        return _page(kept, sheet, _seen()), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        services.save(design, _seen(), current_account())
    except services.Overtaken as overtaken:
        says = (
            f"{overtaken.message}您填写的内容都还在下面，没有保存。请先看“现在的方案”预览；"
            "要用您的内容，再按一次“保存并预览”，就会代替对方的。"
        )
        return _page(queries.draft(), replace(sheet, wrong=(says,))), HTTPStatus.CONFLICT
    flash("已保存，读者还看不到。请看下面的预览，满意后再启用。", "success")
    return _done("preview" if "move" not in request.form and "add_block" not in request.form else "blocks")


@bp.action("/use", may=Permission.USE_LOOK)
def use() -> ResponseReturnValue:
    """Let visitors see the prepared look."""
    made = services.use(_seen(), current_account())
    flash(f"已启用，这是第 {made.number} 版。读者现在看到的就是它。", "success")
    return _done("versions")


@bp.action("/discard", may=Permission.ARRANGE_LOOK)
def discard() -> ResponseReturnValue:
    """Forget what is prepared."""
    services.discard(current_account())
    flash("没有启用的方案已放弃，读者看到的没有变。", "success")
    return _done("")


@bp.action("/versions/<int:number>/use", may=Permission.USE_LOOK)
def go_back(number: int) -> ResponseReturnValue:
    """Let visitors see an earlier look again."""
    made = services.go_back(number, current_account())
    flash(f"已恢复第 {number} 版的样子，记为第 {made.number} 版。", "success")
    return _done("versions")


@bp.page("/files/<name>", may=Permission.READ_DESK)
def file(name: str) -> Response:
    """Answer a picture of a look that is tried."""
    return pictures.answer(name)


def _page(kept: LookDraft | None, sheet: Sheet, seen: str = "") -> str:
    theme = registry().worn_by(place().tenant.theme)
    may = permissions_here(current_account(), current_tenant)
    return render_template(
        "look/index.html",
        sheet=sheet,
        kept=kept,
        seen=seen or queries.stamp(kept),
        stamp=queries.stamp(kept),
        design=queries.prepared_design(kept),
        theme=theme,
        kinds=KINDS,
        areas=AREAS,
        sorts=SORTS,
        focuses=pictures.FOCUSES,
        lists=_lists(),
        titles=_main_columns(),
        versions=queries.versions(),
        number=place().tenant.look.get("number"),
        may_arrange=Permission.ARRANGE_LOOK in may,
        may_use=Permission.USE_LOOK in may,
    )


def _with_pictures(design: Design, before: Design, sheet: Sheet) -> Design:
    """Return the look with its pictures: new ones, the same with other words, or none."""
    logo, banner = before.logo, before.banner
    if (upload := request.files.get("logo")) and upload.filename:
        logo = pictures.take_logo(upload, sheet.logo_says)
    if (upload := request.files.get("banner")) and upload.filename:
        banner = pictures.take_banner(upload, request.form.get("focus", ""), sheet.banner_says)
    logo = None if "no_logo" in request.form or logo is None else replace(logo, says=sheet.logo_says)
    banner = (
        None if "no_banner" in request.form or banner is None else replace(banner, says=sheet.banner_says)
    )
    return replace(design, logo=logo, banner=banner)


def _seen() -> str:
    return request.form.get("seen", "")


def _main_columns() -> dict[str, str]:
    """Return the titles of the columns of the menu by their slugs, in order."""
    return {
        one.slug: one.title for one in content.menu_columns(content.own_menu()) if one.section is Section.MAIN
    }


def _lists() -> dict[str, str]:
    """Return the titles of the columns that list articles, by their slugs."""
    return {
        one.slug: one.title
        for one in content.menu_columns(content.own_menu())
        if one.section is Section.MAIN and one.layout == Layout.LIST
    }


def _done(anchor: str) -> ResponseReturnValue:
    where = url_for("look.index", slug=current_tenant.slug, _anchor=anchor or None)
    return redirect(where, HTTPStatus.SEE_OTHER)
