"""Who looks after an article: its writer, until somebody took the work over (S-54)."""

from sqlalchemy import ColumnElement, func

from app.accounts.models import Account
from app.content.models import Article, Revision


def kept_by(account: Account) -> ColumnElement[bool]:
    """Return the condition that a person looks after an article; its newest revision must be joined."""
    return func.coalesce(Article.keeper_id, Revision.author_id) == account.id
