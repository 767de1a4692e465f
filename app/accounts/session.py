"""Who is signed in: the cookie carries a random token, a row on the server decides what it is worth."""

import secrets
from datetime import timedelta
from enum import Enum, StrEnum

from flask import Flask, Response, abort, current_app, flash, g, request, session
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from sqlalchemy import Select, bindparam, select, update
from sqlalchemy.orm import joinedload

from app.accounts.credentials.sealing import token_hash
from app.accounts.credentials.throttle import hash_of_address
from app.accounts.models import Account, AccountState, StaffSession
from app.accounts.permissions import SECOND_FACTOR_ROLES
from app.audit.services import act_as
from app.core.clock import now
from app.core.database import db
from app.core.prepared import prepared

#: Files that are the same for everybody: who asks for them is not looked at, so that browsers may share them.
OF_THE_RELEASE = frozenset({"static", "theme_asset", "favicon"})
TOUCHED_EVERY = timedelta(minutes=1)
#: How long a person's addresses stay known (throttle.py).
REMEMBERED = timedelta(days=180)
TOKEN_BYTES = 32


class Sessions(SecureCookieSessionInterface):
    """Cookies of staff; an answer that is the same for everybody neither sets one nor depends on one."""

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Set the cookie where the answer is somebody's own."""
        if request.endpoint not in OF_THE_RELEASE:
            super().save_session(app, session, response)


class Who(StrEnum):
    """Whom a page that concerns no unit is for."""

    ANYONE = "anyone"
    #: The password was right; the second factor is still to be shown or to be set up.
    PASSWORD_SHOWN = "password_shown"  # noqa: S105 - a name, not a password
    SIGNED_IN = "signed_in"


class Standing(Enum):
    """How far the person has come in signing in, and where the next step is."""

    NOBODY = ("accounts.sign_in", frozenset({Who.ANYONE}))
    SECOND_FACTOR_DUE = ("accounts.second_factor", frozenset({Who.ANYONE, Who.PASSWORD_SHOWN}))
    #: An operator without a second factor sets it up before anything else (D9).
    ENROLMENT_DUE = ("accounts.enrol", frozenset({Who.ANYONE, Who.PASSWORD_SHOWN}))
    FULL = ("", frozenset(Who))

    def __init__(self, next_step: str, reaches: frozenset[Who]) -> None:
        #: The endpoint of the page to go to.
        self.next_step = next_step
        self._reaches = reaches

    def is_at_least(self, who: Who) -> bool:
        """Say whether a page for these people is for this one."""
        return who in self._reaches


class Person(UserMixin):  # type: ignore[misc]  # Flask-Login says nothing of its types.
    """What Flask-Login knows of the browser that sent the request."""

    def __init__(self, row: StaffSession, token: str) -> None:
        self.row = row
        self.account = row.account
        self.standing = _standing_of(row)
        self._token = token

    @property
    def is_authenticated(self) -> bool:
        return self.standing is Standing.FULL

    def get_id(self) -> str:
        return self._token


login_manager = LoginManager()
# Its check compares addresses and browsers' names, which change; the row on the server is the protection.
login_manager.session_protection = None


def init_app(app: Flask) -> None:
    """Bind Flask-Login to the console; never to the public application, which has no session."""
    login_manager.init_app(app, add_context_processor=False)
    app.session_interface = Sessions()


def load_person() -> None:
    """Find out who sends the request; the step of the console's pipeline before every view."""
    if request.endpoint in OF_THE_RELEASE or "_user_id" not in session:
        return
    person = _person()
    if person is None:
        logout_user()
        flash("登录已超时，或已在别处退出，请重新登录。")
        return
    if person.row.seen_at < now() - TOUCHED_EVERY:
        person = _touched(person)
    act_as(person.account.id, person.account.login)


def standing() -> Standing:
    """Say how far the person who sends the request has come in signing in."""
    person = _person()
    return person.standing if person else Standing.NOBODY


def current_account() -> Account:
    """Return the account of the person who sends the request; 401 where there is none."""
    return current_row().account


def current_row() -> StaffSession:
    """Return the session of the person who sends the request; 401 where there is none."""
    person = _person()
    return person.row if person else abort(401)


def begin(account: Account) -> StaffSession:
    """Start a session after the right password: a new token, so that none can be planted beforehand."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    row = StaffSession(
        account=account,
        token_hash=token_hash(token),
        address_hash=hash_of_address(request.remote_addr or ""),
        started_at=now(),
        seen_at=now(),
        verified_at=None if account.second_factor else now(),
    )
    db.session.add(row)
    db.session.flush()
    _carry(row, token)
    return row


def verify(row: StaffSession) -> None:
    """Raise a session to full standing after the second factor; its token changes with what it is worth."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    row.token_hash = token_hash(token)
    row.verified_at = now()
    db.session.flush()
    _carry(row, token)


def end() -> None:
    """End the session of this request."""
    current_row().ended_at = now()
    logout_user()
    session.clear()


def end_all(account: Account, *, but: StaffSession | None = None) -> int:
    """End the sessions of an account at once, wherever they are; return how many there were."""
    living = update(StaffSession).where(
        StaffSession.account_id == account.id,
        StaffSession.ended_at.is_(None),
        StaffSession.id != (but.id if but else 0),
    )
    return len(db.session.execute(living.values(ended_at=now()).returning(StaffSession.id)).all())


def is_known_address(account: Account, address: str) -> bool:
    """Say whether the person has signed in from this address before."""
    before = select(StaffSession.id).where(
        StaffSession.account_id == account.id,
        StaffSession.address_hash == hash_of_address(address),
        StaffSession.verified_at > now() - REMEMBERED,
    )
    return db.session.scalar(before.limit(1)) is not None


@login_manager.user_loader  # type: ignore[untyped-decorator]
def _person_with(token: str) -> Person | None:
    """Find the living session that a token is for; everything that ends one is asked here."""
    config, moment = current_app.config, now()
    given = {
        "token_hash": token_hash(token),
        "seen_after": moment - timedelta(minutes=int(config["IDLE_MINUTES"])),
        "started_after": moment - timedelta(hours=int(config["SESSION_HOURS"])),
    }
    found = db.session.scalars(_living(), given).unique().one_or_none()
    return Person(found, token) if found else None


@prepared
def _living() -> Select[StaffSession]:
    return (
        select(StaffSession)
        .join(StaffSession.account)
        .options(joinedload(StaffSession.account).joinedload(Account.memberships))
        .where(
            StaffSession.token_hash == bindparam("token_hash"),
            StaffSession.ended_at.is_(None),
            StaffSession.seen_at > bindparam("seen_after"),
            StaffSession.started_at > bindparam("started_after"),
            Account.state == AccountState.ACTIVE,
        )
        .execution_options(populate_existing=True)
    )


def _person() -> Person | None:
    person = current_user._get_current_object()  # noqa: SLF001 - werkzeug's way to what a proxy stands for
    return person if isinstance(person, Person) else None


def _standing_of(row: StaffSession) -> Standing:
    if row.account.second_factor:
        return Standing.FULL if row.verified_at else Standing.SECOND_FACTOR_DUE
    return Standing.ENROLMENT_DUE if row.account.has_role(*SECOND_FACTOR_ROLES) else Standing.FULL


def _touched(person: Person) -> Person:
    """Note that the session is in use, in a transaction of its own that begins with writing.

    On SQLite a transaction that has read cannot always write later; and a page's own transaction only reads.
    """
    db.session.rollback()
    db.session.execute(
        update(StaffSession)
        .where(StaffSession.token_hash == token_hash(person.get_id()))
        .values(seen_at=now())
        .execution_options(synchronize_session=False)
    )
    db.session.commit()
    again: Person = _person_with(person.get_id()) or abort(401)
    g._login_user = again  # noqa: SLF001 - where Flask-Login keeps whom it has loaded
    return again


def _carry(row: StaffSession, token: str) -> None:
    session.clear()
    login_user(Person(row, token))
