"""Who moved an article, and who signed which revision of it."""

from datetime import datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.content.models import ArticleState
from app.core.clock import now
from app.core.database import Model, choice
from app.tenancy.scope import TenantOwned


class Move(TenantOwned, Model):
    """One step of an article's life; never changed (a trigger sees to it)."""

    __tablename__ = "move"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "article_id", "revision_id"],
            ["revision.tenant_id", "revision.article_id", "revision.id"],
        ),
        Index("ix_move_article", "tenant_id", "article_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int]
    revision_id: Mapped[int]
    #: The transition's name in transitions.py.
    step: Mapped[str] = mapped_column(String(16))
    source: Mapped[ArticleState] = mapped_column(choice(ArticleState))
    target: Mapped[ArticleState] = mapped_column(choice(ArticleState))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(default=now)
    reason: Mapped[str] = mapped_column(String(300), default="")

    account: Mapped[Account] = relationship(lazy="raise_on_sql")


class SignOff(TenantOwned, Model):
    """A signature under one revision; never changed (S-64, D1)."""

    __tablename__ = "sign_off"
    __table_args__ = (
        UniqueConstraint("tenant_id", "revision_id", "level", "account_id"),
        ForeignKeyConstraint(
            ["tenant_id", "article_id", "revision_id"],
            ["revision.tenant_id", "revision.article_id", "revision.id"],
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int]
    revision_id: Mapped[int]
    #: 1: the person in charge; 2: the unit's leader.
    level: Mapped[int] = mapped_column(default=1)
    #: The revision's digest when it was signed.
    digest: Mapped[str] = mapped_column(String(64))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    #: As it was then: people marry and change office.
    signer_name: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(default=now)

    account: Mapped[Account] = relationship(lazy="raise_on_sql")
