"""The signers' steps: to sign, with the password or a code once more; to give back; to lift a mark."""

from collections.abc import Callable
from http import HTTPStatus

from flask import abort, request
from flask.typing import ResponseReturnValue

from app.accounts import admission
from app.accounts.models import Account
from app.accounts.permissions import Permission
from app.accounts.session import current_account
from app.checks.services import report_on
from app.content import desk_queries
from app.content.models import Article
from app.content.states import ArticleState
from app.documents.desk_queries import links_on_desk, links_seen
from app.publishing import emergency, escalation, services
from app.publishing.console.page import Refused, bp, done, page, reason, seen, wrong_reason
from app.publishing.models import Method
from app.publishing.steps import is_scheduled
from app.publishing.transitions import (
    APPROVE,
    COUNTERAPPROVE,
    COUNTERSIGN,
    EMERGENCY,
    GIVE_BACK,
    PUBLISH,
    REFUSE,
    Transition,
)

UNCONFIRMED = "请先看过发布前检查里“要确认”的内容，再勾选确认。"
CHANGED = "关联文件在您打开本页之后改过。请看过“关联文件”再签。"
#: What the checks leave to a person's eye must have been seen by who signs.
CONFIRMED = (PUBLISH, APPROVE)

Act = Callable[[Article, Account, Method], None]


@bp.action("/publish", may=PUBLISH.permission)
def publish(article_id: int) -> ResponseReturnValue:
    """Sign the text that was shown; show it to all readers unless the leader must sign too."""
    return _signed(
        article_id,
        PUBLISH,
        lambda article, by, method: services.publish(article, by, revision=seen(), method=method),
    )


@bp.action("/approve", may=APPROVE.permission)
def approve(article_id: int) -> ResponseReturnValue:
    """Sign as the leader the text that was shown, and show it to all readers."""
    return _signed(
        article_id,
        APPROVE,
        lambda article, by, method: services.approve(article, by, revision=seen(), method=method),
    )


@bp.action("/countersign", may=COUNTERSIGN.permission)
def countersign(article_id: int) -> ResponseReturnValue:
    """Sign afterwards what was published in an emergency."""
    return _signed(
        article_id,
        COUNTERSIGN,
        lambda article, by, method: emergency.countersign(article, by, revision=seen(), method=method),
    )


@bp.action("/counterapprove", may=COUNTERAPPROVE.permission)
def counterapprove(article_id: int) -> ResponseReturnValue:
    """Sign afterwards, as the leader, what was published in an emergency."""
    return _signed(
        article_id,
        COUNTERAPPROVE,
        lambda article, by, method: emergency.counterapprove(article, by, revision=seen(), method=method),
    )


@bp.action("/emergency", may=EMERGENCY.permission)
def publish_at_once(article_id: int) -> ResponseReturnValue:
    """Show a text to all readers on the operator's word, with a reason."""
    article = desk_queries.article_on_desk(article_id)
    if wrong := wrong_reason():
        return page(article, Refused(EMERGENCY, wrong)), HTTPStatus.UNPROCESSABLE_ENTITY
    return _signed(
        article_id,
        EMERGENCY,
        lambda found, by, _: emergency.publish_at_once(found, by, revision=seen(), reason=reason()),
    )


@bp.action("/give-back", may=GIVE_BACK.permission)
def give_back(article_id: int) -> ResponseReturnValue:
    """Return a text to its writer with a reason."""
    article = desk_queries.article_on_desk(article_id)
    if wrong := wrong_reason():
        return page(article, Refused(GIVE_BACK, wrong)), HTTPStatus.UNPROCESSABLE_ENTITY
    services.give_back(article, current_account(), revision=seen(), reason=reason())
    return done(article, "已退回，作者会在工作台看到您写的理由。")


@bp.action("/refuse", may=REFUSE.permission)
def refuse(article_id: int) -> ResponseReturnValue:
    """Return a text that was signed once to its writer, as the leader."""
    article = desk_queries.article_on_desk(article_id)
    if wrong := wrong_reason():
        return page(article, Refused(REFUSE, wrong)), HTTPStatus.UNPROCESSABLE_ENTITY
    services.refuse(article, current_account(), revision=seen(), reason=reason())
    return done(article, "已退回，作者会在工作台看到您写的理由。")


@bp.action("/flags/<int:flag_id>/lift", may=Permission.SIGN_ARTICLE)
def lift(article_id: int, flag_id: int) -> ResponseReturnValue:
    """Take a mark away with a reason, which the county office sees."""
    article = desk_queries.article_on_desk(article_id)
    if flag_id not in {flag.id for flag in escalation.flags_of(article)}:
        abort(404)
    escalation.lift(article, flag_id, current_account(), reason=reason())
    return done(article, "已取消标记，县府办会看到您写的理由。")


def _signed(article_id: int, step: Transition, act: Act) -> ResponseReturnValue:
    """Ask who it is once more, then take the step; a wrong password leaves everything as it was."""
    article = desk_queries.article_on_desk(article_id)
    by = current_account()
    if step in CONFIRMED and not request.form.get("confirmed") and _has_to_confirm(article):
        return page(article, Refused(step, UNCONFIRMED)), HTTPStatus.UNPROCESSABLE_ENTITY
    if request.form.get("links", now_related := links_seen(links_on_desk(article))) != now_related:
        return page(article, Refused(step, CHANGED)), HTTPStatus.CONFLICT
    method, refusal = shown_again(by)
    if refusal:
        article = desk_queries.article_on_desk(article_id)
        return page(article, Refused(step, refusal.says)), refusal.status
    act(article, by, method)
    return done(article, _message(article))


def _has_to_confirm(article: Article) -> bool:
    return article.head is not None and bool(report_on(article, article.head).confirms)


def shown_again(by: Account) -> tuple[Method, admission.Refusal | None]:
    """Judge the password, or the code of the second factor for who has one (S-64)."""
    is_code, refusal = admission.shown_again(by, request.form.get("proof", ""), request.remote_addr or "")
    return Method.CODE if is_code else Method.PASSWORD, refusal


def _message(article: Article) -> str:
    if article.state is ArticleState.SIGNED:
        return "已审签。这篇信息有重要标记，还要主要领导审核，已转到主要领导的待办。"
    if is_scheduled(article):
        return "已审签，到定好的时间读者就能看到。"
    if article.unsigned_since is not None:
        return "已办理。这篇信息还要补签。"
    return "已办理，读者现在看到的就是这一版。"
