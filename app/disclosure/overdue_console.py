"""The unit's page of what is late, what is due, and what is closed and due for review (GK-04, GK-08)."""

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.permissions import Permission
from app.accounts.session import current_account
from app.core.clock import today
from app.core.errors import RuleBroken
from app.disclosure import decisions, overdue, queries
from app.disclosure.models import Conclusion
from app.disclosure.standing import State, deadline_rule
from app.tenancy.current import current_tenant
from app.web.blueprints import DeskBlueprint

bp = DeskBlueprint("overdue", __name__, template_folder="templates")


@bp.page("/overdue", may=Permission.READ_DESK)
def index() -> ResponseReturnValue:
    """List them."""
    return _page()


@bp.action("/reviews/<int:article_id>", may=Permission.DECIDE_DISCLOSURE)
def review(article_id: int) -> ResponseReturnValue:
    """Record that somebody has looked again at what is not disclosed."""
    article, head = overdue.closed_article(article_id)
    asked, reason = request.form.get("conclusion", ""), request.form.get("reason", "")
    if asked not in set(Conclusion):
        return _page(article_id, asked, reason, "请选择复核的结论。"), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        decisions.review(article, head, current_account(), conclusion=Conclusion(asked), reason=reason)
    except RuleBroken as refusal:  # What was typed stays in its field.
        return _page(article_id, asked, reason, refusal.message), HTTPStatus.UNPROCESSABLE_ENTITY
    flash("已记录复核。" + _next_step(Conclusion(asked)), "success")
    return redirect(url_for("overdue.index", slug=current_tenant.slug), HTTPStatus.SEE_OTHER)


def _next_step(conclusion: Conclusion) -> str:
    if conclusion is Conclusion.STAYS:
        return ""
    return "请信息员打开这篇信息，把公开属性改为“主动公开”，再提交审签。"


def _page(article_id: int = 0, conclusion: str = "", reason: str = "", fault: str = "") -> str:
    standings = [one for one in queries.standings() if one.state in (State.OVERDUE, State.NEAR)]
    return render_template(
        "disclosure/overdue.html",
        late=overdue.late(),
        waiting=overdue.waiting(),
        reviews=overdue.to_review(),
        standings=sorted(standings, key=lambda one: (one.state is State.NEAR, one.row.position)),
        rule=deadline_rule(today()),
        conclusions=list(Conclusion),
        asked=article_id,
        conclusion=conclusion,
        reason=reason,
        fault=fault,
    )
