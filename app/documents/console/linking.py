"""An article's relations on the desk: found by number or title, proposed with a draft, signed when public."""

from dataclasses import dataclass
from http import HTTPStatus

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts import admission
from app.accounts.permissions import Permission
from app.accounts.session import current_account
from app.content import desk_queries as content
from app.content.genres import Genre
from app.content.states import ArticleState
from app.core.errors import RuleBroken
from app.documents import desk_queries, interpretation, links
from app.documents.models import Form, Kind
from app.tenancy.current import current_tenant
from app.web.blueprints import DeskBlueprint
from app.web.converters import LARGEST_ID
from app.web.workplace import permissions_here

bp = DeskBlueprint("links", __name__, template_folder="../templates")

LONGEST_WORDS = 60
CHOOSE = "请先查找文件，再选择一个。"


@dataclass(frozen=True)
class Refused:
    """Why a form was not accepted, and with which status the page answers."""

    says: str
    status: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY


@bp.page("/", may=Permission.READ_DESK)
def show(article_id: int) -> ResponseReturnValue:
    """Show an article's relations, and what can be done about them."""
    return _page(article_id)


@bp.action("/", may=Permission.WRITE_ARTICLE)
def propose(article_id: int) -> ResponseReturnValue:
    """Note a relation with a draft."""
    return _adding(article_id, is_signed=False)


@bp.action("/sign", may=Permission.SIGN_ARTICLE)
def add(article_id: int) -> ResponseReturnValue:
    """Relate a public article at once, with the password or a code once more."""
    return _adding(article_id, is_signed=True)


@bp.action("/<int:link_id>/remove", may=Permission.WRITE_ARTICLE)
def remove(article_id: int, link_id: int) -> ResponseReturnValue:
    """Take a relation back that was not signed yet."""
    article = content.article_on_desk(article_id)
    links.withdraw(links.link_of(article, link_id), article, current_account())
    return _done(article_id, "已删除这条关联。")


@bp.action("/<int:link_id>/end", may=Permission.SIGN_ARTICLE)
def end(article_id: int, link_id: int) -> ResponseReturnValue:
    """End a relation that was signed, with the password or a code once more."""
    article = content.article_on_desk(article_id)
    links.link_of(article, link_id)
    if refused := proven():
        return _page(article_id, refused)
    article = content.article_on_desk(article_id)
    links.end(links.link_of(article, link_id), article, current_account())
    return _done(article_id, "已解除关联，对方文件的标注也跟着改了。")


@bp.action("/exemption", may=Permission.WRITE_ARTICLE)
def exempt(article_id: int) -> ResponseReturnValue:
    """Note that the document needs no interpretation, with a reason (ZY-20)."""
    article = content.article_on_desk(article_id)
    try:
        interpretation.exempt(article, current_account(), reason=request.form.get("reason", ""))
    except RuleBroken as refusal:
        return _page(article_id, Refused(refusal.message))
    return _done(article_id, "已标为不需解读。")


@bp.action("/exemption/lift", may=Permission.WRITE_ARTICLE)
def need(article_id: int) -> ResponseReturnValue:
    """Take that word back."""
    interpretation.need(content.article_on_desk(article_id), current_account())
    return _done(article_id, "已取消“不需解读”。")


def proven() -> Refused | None:
    """Ask who it is once more; what readers see changes with what follows (S-64)."""
    given, address = request.form.get("proof", ""), request.remote_addr or ""
    _, refusal = admission.shown_again(current_account(), given, address)
    return Refused(refusal.says, refusal.status) if refusal else None


def _adding(article_id: int, *, is_signed: bool) -> ResponseReturnValue:
    article = content.article_on_desk(article_id)
    wish = _wish()
    refused = Refused(CHOOSE) if wish is None else proven() if is_signed else None
    if wish is None or refused:
        return _page(article_id, refused)
    article = content.article_on_desk(article_id)
    try:
        (links.add if is_signed else links.propose)(article, wish, current_account())
    except RuleBroken as refusal:
        return _page(article_id, Refused(refusal.message))
    waits = wish.unit_id != current_tenant.id
    if not is_signed:
        return _done(article_id, "已添加，这篇信息审签发布时一起生效。")
    return _done(article_id, "已添加，等对方单位确认后生效。" if waits else "已添加，马上生效。")


def _wish() -> links.Wish | None:
    """Read which relation is wanted; None where no document was chosen, or no kind there is."""
    unit, _, target = request.form.get("target", "").partition(":")
    kind, form = request.form.get("kind", ""), request.form.get("form", "")
    ids = [
        int(one) for one in (unit, target) if one.isascii() and one.isdecimal() and len(one) < len("2" * 11)
    ]
    if len(ids) != len("ut") or max(ids) > LARGEST_ID or kind not in set(Kind):
        return None
    return links.Wish(Kind(kind), ids[0], ids[1], Form(form) if form in set(Form) else None)


def _page(article_id: int, refused: Refused | None = None) -> ResponseReturnValue:
    article = content.article_on_desk(article_id)
    if article.is_secret:
        abort(403)
    head = article.head
    assert head is not None
    account, words = current_account(), request.values.get("words", "").strip()[:LONGEST_WORDS]
    may = permissions_here(account, current_tenant)
    is_interpretation = head.genre is Genre.INTERPRETATION
    body = render_template(
        "documents/links.html",
        article=article,
        head=head,
        own=desk_queries.links_on_desk(article),
        others=desk_queries.links_to(article),
        may_propose=Permission.WRITE_ARTICLE in may and article.state is ArticleState.DRAFT,
        may_sign=Permission.SIGN_ARTICLE in may and article.is_public,
        has_second_factor=bool(account.second_factor),
        words=words,
        found=[
            one
            for one in desk_queries.documents_like(words)
            if (one.unit_id, one.article_id) != (current_tenant.id, article.id)
        ],
        kinds=[kind for kind in Kind if (kind is Kind.INTERPRETS) == is_interpretation],
        forms=list(Form) if is_interpretation else [],
        needs=interpretation.is_needed(head.genre),
        exemption=desk_queries.exemption_of(article),
        refused=refused,
        sent=request.form,
    )
    return (body, refused.status) if refused else body


def _done(article_id: int, message: str) -> ResponseReturnValue:
    flash(message, "success")
    return redirect(
        url_for("links.show", slug=current_tenant.slug, article_id=article_id), HTTPStatus.SEE_OTHER
    )
