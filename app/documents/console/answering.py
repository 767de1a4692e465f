"""What other units want to do to this unit's documents: agreed to or refused by who signs for it."""

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.permissions import Permission
from app.accounts.session import current_account
from app.core.errors import RuleBroken
from app.documents import desk_queries, links
from app.documents.console.linking import Refused, proven
from app.tenancy.current import current_tenant
from app.web.blueprints import DeskBlueprint
from app.web.workplace import permissions_here

bp = DeskBlueprint("answers", __name__, template_folder="../templates")


@bp.page("/", may=Permission.READ_DESK)
def index() -> ResponseReturnValue:
    """List what waits for the unit's word."""
    return _page()


@bp.action("/<int:link_id>/agree", may=Permission.AGREE_LINK)
def agree(link_id: int) -> ResponseReturnValue:
    """Agree, with the password or a code once more; both pages show it at once."""
    links.request_to_here(link_id)
    if refused := proven():
        return _page(link_id, refused)
    links.agree(links.request_to_here(link_id), current_account())
    return _done("已确认，两个文件的网页上都注明了。")


@bp.action("/<int:link_id>/refuse", may=Permission.AGREE_LINK)
def refuse(link_id: int) -> ResponseReturnValue:
    """Refuse with a reason that the other unit reads."""
    link = links.request_to_here(link_id)
    try:
        links.refuse(link, current_account(), reason=request.form.get("reason", ""))
    except RuleBroken as refusal:
        return _page(link_id, Refused(refusal.message))
    return _done("已回复不同意，对方单位会看到理由。")


def _page(link_id: int = 0, refused: Refused | None = None) -> ResponseReturnValue:
    account = current_account()
    requests = desk_queries.requests_here()
    body = render_template(
        "documents/requests.html",
        requests=requests,
        titles=desk_queries.titles_of({one.link.target_id for one in requests}),
        may_answer=Permission.AGREE_LINK in permissions_here(account, current_tenant),
        has_second_factor=bool(account.second_factor),
        at=link_id,
        refused=refused,
        sent=request.form,
    )
    return (body, refused.status) if refused else body


def _done(message: str) -> ResponseReturnValue:
    flash(message, "success")
    return redirect(url_for("answers.index", slug=current_tenant.slug), HTTPStatus.SEE_OTHER)
