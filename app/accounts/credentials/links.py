"""Single-use links by which people choose a password, for a first time or again (D8, S-45)."""

import secrets
from datetime import timedelta

from sqlalchemy import select, update

from app.accounts.credentials.sealing import token_hash
from app.accounts.models import Account, AccountLink, AccountState, LinkPurpose
from app.core.clock import now
from app.core.database import db
from app.tenancy.addresses import console_origin

LASTS = {LinkPurpose.ACTIVATE: timedelta(hours=72), LinkPurpose.RESET: timedelta(minutes=60)}
LASTS_LABEL = {LinkPurpose.ACTIVATE: "72 小时", LinkPurpose.RESET: "60 分钟"}
TOKEN_BYTES = 32


def issue(account: Account, purpose: LinkPurpose) -> str:
    """Return the address of a new link; older links of the account are void."""
    void_all(account)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    db.session.add(
        AccountLink(
            account_id=account.id,
            purpose=purpose,
            token_hash=token_hash(token),
            expires_at=now() + LASTS[purpose],
        )
    )
    return f"{console_origin()}/activate/{token}"


def account_of(token: str) -> Account | None:
    """Return whose password a link may set, or None if the link is used, expired, void or none of ours."""
    return db.session.scalar(
        select(Account)
        .join(AccountLink, AccountLink.account_id == Account.id)
        .where(
            AccountLink.token_hash == token_hash(token),
            AccountLink.used_at.is_(None),
            AccountLink.expires_at > now(),
            Account.state != AccountState.ENDED,
        )
    )


def use(token: str) -> bool:
    """Use a link up; of two requests at the same time one succeeds. The caller commits."""
    valid = update(AccountLink).where(
        AccountLink.token_hash == token_hash(token),
        AccountLink.used_at.is_(None),
        AccountLink.expires_at > now(),
    )
    return db.session.execute(valid.values(used_at=now()).returning(AccountLink.id)).first() is not None


def void_all(account: Account) -> None:
    """Use up whatever links the account still has."""
    unused = update(AccountLink).where(AccountLink.account_id == account.id, AccountLink.used_at.is_(None))
    db.session.execute(unused.values(used_at=now()))
