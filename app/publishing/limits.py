"""How soon staff answer what waits, and by when information must be public: rules with dates, as data.

They lie in tenants/rules/inbox.toml; of several the one holds that was in force when the waiting began.
"""

from datetime import date, datetime

from app.core.clock import COUNTY_ZONE
from app.core.rules import rule_in_force
from app.core.workdays import add_workdays

FILE = "inbox"


def answer_due(sort: str, began_at: datetime) -> date:
    """Return the last day on which an answer is in time to what began to wait at a moment."""
    began = began_at.astimezone(COUNTY_ZONE).date()
    return add_workdays(began, rule_in_force(FILE, "limit", on=began)[sort])


def disclosure_due(formed_on: date) -> date:
    """Return the last day on which information formed on a day becomes public in time (GK-04)."""
    return add_workdays(formed_on, rule_in_force(FILE, "disclosure", on=formed_on)["workdays"])
