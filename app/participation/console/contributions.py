"""What visitors sent to a hearing, for who works on it: read, search, take away, mark, quote (D5).

Reading leaves a record, so that it is an action and no page; and what is looked for stands in no address.
"""

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.permissions import Permission
from app.accounts.session import current_account
from app.participation import contributions, desk
from app.participation.console.hearings import TEMPLATES
from app.participation.desk import PER_PAGE, Sent
from app.participation.models import Hearing
from app.tenancy.current import current_tenant
from app.web.blueprints import DeskBlueprint
from app.web.cells import csv_of
from app.web.converters import LARGEST_ID

HEADS = ("编号", "类别", "姓名", "联系电话", "内容", "可以摘登", "收到时间", "不计入的原因")
LONGEST_SEARCH = 60

bp = DeskBlueprint("contributions", __name__, template_folder=TEMPLATES)


@bp.action("/contributions", may=Permission.READ_CONTRIBUTIONS)
def read(hearing_id: int) -> ResponseReturnValue:
    """Show one page of what was sent, or of what a search finds in it."""
    hearing = desk.hearing_on_desk(hearing_id)
    return _page(hearing)


@bp.action("/contributions.csv", may=Permission.READ_CONTRIBUTIONS)
def table(hearing_id: int) -> ResponseReturnValue:
    """Answer all that was sent as a table that is safe in a spreadsheet (C7)."""
    hearing = desk.hearing_on_desk(hearing_id)
    sent = [*desk.contributions(hearing), *desk.contributions(hearing, spam=True)]
    contributions.note_reading(hearing, len(sent), is_exported=True)
    answer = Response(csv_of(HEADS, [_cells(one) for one in sent]), content_type="text/csv; charset=utf-8")
    name = f"{current_tenant.slug}-hearing-{hearing.id}.csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@bp.action("/contributions/<int:contribution_id>/spam", may=Permission.READ_CONTRIBUTIONS)
def spam(hearing_id: int, contribution_id: int) -> ResponseReturnValue:
    """Let something not count, with a reason."""
    hearing = desk.hearing_on_desk(hearing_id)
    found = desk.contribution_on_desk(hearing, contribution_id)
    contributions.mark_spam(hearing, found, reason=request.form.get("reason", ""))
    flash(f"{found.reference} 已标为不计入，原件保留。", "success")
    return _back(hearing)


@bp.action("/contributions/<int:contribution_id>/count", may=Permission.READ_CONTRIBUTIONS)
def count(hearing_id: int, contribution_id: int) -> ResponseReturnValue:
    """Let something count again."""
    hearing = desk.hearing_on_desk(hearing_id)
    found = desk.contribution_on_desk(hearing, contribution_id)
    contributions.count_again(hearing, found)
    flash(f"{found.reference} 已恢复计入。", "success")
    return _back(hearing)


@bp.action("/result", may=Permission.WRITE_ARTICLE)
def draft_result(hearing_id: int) -> ResponseReturnValue:
    """Begin the article that tells the result, with the opinions that were chosen."""
    hearing = desk.hearing_on_desk(hearing_id)
    chosen = {min(one, LARGEST_ID) for one in request.form.getlist("chosen", type=int)}
    article = contributions.draft_result(hearing, chosen, current_account())
    flash("已起草结果。请补写采纳情况和理由，再提交审签；发布后活动页面上就有链接。", "success")
    return redirect(url_for("articles.edit", slug=current_tenant.slug, article_id=article.id), 303)


def _page(hearing: Hearing) -> str:
    words = request.form.get("words", "")[:LONGEST_SEARCH]
    is_spam = bool(request.form.get("spam"))
    sent = desk.contributions(hearing, words=words, spam=is_spam)
    pages = max(1, -(-len(sent) // PER_PAGE))
    number = min(max(request.form.get("page", 1, type=int), 1), pages)
    shown = sent[(number - 1) * PER_PAGE : number * PER_PAGE]
    contributions.note_reading(hearing, len(shown), is_exported=False)
    return render_template(
        "participation/contributions.html",
        hearing=hearing,
        terms=desk.signed_terms(hearing),
        sent=shown,
        total=len(sent),
        page=number,
        pages=pages,
        words=words,
        is_spam=is_spam,
    )


def _cells(one: Sent) -> tuple[object, ...]:
    row, words = one.row, one.words
    about = (row.reference, row.kind, words.name, words.contact, words.text)
    return (*about, row.may_be_quoted, row.received_at, row.spam_reason)


def _back(hearing: Hearing) -> ResponseReturnValue:
    return redirect(url_for("hearings.show", slug=current_tenant.slug, hearing_id=hearing.id), 303)
