"""What becomes of a change: signed with the password once more, given back, or taken back (S-60, S-64)."""

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.admission import shown_again
from app.accounts.permissions import Permission
from app.accounts.session import current_account
from app.audit.services import record
from app.checks.short_texts import refuse_stops
from app.content.attachments import desk_files
from app.core.clock import now
from app.profile import queries, services
from app.profile.console.page import back, bp, shown
from app.profile.models import CardKind, Change, Outcome
from app.profile.naming import pages_naming
from app.profile.values import PICTURES, free_texts, read
from app.tenancy.current import current_tenant
from app.web.workplace import permissions_here

UNCONFIRMED = "请先看过上面的内容，再勾选确认。"
LONGEST_REASON = 300


@bp.page("/changes/<int:change_id>", may=Permission.READ_DESK)
def change(change_id: int) -> ResponseReturnValue:
    """Show one change, what it alters, and what can be done with it."""
    return _page(queries.change_by_id(change_id))


@bp.action("/changes/<int:change_id>/sign", may=Permission.SIGN_PROFILE)
def sign(change_id: int) -> ResponseReturnValue:
    """Sign a change that was shown, so that visitors see it."""
    found, by = queries.change_by_id(change_id), current_account()
    if not request.form.get("confirmed"):
        return _page(found, UNCONFIRMED), HTTPStatus.UNPROCESSABLE_ENTITY
    is_code, refusal = shown_again(by, request.form.get("proof", ""), request.remote_addr or "")
    found = queries.change_by_id(change_id)  # Judging the proof ended the transaction.
    if refusal:
        return _page(found, refusal.says), refusal.status
    refuse_stops(free_texts(found.kind, read(found.after)))  # The rules may be others by now.
    services.sign(found, by, method="code" if is_code else "password")
    flash("已审签，公众现在看到的就是这些内容。", "success")
    return redirect(url_for("profile.change", slug=current_tenant.slug, change_id=change_id), 303)


@bp.action("/changes/<int:change_id>/give-back", may=Permission.SIGN_PROFILE)
def give_back(change_id: int) -> ResponseReturnValue:
    """Return a change to who proposed it, with a reason."""
    found = queries.change_by_id(change_id)
    reason = " ".join(request.form.get("reason", "").split())
    if not reason or len(reason) > LONGEST_REASON:
        wrong = f"理由最多 {LONGEST_REASON} 个字。" if reason else "请写明理由，对方才知道怎么改。"
        return _page(found, wrong_reason=wrong), HTTPStatus.UNPROCESSABLE_ENTITY
    services.give_back(found, current_account(), reason=reason)
    flash("已退回，填写的人会在“单位信息”里看到您写的理由。", "success")
    return back()


@bp.action("/changes/<int:change_id>/take-back", may=Permission.WRITE_PROFILE)
def take_back(change_id: int) -> ResponseReturnValue:
    """Withdraw a change that nobody has signed."""
    services.take_back(queries.change_by_id(change_id), current_account())
    flash("已收回这处修改。", "success")
    return back()


@bp.action("/guide/confirm", may=Permission.SIGN_PROFILE)
def confirm_guide() -> ResponseReturnValue:
    """Say, as a signer, that the guide still holds though the disclosure office's data changed (GK-05)."""
    profile = queries.shown_profile()
    if profile is None or profile.contact_changed_at is None:
        flash("公开指南没有要确认的内容。", "warning")
        return back()
    profile.guide_confirmed_at = now()
    record("profile.confirm_guide", f"profile:{profile.id}", tenant_id=profile.tenant_id)
    flash("已确认：公开指南仍然适用。", "success")
    return back()


def _page(found: Change, refused: str = "", wrong_reason: str = "") -> str:
    account = current_account()
    may = permissions_here(account, current_tenant)
    after = read(found.after)
    picture = next((after.get(name) for name in PICTURES if after.get(name)), None)
    is_leaving = found.kind is CardKind.LEADER and bool(after.get("until"))
    return render_template(
        "profile/change.html",
        shown=shown(found),
        is_waiting=found.decision is None,
        is_signed=bool(found.decision and found.decision.outcome is Outcome.SIGNED),
        is_own=account.id in queries.authors_since_signature(found),
        may=may,
        picture=queries.picture_by_id(picture),
        files=desk_files(),
        naming=pages_naming(str(after.get("name", ""))) if is_leaving else [],
        has_second_factor=bool(account.second_factor),
        refused=refused,
        wrong_reason=wrong_reason,
        sent=request.form,
    )
