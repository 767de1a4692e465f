"""Mail that waits, and its way out: each attempt is noted before it is made, and there are only so many.

A mail may go out twice when a machine stops between sending and noting it; it is never silently lost, and
two commands at the same time do not send it twice.
"""

import smtplib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage
from email.utils import format_datetime, formataddr

from flask import current_app
from sqlalchemy import select, update

from app.accounts.models import Account, AccountState
from app.core.clock import now, today
from app.core.database import db
from app.mail.models import MailState, OutgoingMail
from app.mail.transport import Transport, opened, sender

#: After each failure the next attempt waits four times as long: 5, 20 and 80 minutes, 5 and 21 hours.
FIRST_PAUSE = timedelta(minutes=5)
SLOWER = 4
MOST_ATTEMPTS = 6
#: How long a mail about a day is worth sending.
LASTS = timedelta(days=2)
#: In one run of the command.
MOST_SENT = 1_000
REFUSED_FOR_GOOD = 500


@dataclass(frozen=True)
class Outcome:
    """What came of one attempt."""

    mail_id: int
    state: MailState
    fault: str = ""


def send_waiting() -> Iterator[Outcome]:
    """Send what is due, one transaction for each; yield what came of it."""
    _give_up_on_old()
    due = select(OutgoingMail.id).where(
        OutgoingMail.state == MailState.WAITING, OutgoingMail.next_at <= now()
    )
    ids = db.session.scalars(due.order_by(OutgoingMail.next_at, OutgoingMail.id).limit(MOST_SENT)).all()
    db.session.rollback()
    if not ids:
        return
    try:
        with opened() as transport:
            for mail_id in ids:
                if (mail := _claimed(mail_id)) is not None:
                    yield _attempt(mail, transport)
    except (smtplib.SMTPException, OSError) as error:  # No server: everything waits for the next run.
        yield Outcome(0, MailState.WAITING, type(error).__name__)


def _give_up_on_old() -> None:
    """Let nobody be reminded of a day long past, when a server comes back."""
    db.session.execute(
        update(OutgoingMail)
        .where(OutgoingMail.state == MailState.WAITING, OutgoingMail.day < today() - LASTS)
        .values(state=MailState.FAILED, fault="Outdated")
    )
    db.session.commit()


def _claimed(mail_id: int) -> OutgoingMail | None:
    """Note an attempt before making it; of two commands at the same time one may."""
    mail = db.session.scalar(
        select(OutgoingMail).where(OutgoingMail.id == mail_id).execution_options(populate_existing=True)
    )
    assert mail is not None
    pause = FIRST_PAUSE * SLOWER**mail.attempts
    won = db.session.execute(
        update(OutgoingMail)
        .where(
            OutgoingMail.id == mail_id,
            OutgoingMail.state == MailState.WAITING,
            OutgoingMail.attempts == mail.attempts,
        )
        .values(attempts=mail.attempts + 1, next_at=now() + pause)
        .returning(OutgoingMail.id)
    ).first()
    db.session.commit()
    return mail if won else None


def _attempt(mail: OutgoingMail, transport: Transport) -> Outcome:
    account = db.session.get_one(Account, mail.account_id)
    if not account.email or account.state is not AccountState.ACTIVE:
        return _noted(mail, MailState.FAILED, "NoAddress")
    message = _message(mail, account)
    db.session.rollback()  # Nothing is held while the other server takes its time.
    try:
        transport.send(message)
    except smtplib.SMTPServerDisconnected:
        raise  # For the others too; this one has had its attempt.
    except (smtplib.SMTPException, OSError) as error:
        is_over = _is_final(error) or mail.attempts >= MOST_ATTEMPTS
        return _noted(mail, MailState.FAILED if is_over else MailState.WAITING, type(error).__name__)
    return _noted(mail, MailState.SENT)


def _noted(mail: OutgoingMail, state: MailState, fault: str = "") -> Outcome:
    mail.state, mail.fault = state, fault
    if state is MailState.SENT:
        mail.sent_at = now()
    outcome = Outcome(mail.id, state, fault)
    db.session.commit()
    return outcome


def _is_final(error: Exception) -> bool:
    """Say whether the other server will never take it: its answers from 500 on."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= REFUSED_FOR_GOOD for code, _ in error.recipients.values())
    return isinstance(error, smtplib.SMTPResponseException) and error.smtp_code >= REFUSED_FOR_GOOD


def _message(mail: OutgoingMail, account: Account) -> EmailMessage:
    """Return the mail as it goes out; its id stays the same, so that a second copy is known as one."""
    message = EmailMessage()
    message["From"] = formataddr(("子网待办提醒", sender()))
    message["To"] = formataddr((account.name, account.email))
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(now())
    message["Message-ID"] = f"<{mail.day:%Y%m%d}.{mail.id}@{current_app.config['CONSOLE_HOST']}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.body)
    return message
