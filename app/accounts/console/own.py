"""The person's own account: what it is, its password, its second factor, where it is signed in."""

from http import HTTPStatus

from flask import abort, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from app.accounts import admission, queries, services
from app.accounts import session as sessions
from app.accounts.console.entrance import address, bp, recovery_codes_page
from app.accounts.console.forms import ChangePasswordForm, EmailForm, OwnPasswordForm
from app.accounts.credentials import authenticator
from app.accounts.permissions import SECOND_FACTOR_ROLES
from app.accounts.recording import record_about
from app.accounts.session import Who, current_account, current_row
from app.core.database import db
from app.core.errors import RuleBroken

__all__ = ["bp"]  # With these pages the blueprint is whole.


@bp.page("/account", who=Who.SIGNED_IN)
def account() -> ResponseReturnValue:
    """Show people what the platform knows of them."""
    return _account_page()


@bp.action("/account/password", who=Who.SIGNED_IN)
def change_password() -> ResponseReturnValue:
    """Change the password; the person signs in again, here and everywhere."""
    own = current_account()
    form = ChangePasswordForm(request.form, account=own)
    if not form.validate():
        return _account_page(password=form), HTTPStatus.UNPROCESSABLE_ENTITY
    if refusal := admission.again(own, form.current.data, address()):
        form.current.errors = [refusal.says]
        return _account_page(password=form), refusal.status
    services.set_password(own, form.password.data)
    return _sign_in_again("密码已修改，所有登录均已退出，请用新密码登录。")


@bp.action("/account/email", who=Who.SIGNED_IN)
def change_email() -> ResponseReturnValue:
    """Note where the person's reminders go; an empty field means nowhere."""
    form = EmailForm(request.form)
    try:
        services.set_email(current_account(), form.email.data or "")
    except RuleBroken as broken:  # Shown beside the field rather than on a page of its own.
        db.session.rollback()
        form.email.errors = [broken.message]
        return _account_page(email=form), HTTPStatus.UNPROCESSABLE_ENTITY
    flash("提醒邮箱已保存。" if current_account().email else "已不再往邮箱发提醒。", "success")
    return redirect(url_for("accounts.account"), HTTPStatus.SEE_OTHER)


@bp.action("/account/second-factor/off", who=Who.SIGNED_IN)
def turn_off_second_factor() -> ResponseReturnValue:
    """Turn the second factor off, where the person's roles do not demand it."""
    own = current_account()
    if _must_have_second_factor():
        abort(HTTPStatus.FORBIDDEN)
    form = OwnPasswordForm(request.form, prefix="off")
    if refusal := _refusal_of(form):
        return _account_page(off=form), refusal
    services.turn_off_second_factor(own)
    return _sign_in_again("二次验证已关闭，所有登录均已退出，请重新登录。")


@bp.action("/account/recovery-codes", who=Who.SIGNED_IN)
def renew_recovery_codes() -> ResponseReturnValue:
    """Replace the recovery codes and show the new ones, once."""
    own = current_account()
    if not own.second_factor:
        abort(HTTPStatus.NOT_FOUND)
    form = OwnPasswordForm(request.form, prefix="codes")
    if refusal := _refusal_of(form):
        return _account_page(codes=form), refusal
    return recovery_codes_page(services.renew_recovery_codes(own), onward=url_for("accounts.account"))


@bp.action("/account/sessions/end-others", who=Who.SIGNED_IN)
def end_other_sessions() -> ResponseReturnValue:
    """Sign the person out everywhere but here."""
    ended = sessions.end_all(current_account(), but=current_row())
    record_about("account.end_sessions", current_account(), after={"ended": ended})
    flash("其他登录均已退出。")
    return redirect(url_for("accounts.account"), HTTPStatus.SEE_OTHER)


def _refusal_of(form: OwnPasswordForm) -> HTTPStatus | None:
    """Ask for the password again; what is wrong stands beside the field."""
    if not form.validate():
        return HTTPStatus.UNPROCESSABLE_ENTITY
    if refusal := admission.again(current_account(), form.current.data, address()):
        form.current.errors = [refusal.says]
        return refusal.status
    return None


def _account_page(
    *,
    password: ChangePasswordForm | None = None,
    off: OwnPasswordForm | None = None,
    codes: OwnPasswordForm | None = None,
    email: EmailForm | None = None,
) -> str:
    own = current_account()
    return render_template(
        "accounts/account.html",
        account=own,
        memberships=queries.memberships_of(own),
        sessions=queries.living_sessions(own),
        codes_left=authenticator.recovery_codes_left(own),
        must_have_second_factor=_must_have_second_factor(),
        password=password or ChangePasswordForm(account=own),
        off=off or OwnPasswordForm(prefix="off"),
        email=email or EmailForm(email=own.email),
        codes=codes or OwnPasswordForm(prefix="codes"),
    )


def _must_have_second_factor() -> bool:
    return current_account().has_role(*SECOND_FACTOR_ROLES)


def _sign_in_again(says: str) -> ResponseReturnValue:
    session.clear()
    flash(says)
    return redirect(url_for("accounts.sign_in"), HTTPStatus.SEE_OTHER)
