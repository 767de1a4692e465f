"""The writer's steps: handing a text in, taking it back, putting it away and taking it up again."""

from datetime import datetime
from http import HTTPStatus

from flask import request
from flask.typing import ResponseReturnValue

from app.accounts.session import current_account
from app.content import desk_queries
from app.core.clock import COUNTY_ZONE, now
from app.publishing import escalation, services
from app.publishing.console.page import Refused, bp, done, page, seen
from app.publishing.models import Weight
from app.publishing.transitions import DISCARD, REOPEN, RESTORE, SUBMIT, TAKE_BACK


@bp.action("/submit", may=SUBMIT.permission)
def submit(article_id: int) -> ResponseReturnValue:
    """Hand the text to the unit's signers, to be shown at once or from a minute on."""
    article = desk_queries.article_on_desk(article_id)
    asked = request.form.get("at", "").strip()
    moment = _moment(asked)
    if asked and moment is None:
        return page(
            article, Refused(SUBMIT, "请按日期和时间填写，例如 2026-01-31 09:00。")
        ), HTTPStatus.UNPROCESSABLE_ENTITY
    if moment and moment <= now():
        return page(
            article, Refused(SUBMIT, "定时发布的时间已经过去，请改到以后，或者留空。")
        ), HTTPStatus.UNPROCESSABLE_ENTITY
    services.submit(article, current_account(), revision=seen(), at=moment)
    escalation.tick(article, _weights(), current_account())
    return done(article, "已提交审签，审签人会在待办里看到。")


@bp.action("/take-back", may=TAKE_BACK.permission)
def take_back(article_id: int) -> ResponseReturnValue:
    """Take a text back before it is public."""
    article = desk_queries.article_on_desk(article_id)
    services.take_back(article, current_account(), revision=seen())
    return done(article, "已收回，可以继续修改。")


@bp.action("/reopen", may=REOPEN.permission)
def reopen(article_id: int) -> ResponseReturnValue:
    """Make a withdrawn article a draft again."""
    article = desk_queries.article_on_desk(article_id)
    services.reopen(article, current_account(), revision=seen())
    return done(article, "已转为草稿，再次发布前要重新审签。")


@bp.action("/discard", may=DISCARD.permission)
def discard(article_id: int) -> ResponseReturnValue:
    """Put a draft away."""
    article = desk_queries.article_on_desk(article_id)
    services.discard(article, current_account(), revision=seen())
    return done(article, "已作废。需要时可以恢复为草稿。")


@bp.action("/restore", may=RESTORE.permission)
def restore(article_id: int) -> ResponseReturnValue:
    """Take a discarded draft up again."""
    article = desk_queries.article_on_desk(article_id)
    services.restore(article, current_account(), revision=seen())
    return done(article, "已恢复为草稿。")


def _moment(asked: str) -> datetime | None:
    """Read what a date-and-time field sends, or a person types where there is no such field."""
    try:
        return datetime.fromisoformat(asked.replace("：", ":")).replace(tzinfo=COUNTY_ZONE)
    except ValueError:
        return None


def _weights() -> set[Weight]:
    return {Weight(value) for value in request.form.getlist("weight") if value in set(Weight)}
