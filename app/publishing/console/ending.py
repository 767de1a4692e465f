"""The steps by which a text leaves its readers, or stays with a mark."""

from datetime import date
from http import HTTPStatus

from flask import request
from flask.typing import ResponseReturnValue

from app.accounts.session import current_account
from app.content import desk_queries
from app.content.states import Ending
from app.publishing import endings
from app.publishing.console.page import Refused, bp, done, page, reason, seen, wrong_reason
from app.publishing.transitions import CANCEL, INVALIDATE, REVALIDATE, TAKE_DOWN, WITHDRAW
from app.web.converters import LARGEST_ID


@bp.action("/withdraw", may=WITHDRAW.permission)
def withdraw(article_id: int) -> ResponseReturnValue:
    """Take a published article back from all readers, with a reason, and perhaps lead them on."""
    article = desk_queries.article_on_desk(article_id)
    ending = Ending.MERGED if request.form.get("ending") == Ending.MERGED else Ending.ERROR
    successor = request.form.get("successor", type=int)
    wrong = wrong_reason()
    if not wrong and ending is Ending.MERGED and not successor:
        wrong = "请选择并入哪一篇信息。"
    if wrong:
        return page(article, Refused(WITHDRAW, wrong)), HTTPStatus.UNPROCESSABLE_ENTITY
    endings.withdraw(
        article,
        current_account(),
        revision=seen(),
        reason=reason(),
        ending=ending,
        successor=min(successor, LARGEST_ID) if successor else None,
    )
    return done(article, "已撤回，子站和县门户上都看不到了。")


@bp.action("/take-down", may=TAKE_DOWN.permission)
def take_down(article_id: int) -> ResponseReturnValue:
    """Take a text down for secrecy, everywhere at once."""
    article = desk_queries.article_on_desk(article_id)
    if wrong := wrong_reason():
        return page(article, Refused(TAKE_DOWN, wrong)), HTTPStatus.UNPROCESSABLE_ENTITY
    endings.take_down(article, current_account(), revision=seen(), reason=reason())
    return done(
        article, "已涉密下线，网页、列表、附件都已停止访问，并记入事件。请马上报告保密员和县保密部门。"
    )


@bp.action("/cancel", may=CANCEL.permission)
def cancel(article_id: int) -> ResponseReturnValue:
    """Stop a publication whose minute has not come."""
    article = desk_queries.article_on_desk(article_id)
    if wrong := wrong_reason():
        return page(article, Refused(CANCEL, wrong)), HTTPStatus.UNPROCESSABLE_ENTITY
    endings.cancel(article, current_account(), revision=seen(), reason=reason())
    return done(article, "已取消定时发布，转为草稿。")


@bp.action("/invalidate", may=INVALIDATE.permission)
def invalidate(article_id: int) -> ResponseReturnValue:
    """Mark a public article as no longer valid."""
    article = desk_queries.article_on_desk(article_id)
    since, wrong = _day(request.form.get("since", "").strip())
    if wrong := wrong_reason() or wrong:
        return page(article, Refused(INVALIDATE, wrong)), HTTPStatus.UNPROCESSABLE_ENTITY
    endings.invalidate(article, current_account(), revision=seen(), reason=reason(), since=since)
    return done(article, "已标记失效。原文保留，网页上注明不再有效。")


@bp.action("/revalidate", may=REVALIDATE.permission)
def revalidate(article_id: int) -> ResponseReturnValue:
    """Take the mark of an invalid text away again."""
    article = desk_queries.article_on_desk(article_id)
    if wrong := wrong_reason():
        return page(article, Refused(REVALIDATE, wrong)), HTTPStatus.UNPROCESSABLE_ENTITY
    endings.revalidate(article, current_account(), revision=seen(), reason=reason())
    return done(article, "已取消失效标记。")


def _day(written: str) -> tuple[date | None, str]:
    try:
        return (date.fromisoformat(written) if written else None), ""
    except ValueError:
        return None, "失效日期请按 2026-01-31 的样子填写。"
