"""Closing what a take-down for secrecy opened: what was done about it, by whom, and when (S-66)."""

from app.accounts.models import Account
from app.audit.services import record
from app.core.clock import now
from app.core.database import db
from app.core.errors import RuleBroken
from app.publishing.models import Incident

LONGEST_MEASURES = 500


def close(incident: Incident, by: Account, *, measures: str) -> None:
    """Write down what was done, once; raises RuleBroken without words, and for one that is closed."""
    measures = " ".join(measures.split())
    db.session.refresh(incident, with_for_update=True)  # Two operators close it once.
    if incident.closed_at is not None:
        raise RuleBroken("这个事件已经结案。")
    if not measures:
        raise RuleBroken("请写明采取了哪些措施，再结案。")
    if len(measures) > LONGEST_MEASURES:
        raise RuleBroken(f"处置措施最多 {LONGEST_MEASURES} 个字，现在有 {len(measures)} 个。")
    incident.measures, incident.closed_at, incident.closed_by_id = measures, now(), by.id
    record(
        "incident.close",
        f"article:{incident.article_id}",
        tenant_id=incident.tenant_id,
        after={"measures": measures},
    )
