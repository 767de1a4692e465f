"""Hearings and consultations, what a signer has opened them with, and what visitors sent (S-22, ZY-23).

Nothing goes out unsigned: what readers see of a hearing are terms that another than their writer has signed,
and a foreign key lets the database refuse any others. Terms and signatures are only added.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.core.clock import now
from app.core.database import Model, choice
from app.participation.states import ContributionKind, HearingKind
from app.tenancy.scope import TenantOwned


class Hearing(TenantOwned, Model):
    """One occasion on which a unit hears the public; its announcement, minutes and result are articles."""

    __tablename__ = "hearing"
    __table_args__ = (
        UniqueConstraint("tenant_id", "id"),
        UniqueConstraint("tenant_id", "article_id"),
        ForeignKeyConstraint(["tenant_id", "article_id"], ["article.tenant_id", "article.id"]),
        ForeignKeyConstraint(
            ["tenant_id", "minutes_id"], ["article.tenant_id", "article.id"], name="fk_hearing_minutes"
        ),
        ForeignKeyConstraint(
            ["tenant_id", "result_id"], ["article.tenant_id", "article.id"], name="fk_hearing_result"
        ),
        ForeignKeyConstraint(
            ["tenant_id", "id", "terms_id"],
            ["hearing_sign_off.tenant_id", "hearing_sign_off.hearing_id", "hearing_sign_off.terms_id"],
            use_alter=True,
            name="fk_hearing_terms",
        ),
    )

    #: It is part of foreign keys too, so that counting up must be said.
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    article_id: Mapped[int]
    #: The signed terms that readers see; None: they see nothing.
    terms_id: Mapped[int | None]
    minutes_id: Mapped[int | None]
    result_id: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(default=now)
    #: When what visitors sent was deleted, after its term.
    purged_at: Mapped[datetime | None]


class HearingTerms(TenantOwned, Model):
    """What a hearing is about, when and where: a proposal until it is signed; never changed once written."""

    __tablename__ = "hearing_terms"
    __table_args__ = (
        UniqueConstraint("tenant_id", "hearing_id", "id"),
        UniqueConstraint("tenant_id", "id", "author_id"),
        ForeignKeyConstraint(["tenant_id", "hearing_id"], ["hearing.tenant_id", "hearing.id"]),
        Index("ix_hearing_terms_closing", "closes_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    hearing_id: Mapped[int]
    author_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    kind: Mapped[HearingKind] = mapped_column(choice(HearingKind))
    subject: Mapped[str] = mapped_column(String(120))
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    #: When and where people meet, of a hearing.
    held_at: Mapped[datetime | None]
    place: Mapped[str] = mapped_column(String(120), default="")
    #: How many may take part; None: it is not limited.
    quota: Mapped[int | None]
    takes_opinions: Mapped[bool] = mapped_column(default=True)
    takes_sign_ups: Mapped[bool] = mapped_column(default=False)
    contact: Mapped[str] = mapped_column(String(200), default="")

    author: Mapped[Account] = relationship(lazy="raise_on_sql")


class HearingSignOff(TenantOwned, Model):
    """The signature under a hearing's terms, by another than their writer."""

    __tablename__ = "hearing_sign_off"
    __table_args__ = (
        UniqueConstraint("tenant_id", "hearing_id", "terms_id"),
        ForeignKeyConstraint(
            ["tenant_id", "hearing_id", "terms_id"],
            ["hearing_terms.tenant_id", "hearing_terms.hearing_id", "hearing_terms.id"],
            name="fk_hearing_sign_off_terms",
        ),
        ForeignKeyConstraint(
            ["tenant_id", "terms_id", "author_id"],
            ["hearing_terms.tenant_id", "hearing_terms.id", "hearing_terms.author_id"],
            name="fk_hearing_sign_off_author",
        ),
        CheckConstraint("account_id <> author_id", name="not_own"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    hearing_id: Mapped[int]
    terms_id: Mapped[int]
    #: Who wrote the terms, and who signed.
    author_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    signer_name: Mapped[str] = mapped_column(String(40))
    office: Mapped[str] = mapped_column(String(40), default="")
    method: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime] = mapped_column(default=now)


class Contribution(TenantOwned, Model):
    """An opinion or a sign-up; who sent it and what it says are sealed, and never shown to readers."""

    __tablename__ = "contribution"
    __table_args__ = (
        UniqueConstraint("tenant_id", "reference"),
        ForeignKeyConstraint(["tenant_id", "hearing_id"], ["hearing.tenant_id", "hearing.id"]),
        Index("ix_contribution_hearing", "tenant_id", "hearing_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    hearing_id: Mapped[int]
    kind: Mapped[ContributionKind] = mapped_column(choice(ContributionKind))
    #: What the sender was told; nothing can be learned from it.
    reference: Mapped[str] = mapped_column(String(20))
    #: Name, contact and text, encrypted; empty once they were deleted.
    sealed: Mapped[str]
    #: Whether the sender lets the text be quoted without name.
    may_be_quoted: Mapped[bool] = mapped_column(default=False)
    received_at: Mapped[datetime] = mapped_column(default=now)
    #: Why it does not count; it is kept, and counted apart.
    spam_reason: Mapped[str] = mapped_column(String(200), default="")
