"""Hearings that closed and were not answered in time: red for the unit and the county (S-22, ZY-23)."""

from app.core.clock import now, today
from app.core.database import db
from app.participation.limits import answer_due, day_of
from app.participation.queries import as_shown, closed_at
from app.participation.states import Stage
from app.web.findings import Finding


def findings() -> list[Finding]:
    """Return what the bound tenant owes to those it has heard."""
    closed = as_shown(db.session.execute(closed_at(now())))
    late = [one for one in closed if one.stage is Stage.CLOSED and answer_due(one.terms.closes_at) < today()]
    return [
        Finding(
            "ZY-23",
            f"“{one.terms.subject}”{one.terms.kind.label}已于 {day_of(one.terms.closes_at)} 结束，"
            f"应在 {answer_due(one.terms.closes_at)} 前公布结果。请起草结果，审签后发布。",
            f"hearings/{one.hearing.id}",
        )
        for one in late
    ]
