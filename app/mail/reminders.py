"""One mail a day to who has something waiting: how much in which unit and where to go, never what (S-69).

Nothing of a text leaves the machine before it is published: no title, no reason, no name but the reader's.
"""

from collections import Counter
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.accounts.models import Account, AccountState
from app.core.clock import today
from app.core.database import db
from app.mail.models import OutgoingMail, Purpose
from app.publishing.inbox import Waiting, inbox_of
from app.tenancy.addresses import console_origin


def remind() -> Iterator[bool]:
    """Write the day's reminders, one transaction for each person; yield whether one was written."""
    people = db.session.scalars(
        select(Account.id)
        .where(Account.state == AccountState.ACTIVE, Account.email != "")
        .order_by(Account.id)
    ).all()
    db.session.rollback()
    for account_id in people:
        yield _remind(account_id)


def _remind(account_id: int) -> bool:
    account = db.session.get_one(Account, account_id)
    try:
        if _is_reminded(account) or not (waiting := inbox_of(account)):
            db.session.rollback()
            return False
        overdue = sum(one.is_overdue or one.is_late for one in waiting)
        db.session.add(
            OutgoingMail(
                account_id=account.id,
                purpose=Purpose.REMINDER,
                day=today(),
                subject=f"您有 {len(waiting)} 件待办" + (f"，{overdue} 件已超期" if overdue else ""),
                body=_body(account, waiting),
            )
        )
        db.session.commit()
    except IntegrityError:  # Another command was faster; one a day is the rule.
        db.session.rollback()
        return False
    return True


def _is_reminded(account: Account) -> bool:
    known = select(OutgoingMail.id).where(
        OutgoingMail.account_id == account.id,
        OutgoingMail.purpose == Purpose.REMINDER,
        OutgoingMail.day == today(),
    )
    return db.session.scalar(known) is not None


def _body(account: Account, waiting: list[Waiting]) -> str:
    """Count by unit and sort; the address is the console's stored one, whoever asks (B2)."""
    counted = Counter((one.unit, one.sort.label) for one in waiting)
    overdue = Counter((one.unit, one.sort.label) for one in waiting if one.is_overdue or one.is_late)
    lines = [f"{account.name}：", "", f"您在子网后台有 {len(waiting)} 件待办："]
    for (unit, label), count in sorted(counted.items()):
        late = overdue[unit, label]
        lines.append(f"  {unit}，{label}：{count} 件" + (f"，其中 {late} 件已超期" if late else ""))
    lines += ["", "请登录后台办理：", f"{console_origin()}/inbox", "", "这封邮件由系统自动发出，请不要回复。"]
    lines.append("不想再收，请在后台“我的账号”中清空提醒邮箱。")
    return "\n".join(lines) + "\n"
