"""Signing in: judging a password or a code, with every try counted before it is judged (D7, D9).

This is the one service that commits by itself: a try stays counted whatever happens after, and nobody else
waits for the database while a password is hashed.
"""

from dataclasses import dataclass
from http import HTTPStatus

from sqlalchemy import delete

from app.accounts import session
from app.accounts.credentials import authenticator, passwords, throttle
from app.accounts.models import Account, AccountState, StaffSession
from app.accounts.queries import account_by_login
from app.accounts.recording import record_about
from app.audit.services import act_as
from app.core.clock import now
from app.core.database import db

# The same words whether the login is unknown, the password wrong, or the account not activated or ended.
WRONG_PASSWORD = "登录名或密码不正确。请核对后再试；尚未激活的账号，请先打开收到的激活链接设置密码。"  # noqa: S105
WRONG_CODE = "验证码不正确或已用过。请等应用显示下一个验证码后再输入，或者改用一个恢复码。"
CODES_EXHAUSTED = "验证码多次不正确，登录已中止。请 15 分钟后重新登录。"
DIGITS_OF_CODE = 6
WRONG_OWN_PASSWORD = "当前密码不正确，请重新输入。"  # noqa: S105


@dataclass(frozen=True)
class Refusal:
    """Why somebody was not let in, in a sentence for the screen."""

    says: str
    status: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY
    #: Whether the person must begin again with the password.
    ends_session: bool = False


def with_password(login: str, password: str, address: str) -> StaffSession | Refusal:
    """Begin a session for whoever knows the password."""
    account = account_by_login(login)
    if refusal := _count(_by_login(login), account, address):
        return refusal
    is_open = account is not None and account.state is AccountState.ACTIVE
    believed = account.password_hash if account and is_open else ""
    db.session.commit()
    if not passwords.is_right(password, believed):
        _tell_of_exhaustion(_by_login(login), account, address)
        return Refusal(WRONG_PASSWORD)
    if account is None or account.state is not AccountState.ACTIVE or account.password_hash != believed:
        return Refusal(WRONG_PASSWORD)  # Ended or changed while the password was hashed.
    throttle.forgive(_by_login(login), address)
    act_as(account.id, account.login)
    row = session.begin(account)
    if row.verified_at:
        _complete(account)
    return row


def with_code(row: StaffSession, code: str, address: str) -> Refusal | None:
    """Raise a session to full standing for whoever has the second factor or a recovery code."""
    account = row.account
    name = f"code {account.id}"
    if refusal := _count(name, account, address):
        session.end()
        return Refusal(refusal.says, refusal.status, ends_session=True)
    db.session.commit()
    if authenticator.accept(account, code):
        throttle.forgive(name, address)
        session.verify(row)
        _complete(account)
        return None
    if not _tell_of_exhaustion(name, account, address):
        return Refusal(WRONG_CODE)
    session.end()
    return Refusal(CODES_EXHAUSTED, HTTPStatus.TOO_MANY_REQUESTS, ends_session=True)


def again(account: Account, password: str, address: str) -> Refusal | None:
    """Ask the person who is signed in for the password once more, before something that matters."""
    name = _by_login(account.login)
    if refusal := _count(name, account, address):
        return refusal
    believed = account.password_hash
    db.session.commit()
    if not passwords.is_right(password, believed):
        _tell_of_exhaustion(name, account, address)
        return Refusal(WRONG_OWN_PASSWORD)
    throttle.forgive(name, address)
    db.session.commit()  # It was the person, whatever becomes of what they want.
    return None


def again_by_code(account: Account, code: str, address: str) -> Refusal | None:
    """Ask for a code of the second factor instead; one that was accepted is not accepted again (D9)."""
    name = f"code {account.id}"
    if refusal := _count(name, account, address):
        return refusal
    db.session.commit()
    if not authenticator.accept(account, code):
        _tell_of_exhaustion(name, account, address)
        return Refusal(WRONG_CODE)
    throttle.forgive(name, address)
    db.session.commit()  # The code is used up, whatever becomes of what the person wants.
    return None


def shown_again(account: Account, given: str, address: str) -> tuple[bool, Refusal | None]:
    """Judge the password, or a code of the second factor for who has one; say whether it was one (S-64)."""
    compact = "".join(given.split())
    is_code = bool(account.second_factor) and compact.isdecimal() and len(compact) == DIGITS_OF_CODE
    return is_code, (again_by_code(account, compact, address) if is_code else again(account, given, address))


def _by_login(login: str) -> str:
    return f"login {login.strip().lower()}"


def _count(name: str, account: Account | None, address: str) -> Refusal | None:
    def is_known() -> bool:
        return account is not None and session.is_known_address(account, address)

    wait = throttle.admit(name, address, is_known=is_known)
    return Refusal(wait.says, HTTPStatus.TOO_MANY_REQUESTS) if wait else None


def _tell_of_exhaustion(name: str, account: Account | None, address: str) -> bool:
    """Record that a name must wait; also for names that nobody has, so that both take the same time."""
    if not throttle.is_exhausted(name, address):
        return False
    record_about("account.wait", account)
    return True


def _complete(account: Account) -> None:
    """Note a finished sign-in, and drop the sessions that are too old to make an address known."""
    account.last_sign_in_at = now()
    too_old = StaffSession.started_at < now() - session.REMEMBERED
    db.session.execute(delete(StaffSession).where(StaffSession.account_id == account.id, too_old))
    record_about("account.sign_in", account)
