"""Published articles in numbers: what a unit has filed after three days, and after a year."""

from sqlalchemy import func, select

from app.accounts.models import Account, AccountState
from app.content.genres import Genre
from app.content.models import Article, Column, article_path
from app.content.services import Text, start_article
from app.core.database import db
from app.front import Front
from app.publishing import services as publishing
from app.tenancy.current import entered
from app.tenancy.models import Tenant
from app.tenancy.scope import Reach, reaching

#: Some 600 characters, as an ordinary notice has.
BODY = (
    "<p>" + "因楠溪江引水工程管道检修，定于周三上午八时至下午五时停水，请各单位和居民提前储水。" * 15 + "</p>"
)


def publish_articles(front: Front, slug: str, column: str, count: int) -> str:
    """Publish so many notices of a unit, and return the path of the last."""
    with front.console.app_context():
        with reaching(Reach.COUNTY):
            writer, signer = _person("bench-writer"), _person("bench-signer")
            tenant = db.session.scalars(select(Tenant).where(Tenant.slug == slug)).one()
        with entered(tenant):
            filed = db.session.scalars(select(Column).where(Column.slug == column)).one()
            for _ in range(count):
                last = _publish(filed, writer, signer)
            assert last.first_published_at is not None
            path = article_path(column, last.first_published_at, last.id)
            db.session.commit()
    return path


def _publish(column: Column, writer: Account, signer: Account) -> Article:
    number = (db.session.scalar(select(func.count(Article.id))) or 0) + 1
    text = Text(
        f"关于城区第{number}次停水的通知", BODY, genre=Genre.NOTICE, document_number=f"永水〔2007〕{number}号"
    )
    article = start_article(column, text, writer)
    assert article.head_id is not None
    publishing.submit(article, writer, revision=article.head_id)
    publishing.publish(article, signer, revision=article.head_id)
    return article


def _person(login: str) -> Account:
    known = db.session.scalar(select(Account).where(Account.login == login))
    person = known or Account(login=login, name="性能测量", state=AccountState.ENDED)
    db.session.add(person)
    db.session.flush()
    return person
