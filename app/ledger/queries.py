"""What may be asked of the bound tenant's sheets."""

from sqlalchemy import select

from app.content.desk_queries import columns_on_desk
from app.core.database import db
from app.core.lookup import one_or_404
from app.ledger.lines import Places
from app.ledger.models import Ledger


def ledger_or_404(ledger_id: int) -> Ledger:
    """Return a sheet of the unit, or answer 404."""
    return one_or_404(select(Ledger).where(Ledger.id == ledger_id))


def latest_ledgers(limit: int = 10) -> list[Ledger]:
    """Return the newest sheets."""
    return list(db.session.scalars(select(Ledger).order_by(Ledger.id.desc()).limit(limit)))


def places(column_id: str) -> Places:
    """Return the unit's columns by title and slug, and the one that was chosen for lines without."""
    columns = columns_on_desk()
    by_name = {name: one for one in reversed(columns) for name in (one.slug, one.title)}
    return Places(by_name, next((one for one in columns if str(one.id) == column_id), None))
