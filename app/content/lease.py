"""Who is writing in an article just now: a courtesy between colleagues that never keeps anyone from saving.

Of two texts saved at the same time both stay (D2); the lease only tells the second person before the work
is done twice. It is held while somebody types, and free ten minutes after they have stopped.
"""

from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, ForeignKeyConstraint, UniqueConstraint, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from app.accounts.models import Account
from app.content.models import Article
from app.content.services import lock
from app.core.clock import now
from app.core.database import Model, db
from app.tenancy.scope import TenantOwned

#: After so long without a sign of life anyone may take over without asking.
IDLE = timedelta(minutes=10)


class ArticleLease(TenantOwned, Model):
    """One person's claim on an article."""

    __tablename__ = "article_lease"
    __table_args__ = (
        UniqueConstraint("tenant_id", "article_id"),
        ForeignKeyConstraint(["tenant_id", "article_id"], ["article.tenant_id", "article.id"]),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    since: Mapped[datetime] = mapped_column(default=now)
    #: The last sign of life from the form.
    seen_at: Mapped[datetime] = mapped_column(default=now)

    account: Mapped[Account] = relationship(lazy="raise_on_sql")

    @property
    def is_idle(self) -> bool:
        """Say whether nothing was heard for so long that others need not ask."""
        return self.seen_at < now() - IDLE


def lease_of(article: Article) -> ArticleLease | None:
    """Return the claim on an article with who holds it, however old; None where nobody writes."""
    return db.session.scalar(
        select(ArticleLease)
        .where(ArticleLease.article_id == article.id)
        .options(joinedload(ArticleLease.account))
        .execution_options(populate_existing=True)
    )


def claim(article: Article, by: Account) -> ArticleLease:
    """Claim an article, or show that one still writes; another's living claim stays and is returned."""
    lock(article)  # Two who open the form at the same moment come one after the other.
    held = lease_of(article)
    if held is None:
        return _begin(article, by)
    if held.account_id == by.id:
        held.seen_at = now()
        return held
    return _change_hands(held, by) if held.is_idle else held


def take_over(article: Article, by: Account) -> ArticleLease:
    """Claim an article whoever holds it; what they have typed they can still save."""
    lock(article)
    held = lease_of(article)
    if held is None or held.account_id == by.id:
        return claim(article, by)
    return _change_hands(held, by)


def release(article: Article, by: Account) -> None:
    """Give up one's own claim; another's is left alone."""
    held = lease_of(article)
    if held is not None and held.account_id == by.id:
        db.session.delete(held)
        db.session.flush()


def _begin(article: Article, by: Account) -> ArticleLease:
    lease = ArticleLease(tenant_id=article.tenant_id, article_id=article.id, account=by)
    db.session.add(lease)
    db.session.flush()
    return lease


def _change_hands(held: ArticleLease, by: Account) -> ArticleLease:
    held.account = by
    held.since = held.seen_at = now()
    db.session.flush()
    return held
