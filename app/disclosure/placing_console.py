"""From an article to the rows of the catalogue: where it stands, all of them on one page (rules 1.10)."""

from collections.abc import Iterator
from itertools import groupby

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.permissions import Permission
from app.content import desk_queries
from app.content.models import Article
from app.disclosure import editing, queries
from app.disclosure.models import CatalogueRow
from app.tenancy.current import current_tenant
from app.web.blueprints import DeskBlueprint

bp = DeskBlueprint("placing", __name__, template_folder="templates")


@bp.page("", may=Permission.KEEP_CATALOGUE)
def show(article_id: int) -> ResponseReturnValue:
    """Offer the unit's rows; those under which the article stands by its column cannot be left."""
    article = _article(article_id)
    return render_template(
        "disclosure/placing.html",
        article=article,
        groups=[(name, list(rows)) for name, rows in _groups()],
        chosen=queries.rows_with(article),
    )


@bp.action("", may=Permission.KEEP_CATALOGUE)
def save(article_id: int) -> ResponseReturnValue:
    """Put the article under the rows that were chosen, and take it from the others."""
    article = _article(article_id)
    chosen = set(request.form.getlist("row", type=int))
    put, taken = editing.place(article, [row for row in queries.rows() if row.id in chosen])
    flash(f"已保存：新归入 {put} 行，取消 {taken} 行。" if put + taken else "没有改动。", "success")
    address = url_for("publishing.show", slug=current_tenant.slug, article_id=article.id)
    return redirect(address, 303)


def _article(article_id: int) -> Article:
    article = desk_queries.article_on_desk(article_id)
    return abort(403) if article.is_secret else article


def _groups() -> Iterator[tuple[str, Iterator[CatalogueRow]]]:
    return groupby(queries.rows(), key=lambda row: row.first)
