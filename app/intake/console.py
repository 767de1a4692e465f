"""Where clerks take in documents: choosing files or pasting, the outcome of each, and checking the fields."""

from http import HTTPStatus

from flask import abort, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.permissions import Permission
from app.accounts.session import current_account
from app.content import desk_queries
from app.content import services as content
from app.content.attachments import desk_files
from app.content.models import Article, Column, Layout, Revision
from app.core.database import db
from app.core.html import descriptions_in, shown
from app.intake import queries
from app.intake.document import EXTENSIONS, pasted
from app.intake.forms import EVIDENCE, IntakeForm, form_of
from app.intake.models import IntakeRecord
from app.intake.services import Outcome, revised, take_in
from app.tenancy.current import current_tenant
from app.web.blueprints import DeskBlueprint

bp = DeskBlueprint("intake", __name__, template_folder="templates")

#: Of one request; with a script each file is a request of its own.
MOST_FILES = 20
LONGEST_PASTE = 400_000
LARGEST_ID = 2**31 - 1


@bp.page("/", may=Permission.WRITE_ARTICLE)
def index() -> ResponseReturnValue:
    """Offer to choose files or to paste."""
    return _entrance([], "")


@bp.action("/", may=Permission.WRITE_ARTICLE)
def receive() -> ResponseReturnValue:
    """File each document as a draft, and say what became of it."""
    words = request.form.get("words", "").strip()
    column_id = _column_id()
    given = [(one.filename or "", one) for one in request.files.getlist("documents") if one.filename]
    if not given and not words:
        return _entrance([], words, "请先选择文件，或把文字粘贴到框里。"), HTTPStatus.UNPROCESSABLE_ENTITY
    if len(given) > MOST_FILES or len(words) > LONGEST_PASTE:
        wrong = f"一次最多 {MOST_FILES} 个文件，粘贴的文字最多 {LONGEST_PASTE // 10_000} 万字。请分几次导入。"
        return _entrance([], words, wrong), HTTPStatus.UNPROCESSABLE_ENTITY
    outcomes = []
    for name, upload in given:
        outcomes.append(take_in(name, upload.stream.read(), current_account(), column_id=column_id))
        db.session.commit()  # What is filed stays filed, whatever the next file does.
    if words:
        content_, sort = pasted(words)
        outcomes.append(take_in(f"粘贴的文字.{sort}", content_, current_account(), column_id=column_id))
    return _answered(outcomes, words)


@bp.page("/<int:article_id>", may=Permission.WRITE_ARTICLE)
def result(article_id: int) -> ResponseReturnValue:
    """Show every field beside the words it was taken from."""
    record, article, head = _taken(article_id)
    if article.state in content.CLOSED_TO_WRITERS:
        return _to_article(article)
    text = content.text_of(head)
    form = form_of(text, column_id=article.column_id, base=head.id, original_id=record.attachment_id)
    return _checking(form, record, article, head)


@bp.action("/<int:article_id>", may=Permission.WRITE_ARTICLE)
def save(article_id: int) -> ResponseReturnValue:
    """Keep the checked fields as the draft's next revision."""
    record, article, head = _taken(article_id)
    form = IntakeForm(request.form)
    form.offer(_columns_for(article))
    if not form.validate():
        return _checking(form, record, article, head), HTTPStatus.UNPROCESSABLE_ENTITY
    descriptions = {token: request.form.get(f"alt-{token}", "")[:200] for token in descriptions_in(head.body)}
    text = revised(content.text_of(head), form.changes(), descriptions, record.original)
    try:
        content.revise(article, text, current_account(), base=form.base_id)
    except content.StaleRevisionError as stale:
        form.base.data = str(stale.head.id)
        flash("您打开之后，这篇信息已被他人修改。下面是您填写的内容，核对后再保存一次。", "warning")
        return _checking(form, record, article, head), HTTPStatus.CONFLICT
    if form.column_id.data != article.column_id:
        column = desk_queries.column_by_id(form.column_id.data)
        content.move_to_column(article, column, current_account())
    flash("已保存为草稿。核对无误后提交审签。", "success")
    if request.form.get("next") == "edit":
        return redirect(url_for("articles.edit", slug=current_tenant.slug, article_id=article.id), 303)
    return _to_article(article)


def _entrance(outcomes: list[Outcome], words: str, wrong: str = "") -> str:
    columns = [one for one in desk_queries.columns_on_desk() if one.layout is Layout.LIST]
    return render_template(
        "intake/index.html",
        outcomes=outcomes,
        words=words,
        wrong=wrong,
        columns=columns,
        column_id=_column_id(),
        accepted=",".join(f".{one}" for one in EXTENSIONS),
        most_files=MOST_FILES,
    )


def _answered(outcomes: list[Outcome], words: str) -> ResponseReturnValue:
    """Answer a script with data; a person goes straight to a single draft, else to the list of outcomes."""
    if request.accept_mimetypes.best == "application/json":
        return jsonify([_in_json(one) for one in outcomes])
    filed = [one for one in outcomes if one.article_id]
    if len(outcomes) == len(filed) == 1:
        if filed[0].is_known:
            flash("这份文件以前导入过，下面就是那一篇。", "warning")
        return redirect(_address(filed[0]), 303)
    is_pasted_filed = bool(words) and outcomes[-1].article_id is not None
    page = _entrance(outcomes, "" if is_pasted_filed else words)
    return page, HTTPStatus.OK if filed else HTTPStatus.UNPROCESSABLE_ENTITY


def _in_json(outcome: Outcome) -> dict[str, object]:
    return {
        "name": outcome.name,
        "title": outcome.title,
        "url": _address(outcome) if outcome.article_id else "",
        "known": outcome.is_known,
        "remarks": list(outcome.remarks),
    }


def _address(outcome: Outcome) -> str:
    return url_for("intake.result", slug=current_tenant.slug, article_id=outcome.article_id)


def _checking(form: IntakeForm, record: IntakeRecord, article: Article, head: Revision) -> str:
    form.offer(_columns_for(article))
    found = record.found
    files = desk_files()
    return render_template(
        "intake/result.html",
        form=form,
        record=record,
        article=article,
        found=found,
        evidence={name: found.fields.get(EVIDENCE.get(name, name)) for name in form._fields},
        pictures=descriptions_in(head.body),
        body=shown(head.body, files=files),
    )


def _taken(article_id: int) -> tuple[IntakeRecord, Article, Revision]:
    if article_id > LARGEST_ID:
        abort(HTTPStatus.NOT_FOUND)
    record = queries.record_of(article_id)
    article = desk_queries.article_on_desk(article_id)
    return record, article, article.head or abort(HTTPStatus.NOT_FOUND)


def _columns_for(article: Article) -> list[Column]:
    """Return where the text may be filed: what is public stays where it was signed for."""
    return [article.column] if article.is_public else desk_queries.columns_on_desk()


def _column_id() -> int:
    return min(request.values.get("column", 0, type=int) or 0, LARGEST_ID)


def _to_article(article: Article) -> ResponseReturnValue:
    return redirect(url_for("publishing.show", slug=current_tenant.slug, article_id=article.id), 303)
