"""The second factor: codes of an authenticator (TOTP), each accepted once, and recovery codes (D9)."""

import base64
import secrets
from hmac import compare_digest
from io import BytesIO

import pyotp
import segno
from sqlalchemy import delete, func, select, update

from app.accounts.credentials.sealing import keyed_hash, seal, unsealed
from app.accounts.models import Account, RecoveryCode
from app.core.clock import now
from app.core.database import db

STEP_SECONDS = 30
#: One step to each side: clocks differ, people are slow.
STEPS_ASIDE = 1
RECOVERY_CODES = 10
ISSUER = "子网"


def new_secret() -> str:
    """Return a fresh secret in the spelling that authenticators take."""
    return pyotp.random_base32()


def address_of(secret: str, login: str) -> str:
    """Return what the square picture says to the authenticator."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=ISSUER)


def picture_of(secret: str, login: str) -> str:
    """Return the square picture as SVG, without anything a strict content policy refuses."""
    square = segno.make(address_of(secret, login), error="m")
    picture = BytesIO()
    square.save(picture, kind="svg", scale=5, border=4, light="#fff")
    return picture.getvalue().decode()


def step_of(secret: str, code: str, *, after: int = 0) -> int | None:
    """Return the time step whose code this is, if it is near and later than ``after``."""
    if not code.isascii():
        return None
    current = int(now().timestamp()) // STEP_SECONDS
    totp = pyotp.TOTP(secret)
    for step in range(current - STEPS_ASIDE, current + STEPS_ASIDE + 1):
        if step > after and compare_digest(totp.generate_otp(step), code):
            return step
    return None


def accept(account: Account, code: str) -> bool:
    """Say whether a code is right, and see to it that it is not right again; the caller commits."""
    code = "".join(code.split()).replace("-", "")
    return _accept_step(account, code) or _accept_recovery(account, code)


def turn_on(account: Account, secret: str, *, step: int = 0) -> list[str]:
    """Give the account a second factor; return its recovery codes, which are not kept readable."""
    account.second_factor = seal(secret)
    account.second_factor_step = step
    return renew_recovery_codes(account)


def turn_off(account: Account) -> None:
    """Take the second factor and its recovery codes away."""
    account.second_factor = ""
    account.second_factor_step = 0
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))


def renew_recovery_codes(account: Account) -> list[str]:
    """Make new recovery codes; the old ones are void."""
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    codes = [base64.b32encode(secrets.token_bytes(10)).decode().lower() for _ in range(RECOVERY_CODES)]
    db.session.add_all(RecoveryCode(account_id=account.id, code_hash=_hash(code)) for code in codes)
    return ["-".join(code[at : at + 4] for at in range(0, len(code), 4)) for code in codes]


def recovery_codes_left(account: Account) -> int:
    """Count the recovery codes not used yet."""
    left = select(func.count()).where(RecoveryCode.account_id == account.id, RecoveryCode.used_at.is_(None))
    return db.session.scalar(left) or 0


def _accept_step(account: Account, code: str) -> bool:
    secret = unsealed(account.second_factor)
    step = step_of(secret, code, after=account.second_factor_step) if secret else None
    if step is None:
        return False
    # The condition is in the statement, so that of two requests with the same code one finds nothing.
    taken = update(Account).where(Account.id == account.id, Account.second_factor_step < step)
    return db.session.execute(taken.values(second_factor_step=step).returning(Account.id)).first() is not None


def _accept_recovery(account: Account, code: str) -> bool:
    unused = update(RecoveryCode).where(
        RecoveryCode.account_id == account.id,
        RecoveryCode.code_hash == _hash(code.lower()),
        RecoveryCode.used_at.is_(None),
    )
    return db.session.execute(unused.values(used_at=now()).returning(RecoveryCode.id)).first() is not None


def _hash(code: str) -> str:
    return keyed_hash("recovery code", code)
