"""The platform's own accounts, who write default pages and act in commands; nobody can use them."""

from sqlalchemy import select

from app.accounts.models import Account, AccountState
from app.core.database import db
from app.provisioning.opening import Opener

AUTHOR = ("platform-template", "平台模板")
COMMANDS = ("platform-commands", "平台运维（命令行）")


def platform_opener() -> Opener:
    """Return the accounts for opening subsites by command: the template's author, and who runs commands."""
    return Opener(_account(*AUTHOR), _account(*COMMANDS))


def template_author() -> Account:
    """Return the account that default pages are written by."""
    return _account(*AUTHOR)


def _account(login: str, name: str) -> Account:
    account = db.session.scalar(select(Account).where(Account.login == login))
    if account is None:
        account = Account(login=login, name=name, state=AccountState.ENDED)
        db.session.add(account)
        db.session.flush()
    return account
