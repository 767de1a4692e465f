"""Who moved an article, and who signed which revision of it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.content.states import ArticleState
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


class Method(StrEnum):
    """How a signer showed once more who they are, right before signing (S-64)."""

    PASSWORD = "password"  # noqa: S105 - a name, not a password
    CODE = "code"
    #: On the machine itself, by who may run commands there.
    COMMAND = "command"

    @property
    def label(self) -> str:
        """The method's name on the screen."""
        return {"password": "密码", "code": "二次验证码", "command": "命令行"}[self]


class SignOff(TenantOwned, Model):
    """A signature under one revision; never changed (S-64, D1)."""

    __tablename__ = "sign_off"
    __table_args__ = (
        #: Not unique: a text that was refused or withdrawn is signed anew, by the same people too.
        Index("ix_sign_off_revision", "tenant_id", "revision_id"),
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
    #: As they were then: people marry and change office.
    signer_name: Mapped[str] = mapped_column(String(40))
    office: Mapped[str] = mapped_column(String(40), default="")
    #: How the signer was known at that moment.
    method: Mapped[Method] = mapped_column(choice(Method), default=Method.PASSWORD)
    at: Mapped[datetime] = mapped_column(default=now)

    account: Mapped[Account] = relationship(lazy="raise_on_sql")


class Weight(StrEnum):
    """Why a text is so important that the unit's leader must sign too (S-65)."""

    OVERALL = "overall"
    POLITICAL = "political"
    POLICY = "policy"
    SENSITIVE = "sensitive"

    @property
    def label(self) -> str:
        """The weight's name on the screen, in the founding notice's words."""
        return {"overall": "全局性", "political": "政治性", "policy": "政策性", "sensitive": "敏感性"}[self]


class Flag(TenantOwned, Model):
    """A mark by which a text needs the leader's signature; a signer may lift it with a reason."""

    __tablename__ = "flag"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "article_id", "revision_id"],
            ["revision.tenant_id", "revision.article_id", "revision.id"],
        ),
        Index("ix_flag_article", "tenant_id", "article_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int]
    #: The text in which it was first seen.
    revision_id: Mapped[int]
    weight: Mapped[Weight] = mapped_column(choice(Weight))
    #: The code of the rule that raised it; ``writer`` or ``signer`` where a person did.
    rule: Mapped[str] = mapped_column(String(40))
    #: What the rule saw, in the words of the text.
    evidence: Mapped[str] = mapped_column(String(200), default="")
    raised_at: Mapped[datetime] = mapped_column(default=now)
    raised_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    lifted_at: Mapped[datetime | None]
    lifted_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    lifted_reason: Mapped[str] = mapped_column(String(300), default="")

    raised_by: Mapped[Account | None] = relationship(lazy="raise_on_sql", foreign_keys=[raised_by_id])
    lifted_by: Mapped[Account | None] = relationship(lazy="raise_on_sql", foreign_keys=[lifted_by_id])


class Emergency(TenantOwned, Model):
    """A publication on the operator's word alone; never changed, and to be signed afterwards by another."""

    __tablename__ = "emergency"
    __table_args__ = (
        Index("ix_emergency_revision", "tenant_id", "revision_id"),
        ForeignKeyConstraint(
            ["tenant_id", "article_id", "revision_id"],
            ["revision.tenant_id", "revision.article_id", "revision.id"],
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int]
    revision_id: Mapped[int]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(default=now)
    reason: Mapped[str] = mapped_column(String(300))

    account: Mapped[Account] = relationship(lazy="raise_on_sql")


class Incident(TenantOwned, Model):
    """A text taken down for secrecy: what happened and what was done about it (S-66)."""

    __tablename__ = "incident"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "article_id", "revision_id"],
            ["revision.tenant_id", "revision.article_id", "revision.id"],
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int]
    revision_id: Mapped[int]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(default=now)
    reason: Mapped[str] = mapped_column(String(300))
    #: From when on readers could see it.
    public_since: Mapped[datetime | None]
    #: What was done about it; empty until somebody has closed the incident.
    measures: Mapped[str] = mapped_column(String(500), default="")
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
