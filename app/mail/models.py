"""Mail that waits to be sent: each belongs to the person it is for, and to no tenant."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.core.clock import now
from app.core.database import Model, choice


class Purpose(StrEnum):
    """What a mail is for; links for choosing a password are never mailed (S-45)."""

    REMINDER = "reminder"


class MailState(StrEnum):
    """What has become of a mail."""

    WAITING = "waiting"
    SENT = "sent"
    #: Refused for good, or tried often enough.
    FAILED = "failed"


class OutgoingMail(Model):
    """One mail to one person; a purpose has one a day at most, which the database sees to."""

    __tablename__ = "outgoing_mail"
    __table_args__ = (
        UniqueConstraint("account_id", "purpose", "day"),
        Index("ix_outgoing_mail_due", "state", "next_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    purpose: Mapped[Purpose] = mapped_column(choice(Purpose))
    #: The day on the county's calendar that it speaks of.
    day: Mapped[date]
    subject: Mapped[str] = mapped_column(String(120))
    body: Mapped[str]
    state: Mapped[MailState] = mapped_column(choice(MailState), default=MailState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    #: Not to be tried before this moment.
    next_at: Mapped[datetime] = mapped_column(default=now)
    created_at: Mapped[datetime] = mapped_column(default=now)
    sent_at: Mapped[datetime | None]
    #: The kind of the last fault; no address and no words of the other server.
    fault: Mapped[str] = mapped_column(String(40), default="")

    account: Mapped[Account] = relationship(lazy="raise_on_sql")
