"""Where editors write: the list of articles, the form, the merging of two texts, the files.

The article's own page with its steps is publishing's.
"""

from dataclasses import dataclass
from http import HTTPStatus

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.models import Account
from app.accounts.permissions import Permission
from app.accounts.session import current_account
from app.content import attachments, desk_queries, lease, services
from app.content.difference import shown_value
from app.content.filetypes import TYPES
from app.content.forms import DAYS, MOMENTS, WORDS, ArticleForm, form_of, kept_files, new_form, sent_form
from app.content.genres import DOCUMENTS, IN_FORCE
from app.content.models import Article, Attachment, Column, Revision
from app.content.states import ArticleState
from app.core.errors import RuleBroken
from app.core.html import shown
from app.tenancy.current import current_tenant
from app.web.blueprints import DeskBlueprint

bp = DeskBlueprint("articles", __name__, template_folder="templates")

LARGEST_ID = 2**31 - 1


@dataclass
class Files:
    """The files of a form that was sent: what is stored by now, and what was refused."""

    stored: list[Attachment]
    refused: list[str]


@bp.page("/", may=Permission.READ_DESK)
def index() -> ResponseReturnValue:
    """List the unit's articles, last changed first."""
    states = set(ArticleState)
    asked = request.args.get("state", "")
    state = ArticleState(asked) if asked in states else None
    column_id = min(request.args.get("column", 0, type=int), LARGEST_ID)
    words = request.args.get("words", "").strip()[:60]
    page = min(request.args.get("page", 1, type=int), LARGEST_ID)
    return render_template(
        "content/index.html",
        listing=desk_queries.articles_on_desk(state=state, column_id=column_id, words=words, page=page),
        counts=desk_queries.desk_counts(),
        columns=desk_queries.columns_on_desk(),
        state=state,
        column_id=column_id,
        words=words,
    )


@bp.page("/new", may=Permission.WRITE_ARTICLE)
def new() -> ResponseReturnValue:
    """Offer an empty form."""
    column_id = request.args.get("column", type=int)
    form = new_form(source=current_tenant.unit or current_tenant.name, column_id=column_id)
    return _editor(form, Files([], []), None)


@bp.action("/", may=Permission.WRITE_ARTICLE)
def create() -> ResponseReturnValue:
    """Save the first text of an article."""
    form, files = _sent(None)
    if not form.validate() or files.refused:
        return _editor(form, files, None), HTTPStatus.UNPROCESSABLE_ENTITY
    column = desk_queries.column_by_id(form.column_id.data)
    article = services.start_article(column, form.text(files.stored), current_account())
    return _saved(article, "new")


@bp.page("/<int:article_id>/edit", may=Permission.WRITE_ARTICLE)
def edit(article_id: int) -> ResponseReturnValue:
    """Offer the newest text in the form."""
    article = desk_queries.article_on_desk(article_id)
    if article.is_secret or article.state in services.CLOSED_TO_WRITERS:
        flash(f"这篇信息{article.state.label}，现在不能修改。", "warning")
        return redirect(url_for("publishing.show", slug=current_tenant.slug, article_id=article_id), 303)
    head = _head(article)
    form = form_of(head, article.column_id)
    form.body.data = str(
        shown(head.body, files=attachments.desk_files())
    )  # Pictures are seen while one writes.
    if head.id == article.published_id:
        form.correction.data = ""  # It was of the text that readers see; the next one says its own.
    return _editor(form, Files(_files_of(head), []), article)


@bp.action("/<int:article_id>/edit", may=Permission.WRITE_ARTICLE)
def save(article_id: int) -> ResponseReturnValue:
    """Save a further text, or show both where somebody else saved meanwhile."""
    article = desk_queries.article_on_desk(article_id)
    form, files = _sent(article)
    if not form.validate() or files.refused:
        return _editor(form, files, article), HTTPStatus.UNPROCESSABLE_ENTITY
    author = current_account()
    try:
        services.revise(article, form.text(files.stored), author, base=form.base_id)
    except services.StaleRevisionError as stale:
        return _merge(form, files, article, stale.head.id), HTTPStatus.CONFLICT
    except RuleBroken as refusal:  # Somebody handed it in meanwhile; what was written stays in the form.
        flash(refusal.message, "warning")
        return _editor(form, files, desk_queries.article_on_desk(article_id)), HTTPStatus.CONFLICT
    lease.release(article, author)
    if form.column_id.data != article.column_id:
        _move_to_column(article, form.column_id.data, author)
    return _saved(article, str(article.id))


@bp.page("/files/<token>", may=Permission.READ_DESK)
def file(token: str) -> ResponseReturnValue:
    """Answer a file of a text that may not be published yet, to the unit's staff."""
    token, size = attachments.asked_for(token)
    return attachments.answer(desk_queries.attachment_by_token(token), size)


def _columns_for(article: Article | None) -> list[Column]:
    """Return where the text may be filed: what is public stays where it was signed for."""
    if article is not None and article.is_public:
        return [article.column]
    return desk_queries.columns_on_desk()


def _sent(article: Article | None) -> tuple[ArticleForm, Files]:
    """Read the form; files are stored before it is judged, so that nobody has to choose them again."""
    form = sent_form()
    form.offer(_columns_for(article))
    files = Files(desk_queries.attachments_by_id(kept_files()), [])
    for upload in request.files.getlist("uploads"):
        if not upload.filename:
            continue
        try:
            files.stored.append(attachments.store(upload, current_account()))
        except RuleBroken as refusal:
            files.refused.append(refusal.message)
    return form, files


def _editor(form: ArticleForm, files: Files, article: Article | None) -> str:
    """Render the form; its page alone may have inline styles, which the rich text editor needs."""
    g.allows_inline_styles = True
    form.offer(_columns_for(article))
    return render_template("content/edit.html", **_around_form(form, files, article))


def _merge(form: ArticleForm, files: Files, article: Article, head_id: int) -> str:
    """Show what is stored beside what was sent; saving again continues from what is stored."""
    g.allows_inline_styles = True
    theirs = desk_queries.revision_of(article, head_id)
    form.base.data = str(theirs.id)
    return render_template(
        "content/merge.html",
        theirs=theirs,
        their_body=shown(theirs.body, files=attachments.desk_files()),
        differences=_differences(form, theirs),
        **_around_form(form, files, article),
    )


def _around_form(form: ArticleForm, files: Files, article: Article | None) -> dict[str, object]:
    account = current_account()
    return {
        "form": form,
        "files": files,
        "article": article,
        "accepted": ",".join(f".{extension}" for extension in TYPES),
        "label_of": attachments.label_of,
        "documents": " ".join(sorted(DOCUMENTS)),
        "in_force": " ".join(sorted(IN_FORCE)),
        "draft_key": _draft_key(account, str(article.id) if article else "new"),
    }


def _differences(form: ArticleForm, theirs: Revision) -> list[tuple[str, str, str]]:
    """Return the label, their value and my value of each short field in which the two texts differ."""
    names = (*WORDS, *DAYS, *MOMENTS)
    said = (
        (name, shown_value(getattr(theirs, name), name), shown_value(form[name].data, name)) for name in names
    )
    return [(form[name].label.text, their, mine) for name, their, mine in said if their != mine]


def _head(article: Article) -> Revision:
    return article.head or abort(HTTPStatus.NOT_FOUND)


def _files_of(revision: Revision) -> list[Attachment]:
    return [entry.attachment for entry in revision.files]


def _move_to_column(article: Article, column_id: int, by: Account) -> None:
    services.move_to_column(article, desk_queries.column_by_id(column_id), by)


def _saved(article: Article, draft: str) -> ResponseReturnValue:
    flash("已保存。", "success")
    flash(_draft_key(current_account(), draft), "draft")
    return redirect(url_for("publishing.show", slug=current_tenant.slug, article_id=article.id), 303)


def _draft_key(account: Account, draft: str) -> str:
    """Name a text kept in the browser: by person too, since offices share computers."""
    return f"{account.id}/{current_tenant.slug}/{draft}"
