"""The token of a visitor's form: signed, for one form of one tenant, short-lived, good for one sending."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from flask import current_app, request
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import delete, select

from app.accounts.credentials.sealing import keyed_hash
from app.core.clock import now
from app.core.database import db
from app.tenancy.current import current_tenant
from app.web.challenge.models import UsedToken

LASTS = timedelta(hours=2)
#: Nobody reads a form and fills it in faster.
SOONEST = timedelta(seconds=3)


@dataclass(frozen=True)
class Token:
    """What a token says."""

    tenant_id: int
    #: The form's address on the subsite.
    path: str
    nonce: str
    #: Stands for the answer to the question; nobody without the key can find it by trying.
    answer: str
    issued_at: datetime

    @property
    def expires_at(self) -> datetime:
        return self.issued_at + LASTS

    def written(self) -> str:
        """Sign it."""
        content = [self.tenant_id, self.path, self.nonce, self.answer, int(self.issued_at.timestamp())]
        return str(_signer().dumps(content))

    def answered_by(self, number: int | None) -> bool:
        """Say whether a number answers the form's question."""
        return number is not None and self.answer == _hash_of(self.nonce, number)


def new_token(answer: int) -> Token:
    """Make the token of the form at this request's address."""
    nonce = secrets.token_hex(16)
    return Token(current_tenant.id, request.path, nonce, _hash_of(nonce, answer), now())


def read(written: str) -> Token | None:
    """Return what a token says that we signed for this form of this tenant."""
    try:
        tenant_id, path, nonce, answer, issued = _signer().loads(written)
    except (BadSignature, ValueError, TypeError):
        return None
    token = Token(tenant_id, path, nonce, answer, datetime.fromtimestamp(issued, now().tzinfo))
    return token if (token.tenant_id, token.path) == (current_tenant.id, request.path) else None


def is_used(token: Token) -> bool:
    """Say whether something was sent with a token already."""
    return db.session.scalar(select(UsedToken.id).where(UsedToken.nonce == token.nonce)) is not None


def use_up(token: Token) -> None:
    """Let a token be good no more, and forget those that have expired.

    Raises IntegrityError where somebody was faster with the same one.
    """
    db.session.execute(delete(UsedToken).where(UsedToken.expires_at < now()))
    db.session.add(UsedToken(tenant_id=token.tenant_id, nonce=token.nonce, expires_at=token.expires_at))
    db.session.flush()


def _signer() -> URLSafeSerializer:
    key = str(current_app.config["SECRET_KEY"])
    return URLSafeSerializer(key, salt="visitors' form", signer_kwargs={"digest_method": sha256})


def _hash_of(nonce: str, answer: int) -> str:
    return keyed_hash("form answer", f"{nonce} {answer}")[:32]
