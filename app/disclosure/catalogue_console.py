"""The unit's catalogue on its desk: the rows, the form of one, the articles under it (rules 1.10)."""

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.permissions import Permission
from app.content import desk_queries
from app.core.errors import RuleBroken
from app.disclosure import editing, queries
from app.disclosure.forms import RowForm, form_of, new_form
from app.disclosure.models import CatalogueRow, Level
from app.tenancy.current import current_tenant
from app.tenancy.models import TenantKind
from app.web.blueprints import DeskBlueprint

bp = DeskBlueprint("catalogue", __name__, template_folder="templates")

LONGEST_SEARCH = 60


@bp.page("/", may=Permission.READ_DESK)
def index() -> ResponseReturnValue:
    """List the rows with how they stand."""
    rows = queries.rows(with_retired=True)
    groups: dict[str, list[object]] = {}
    for one in queries.standings([row for row in rows if row.retired_at is None]):
        groups.setdefault(one.row.first, []).append(one)
    return render_template(
        "disclosure/catalogue.html",
        groups=groups,
        retired=[row for row in rows if row.retired_at is not None],
        columns=queries.columns_by_id(),
    )


@bp.page("/new", may=Permission.KEEP_CATALOGUE)
def new() -> ResponseReturnValue:
    """Offer an empty row."""
    level = Level.TOWN if current_tenant.kind is TenantKind.TOWNSHIP else Level.COUNTY
    return _editor(new_form(desk_queries.columns_on_desk(), level), None)


@bp.action("/", may=Permission.KEEP_CATALOGUE)
def create() -> ResponseReturnValue:
    """Add a row of the unit's own."""
    form = _sent()
    if not form.validate():
        return _editor(form, None), HTTPStatus.UNPROCESSABLE_ENTITY
    row = editing.add_row(form.words())
    flash(f"已加入目录，编号 {row.code}。", "success")
    return _to(row)


@bp.page("/<int:row_id>", may=Permission.READ_DESK)
def show(row_id: int) -> ResponseReturnValue:
    """Show a row, what readers find under it, and what may be put there."""
    row = queries.row_by_id(row_id)
    words = request.args.get("words", "").replace("\x00", "").strip()[:LONGEST_SEARCH]
    return render_template(
        "disclosure/row.html",
        standing=queries.standings([row])[0],
        column=queries.columns_by_id().get(row.column_id or 0),
        tagged=queries.tagged(row),
        candidates=queries.candidates(row, words),
        words=words,
    )


@bp.page("/<int:row_id>/edit", may=Permission.KEEP_CATALOGUE)
def edit(row_id: int) -> ResponseReturnValue:
    """Offer a row in the form."""
    row = queries.row_by_id(row_id)
    return _editor(form_of(row, desk_queries.columns_on_desk()), row)


@bp.action("/<int:row_id>/edit", may=Permission.KEEP_CATALOGUE)
def save(row_id: int) -> ResponseReturnValue:
    """Change what a row says."""
    row, form = queries.row_by_id(row_id), _sent()
    if not form.validate():
        return _editor(form, row), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        is_changed = editing.change_row(row, form.words(), base=form.base_version)
    except RuleBroken as refusal:  # Somebody saved meanwhile; what was written stays in the form.
        flash(refusal.message, "warning")
        form.base.data = str(row.version)
        return _editor(form, row), HTTPStatus.CONFLICT
    flash(f"已保存，现在是第 {row.version} 版。" if is_changed else "没有改动。", "success")
    return _to(row)


@bp.action("/<int:row_id>/retire", may=Permission.KEEP_CATALOGUE)
def retire(row_id: int) -> ResponseReturnValue:
    """Keep a row no more."""
    row = queries.row_by_id(row_id)
    editing.retire(row)
    flash(f"“{row.second}”已停用，网页目录里不再列出。", "success")
    return _to(row)


@bp.action("/<int:row_id>/restore", may=Permission.KEEP_CATALOGUE)
def restore(row_id: int) -> ResponseReturnValue:
    """Keep a row again."""
    row = queries.row_by_id(row_id)
    editing.restore(row)
    flash(f"“{row.second}”已恢复使用。", "success")
    return _to(row)


@bp.action("/<int:row_id>/articles/<int:article_id>", may=Permission.KEEP_CATALOGUE)
def tag(row_id: int, article_id: int) -> ResponseReturnValue:
    """Put an article under a row."""
    row, article = queries.row_by_id(row_id), desk_queries.article_on_desk(article_id)
    editing.tag(row, article)
    flash("已关联到这一行。", "success")
    return _to(row)


@bp.action("/<int:row_id>/articles/<int:article_id>/remove", may=Permission.KEEP_CATALOGUE)
def untag(row_id: int, article_id: int) -> ResponseReturnValue:
    """Take an article from a row."""
    row, article = queries.row_by_id(row_id), desk_queries.article_on_desk(article_id)
    editing.untag(row, article)
    flash("已取消关联，信息本身没有变。", "success")
    return _to(row)


def _sent() -> RowForm:
    form = RowForm(request.form)
    form.offer(desk_queries.columns_on_desk())
    return form


def _editor(form: RowForm, row: CatalogueRow | None) -> str:
    return render_template("disclosure/edit_row.html", form=form, row=row)


def _to(row: CatalogueRow) -> ResponseReturnValue:
    return redirect(url_for("catalogue.show", slug=current_tenant.slug, row_id=row.id), HTTPStatus.SEE_OTHER)
