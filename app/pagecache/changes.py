"""What a transaction changes of visitors' pages: marked before its commit, settled after it, told."""

from sqlalchemy import event
from sqlalchemy.orm import Session

from app.pagecache.board import HOSTS, board
from app.pagecache.folder import folder
from app.pagecache.watch import tell_other_machines
from app.tenancy.models import Host, Tenant

CHANGING, MARKED = "pages_changing", "pages_marked"


def note_change(session: Session, *places: int) -> None:
    """Let the places change with the commit of this transaction."""
    session.info.setdefault(CHANGING, set()).update(places)


@event.listens_for(Session, "before_flush")
def _notice_changed_hosts(session: Session, _context: object, _instances: object) -> None:
    if any(isinstance(row, Host | Tenant) for row in (*session.new, *session.dirty, *session.deleted)):
        note_change(session, HOSTS)


@event.listens_for(Session, "before_commit")
def _mark(session: Session) -> None:
    """Mark what will change; what the last flush adds is told after the commit alone."""
    if session.get_nested_transaction() is None and (session.new or session.dirty or session.deleted):
        session.flush()
    if places := session.info.get(CHANGING):
        session.info.setdefault(MARKED, {}).update(board().mark(places))
        folder().withdraw(places)
        tell_other_machines(session, places)


@event.listens_for(Session, "after_commit")
def _settle_committed(session: Session) -> None:
    if session.get_nested_transaction() is None and (marked := session.info.get(MARKED)):
        folder().note_committed(marked)
    _settle(session)


@event.listens_for(Session, "after_rollback")
def _settle_abandoned(session: Session) -> None:
    _settle(session)


def _settle(session: Session) -> None:
    """Settle at the end of the whole transaction; a savepoint's end changes nothing for readers."""
    if session.get_nested_transaction() is not None:
        return
    places = session.info.pop(CHANGING, set())
    marked = session.info.pop(MARKED, {})
    if places or marked:
        board().settle({**dict.fromkeys(places, 0), **marked})
