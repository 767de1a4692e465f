"""Reading what changed between two of an article's texts, and taking an earlier one up again."""

from dataclasses import replace
from http import HTTPStatus

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from app.accounts.permissions import Permission
from app.accounts.session import current_account
from app.content import desk_queries
from app.content.difference import differences
from app.content.models import Article, Revision
from app.content.services import revise, text_of
from app.publishing.console.page import bp, done, may_read, seen
from app.web.converters import LARGEST_ID


@bp.page("/compare", may=Permission.READ_DESK)
def compare(article_id: int) -> ResponseReturnValue:
    """Show what changed from one text of this article to another; the last two where none are named (A2)."""
    article = desk_queries.article_on_desk(article_id)
    if not may_read(article):
        abort(HTTPStatus.FORBIDDEN)
    revisions = desk_queries.revisions_of(article)
    newest = revisions[0].id
    before = revisions[1].id if len(revisions) > 1 else newest
    old = _named(article, "from", before)
    new = _named(article, "to", newest)
    return render_template(
        "publishing/compare.html",
        article=article,
        revisions=revisions,
        old=old,
        new=new,
        difference=differences(old, new),
    )


@bp.action("/revisions/<int:revision_id>/restore", may=Permission.WRITE_ARTICLE)
def bring_back(article_id: int, revision_id: int) -> ResponseReturnValue:
    """Take an earlier text up again as a further one, which needs its own signature."""
    article = desk_queries.article_on_desk(article_id)
    old = desk_queries.revision_of(article, revision_id)
    # What was once corrected is not what this text corrects.
    correction = f"内容恢复为第 {old.number} 版" if article.is_public else ""
    revise(article, replace(text_of(old), correction=correction), current_account(), base=seen())
    return done(article, f"已用第 {old.number} 版的内容存成新的一版，发布前要重新审签。")


def _named(article: Article, parameter: str, otherwise: int) -> Revision:
    asked = request.args.get(parameter, otherwise, type=int)
    return desk_queries.revision_of(article, min(asked, LARGEST_ID))
