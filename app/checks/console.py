"""Where checks are read and answered: of an article, of a text being written, of what is public."""

from http import HTTPStatus

from flask import abort, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.permissions import Permission
from app.accounts.session import current_account
from app.checks import queries, services
from app.checks.rulebook import rulebook
from app.content import desk_queries
from app.content.forms import kept_files, sent_form
from app.content.genres import Genre
from app.content.models import Article, Revision
from app.content.services import CLOSED_TO_WRITERS, Text
from app.core.clock import today
from app.core.errors import RuleBroken
from app.tenancy.current import current_tenant
from app.web.blueprints import DeskBlueprint
from app.web.converters import LARGEST_ID

bp = DeskBlueprint("checks", __name__, template_folder="templates")

OF_ARTICLE = "/articles/<int:article_id>/checks"
#: What checks.js sends along, to be answered with the findings alone.
FRAGMENT = "X-Fragment"
UNREADABLE = "表单里有读不懂的内容，这次没有检查。请改好后再试。"


@bp.page(OF_ARTICLE, may=Permission.READ_DESK)
def show(article_id: int) -> ResponseReturnValue:
    """List what the checks say about an article's newest text, each with what can be done about it."""
    article = _article(article_id)
    head = _head(article)
    report = services.report_on(article, head)
    return render_template(
        "checks/show.html",
        article=article,
        head=head,
        report=report,
        may_mend=article.state not in CLOSED_TO_WRITERS,
        account_id=current_account().id,
    )


@bp.action(f"{OF_ARTICLE}/mask", may=Permission.WRITE_ARTICLE)
def mask(article_id: int) -> ResponseReturnValue:
    """Put what the checks suggest in place of what they found."""
    article = _article(article_id)
    chosen = request.form.getlist("fingerprint")
    count = services.mask(article, chosen, current_account(), revision=_seen())
    flash(f"已改好 {count} 处，成为新的一版。", "success")
    return _back(article)


@bp.action(f"{OF_ARTICLE}/ask", may=Permission.WRITE_ARTICLE)
def ask(article_id: int) -> ResponseReturnValue:
    """Ask that a stop may pass, with a reason."""
    article = _article(article_id)
    fingerprint, reason = request.form.get("fingerprint", ""), request.form.get("reason", "")
    services.ask_waiver(article, _seen(), fingerprint, current_account(), reason=reason)
    flash("已申请放行，等另一位同志同意。", "success")
    return _back(article)


@bp.action(f"{OF_ARTICLE}/<int:waiver_id>/agree", may=Permission.SIGN_ARTICLE)
def agree(article_id: int, waiver_id: int) -> ResponseReturnValue:
    """Let a stop pass, as the second person."""
    return _agreed(article_id, waiver_id)


@bp.action(f"{OF_ARTICLE}/<int:waiver_id>/clear", may=Permission.CLEAR_SECRECY)
def clear(article_id: int, waiver_id: int) -> ResponseReturnValue:
    """Let a mark of secrecy pass, as the secrecy officer."""
    return _agreed(article_id, waiver_id)


@bp.action("/articles/check", may=Permission.WRITE_ARTICLE)
def check_form() -> ResponseReturnValue:
    """Check a text that is being written: the findings alone for the form, a page without script."""
    article_id = request.args.get("article", type=int)
    article = _article(article_id) if article_id else None
    text = _sent_text()
    report = services.report_on_text(text, submitted=request.form.get("body", ""), article=article)
    if request.headers.get(FRAGMENT):
        page = render_template("checks/findings.html", report=report)
        return jsonify(summary=report.summary, stops=len(report.stops), html=page)
    return render_template("checks/written.html", report=report)


@bp.page("/checks", may=Permission.READ_DESK)
def overview() -> ResponseReturnValue:
    """Show which waivers wait for a second person, and what the last rescan found in public texts."""
    return render_template(
        "checks/overview.html",
        waiting=queries.waivers_to_agree(),
        standing=queries.standing_hits(),
        count=queries.count_standing(),
        rules=rulebook(today()),
    )


def _agreed(article_id: int, waiver_id: int) -> ResponseReturnValue:
    article = _article(article_id)
    services.agree_waiver(queries.waiver_by_id(article, waiver_id), current_account())
    flash("已同意放行，记入操作记录。", "success")
    return _back(article)


def _sent_text() -> Text:
    """Return the form's text though it may be half written; what is no choice is taken as the usual one."""
    form = sent_form()
    form.title.data, form.body.data = form.title.data or "", form.body.data or ""
    if form.genre.data not in set(Genre):
        form.genre.data = Genre.NEWS.value
    try:
        return form.text(desk_queries.attachments_by_id([one for one in kept_files() if one <= LARGEST_ID]))
    except (ValueError, TypeError) as error:
        raise RuleBroken(UNREADABLE) from error


def _article(article_id: int) -> Article:
    """Return an article of the unit; one that was taken down for secrecy is checked no more, nor told."""
    article = desk_queries.article_on_desk(article_id)
    return abort(HTTPStatus.NOT_FOUND) if article.is_secret else article


def _head(article: Article) -> Revision:
    return article.head or abort(HTTPStatus.NOT_FOUND)


def _seen() -> int:
    """Return the revision that the person saw; 0, which no revision has, where that is unreadable."""
    return request.form.get("revision", 0, type=int)


def _back(article: Article) -> ResponseReturnValue:
    return redirect(
        url_for("checks.show", slug=current_tenant.slug, article_id=article.id), HTTPStatus.SEE_OTHER
    )
