"""The ways in and out: password, second factor, links, and what to do when one is lost."""

from http import HTTPStatus
from pathlib import Path

from flask import Response, abort, flash, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from app.accounts import admission, queries, services
from app.accounts import session as sessions
from app.accounts.console.forms import CodeForm, EnrolForm, NewPasswordForm, SignInForm
from app.accounts.credentials import authenticator, links
from app.accounts.credentials.sealing import seal, unsealed
from app.accounts.models import Account
from app.accounts.recording import record_about
from app.accounts.session import Standing, Who, current_account, current_row, standing
from app.core.clock import COUNTY_ZONE
from app.web.blueprints import PersonBlueprint

TEMPLATES = str(Path(__file__).parent.parent / "templates")
ENROLLING = "enrolling"
LINK_DEAD = "这个链接无效、已用过或已过期。请联系单位的子站管理员或县信息化管理部门，重新发一个链接。"

bp = PersonBlueprint("accounts", __name__, template_folder=TEMPLATES)


@bp.page("/login", who=Who.ANYONE)
def sign_in() -> ResponseReturnValue:
    """Ask for login and password."""
    if standing() is Standing.FULL:
        return redirect(destination())
    return _sign_in_page(SignInForm())


@bp.action("/login", who=Who.ANYONE)
def enter() -> ResponseReturnValue:
    """Begin a session for whoever knows the password."""
    form = SignInForm(request.form)
    if not form.validate():
        return _sign_in_page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    before = _last_sign_in(queries.account_by_login(form.login.data))
    outcome = admission.with_password(form.login.data, form.password.data, address())
    if isinstance(outcome, admission.Refusal):
        return _sign_in_page(form, outcome.says), outcome.status
    if outcome.verified_at and before:
        flash(before)
    return _go_on()


@bp.page("/login/second-factor", who=Who.PASSWORD_SHOWN)
def second_factor() -> ResponseReturnValue:
    """Ask for the code of the authenticator."""
    if standing() is not Standing.SECOND_FACTOR_DUE:
        return _go_on()
    return _code_page(CodeForm())


@bp.action("/login/second-factor", who=Who.PASSWORD_SHOWN)
def show_second_factor() -> ResponseReturnValue:
    """Raise the session to full standing for whoever has the code."""
    if standing() is not Standing.SECOND_FACTOR_DUE:
        return _go_on()
    form = CodeForm(request.form)
    if not form.validate():
        return _code_page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    before = _last_sign_in(current_account())
    refusal = admission.with_code(current_row(), form.code.data, address())
    if refusal and not refusal.ends_session:
        return _code_page(form, refusal.says), refusal.status
    if refusal:
        flash(refusal.says, "error")
    elif before:
        flash(before)
    return redirect(url_for("accounts.sign_in") if refusal else destination(), HTTPStatus.SEE_OTHER)


@bp.page("/login/set-up", who=Who.PASSWORD_SHOWN)
def enrol() -> ResponseReturnValue:
    """Show the secret for the authenticator, as a picture and as text."""
    if current_account().second_factor:
        return _go_on()
    if ENROLLING not in session:
        session[ENROLLING] = seal(authenticator.new_secret())
    return _enrol_page(_enrol_form())


@bp.page("/login/set-up/qr.svg", who=Who.PASSWORD_SHOWN)
def enrolment_picture() -> ResponseReturnValue:
    """Draw the secret that is being set up."""
    if current_account().second_factor:
        abort(HTTPStatus.NOT_FOUND)
    picture = authenticator.picture_of(_secret_or_404(), current_account().login)
    return _unkept(make_response(picture, {"Content-Type": "image/svg+xml"}))


@bp.action("/login/set-up", who=Who.PASSWORD_SHOWN)
def confirm_enrolment() -> ResponseReturnValue:
    """Turn the second factor on once a code proves that the authenticator has the secret."""
    account, row = current_account(), current_row()
    if account.second_factor:
        return _go_on()
    form = _enrol_form()
    step = _proven_step(form)
    if step is None:
        return _enrol_page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    codes = services.turn_on_second_factor(account, _secret_or_404(), step=step)
    sessions.end_all(account, but=row)
    sessions.verify(row)
    return recovery_codes_page(codes, onward=destination())


@bp.action("/logout", who=Who.PASSWORD_SHOWN)
def sign_out() -> ResponseReturnValue:
    """End the session here and now."""
    record_about("account.sign_out", current_account())
    sessions.end()
    flash("您已退出登录。")
    return redirect(url_for("accounts.sign_in"), HTTPStatus.SEE_OTHER)


@bp.page("/forgot", who=Who.ANYONE)
def forgot() -> ResponseReturnValue:
    """Explain who gives a new link, since no mail is sent."""
    return render_template("accounts/forgot.html", lines=queries.support_lines())


@bp.page("/activate/<token>", who=Who.ANYONE)
def activate(token: str) -> ResponseReturnValue:
    """Let the person whom a link was given to choose a password."""
    account = links.account_of(token)
    if account is None:
        return _dead_link()
    return _activation_page(NewPasswordForm(account=account), account, token)


@bp.action("/activate/<token>", who=Who.ANYONE)
def choose_password(token: str) -> ResponseReturnValue:
    """Set the password and use the link up; the person then signs in as always."""
    account = links.account_of(token)
    if account is None:
        return _dead_link()
    form = NewPasswordForm(request.form, account=account)
    if not form.validate():
        return _activation_page(form, account, token), HTTPStatus.UNPROCESSABLE_ENTITY
    if not links.use(token):
        return _dead_link()
    services.set_password(account, form.password.data)
    session.clear()
    flash("密码已设置，请用登录名和新密码登录。")
    return redirect(url_for("accounts.sign_in"), HTTPStatus.SEE_OTHER)


def destination() -> str:
    """Return where the person wanted to go: a path of this host and nothing else (C8)."""
    wanted = request.values.get("next", "")
    is_own = wanted.startswith("/") and not wanted.startswith("//")
    return wanted if is_own and "\\" not in wanted and wanted.isprintable() else "/"


def recovery_codes_page(codes: list[str], *, onward: str) -> Response:
    """Show new recovery codes, this once."""
    return _unkept(make_response(render_template("accounts/recovery_codes.html", codes=codes, onward=onward)))


def _go_on() -> ResponseReturnValue:
    step = standing().next_step
    onward = url_for(step, next=request.values.get("next") or None) if step else destination()
    return redirect(onward, HTTPStatus.SEE_OTHER)


def _sign_in_page(form: SignInForm, refusal: str = "") -> str:
    lines = queries.support_lines()
    return render_template(
        "accounts/sign_in.html", form=form, refusal=refusal, lines=lines, next=destination()
    )


def _code_page(form: CodeForm, refusal: str = "") -> str:
    return render_template("accounts/second_factor.html", form=form, refusal=refusal, next=destination())


def _enrol_form() -> EnrolForm:
    form = EnrolForm(request.form)
    if standing() is Standing.ENROLMENT_DUE:
        del form.current  # The password was shown a moment ago.
    return form


def _proven_step(form: EnrolForm) -> int | None:
    """Return the time step of the code that proves the authenticator; else say beside the field why."""
    secret = _secret_or_404()
    if not form.validate():
        return None
    if "current" in form and (refusal := admission.again(current_account(), form.current.data, address())):
        form.current.errors = [refusal.says]
        return None
    step = authenticator.step_of(secret, "".join(form.code.data.split()))
    if step is None:
        form.code.errors = ["验证码不正确。请核对手机时间是否准确，再输入应用当前显示的 6 位数字。"]
    return step


def _enrol_page(form: EnrolForm) -> Response:
    secret = _secret_or_404()
    spelled = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    page = render_template(
        "accounts/enrol.html",
        form=form,
        secret=spelled,
        is_due=standing() is Standing.ENROLMENT_DUE,
        next=destination(),
    )
    return _unkept(make_response(page))


def _secret_or_404() -> str:
    return unsealed(session.get(ENROLLING, "")) or abort(HTTPStatus.NOT_FOUND)


def _activation_page(form: NewPasswordForm, account: Account, token: str) -> Response:
    page = render_template("accounts/activate.html", form=form, account=account, token=token)
    return _unkept(make_response(page))


def _dead_link() -> ResponseReturnValue:
    page = render_template("accounts/dead_link.html", says=LINK_DEAD, lines=queries.support_lines())
    return page, HTTPStatus.NOT_FOUND


def _last_sign_in(account: Account | None) -> str:
    """Say when the person was last here, so that a stranger's visit is noticed (S-62)."""
    if account is None or account.last_sign_in_at is None:
        return ""
    local = account.last_sign_in_at.astimezone(COUNTY_ZONE)
    return f"上次登录：{local:%Y年%m月%d日 %H:%M}。如果不是您本人，请立即修改密码。"


def address() -> str:
    """Return the network address of whoever asks."""
    return request.remote_addr or ""


def _unkept(answer: Response) -> Response:
    """Keep what holds a secret out of every cache, and its address out of other sites' logs."""
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
