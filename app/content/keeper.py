"""Who looks after an article: its writer, until somebody took the work over (S-54)."""

from sqlalchemy import BindParameter, ColumnElement, func

from app.content.models import Article, Revision


def kept_by(account: int | BindParameter[int]) -> ColumnElement[bool]:
    """Return the condition that a person looks after an article, by the id of the account.

    The article's newest revision must be joined.
    """
    return func.coalesce(Article.keeper_id, Revision.author_id) == account
