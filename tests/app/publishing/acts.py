"""What the tests of publishing do again and again: find a person and an article, and take it somewhere."""

from sqlalchemy import select

from app.accounts.models import Account
from app.content.models import Article
from app.core.database import db


def person(login: str) -> Account:
    """Return somebody by login."""
    return db.session.scalars(select(Account).where(Account.login == login)).one()


def article_of(article_id: int) -> Article:
    """Return an article of the bound tenant."""
    return db.session.scalars(select(Article).where(Article.id == article_id)).one()


def head_of(article: Article) -> int:
    """Return the id of the newest text."""
    assert article.head_id is not None
    return article.head_id
