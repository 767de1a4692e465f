"""What the form of an article says to the server while somebody types (lease.py), and taking over."""

from flask import flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from app.accounts.permissions import Permission
from app.accounts.session import current_account
from app.content import lease
from app.content.models import Article
from app.core.clock import COUNTY_ZONE
from app.core.lookup import one_or_404
from app.tenancy.current import current_tenant
from app.web.blueprints import DeskBlueprint

bp = DeskBlueprint("lease", __name__)
bp.add_app_template_global(lease.lease_of, "lease_of")


@bp.action("", may=Permission.WRITE_ARTICLE)
def hold(article_id: int) -> ResponseReturnValue:
    """Note that the person still writes, or has left the form; answer who holds the article."""
    article, account = _article(article_id), current_account()
    if request.form.get("leave"):
        lease.release(article, account)
        return jsonify(is_own=False)
    held = (lease.take_over if request.form.get("take") else lease.claim)(article, account)
    return jsonify(
        is_own=held.account_id == account.id,
        name=held.account.name,
        since=f"{held.since.astimezone(COUNTY_ZONE):%H:%M}",
    )


@bp.action("/take-over", may=Permission.WRITE_ARTICLE)
def take_over(article_id: int) -> ResponseReturnValue:
    """Take the article over from whoever writes in it, and go on to the form."""
    article = _article(article_id)
    lease.take_over(article, current_account())
    flash("现在由您修改。对方没有保存的内容仍在对方的页面上，两份文字都不会丢。", "success")
    return redirect(url_for("articles.edit", slug=current_tenant.slug, article_id=article.id), 303)


def _article(article_id: int) -> Article:
    return one_or_404(select(Article).where(Article.id == article_id))
