"""Quoting an opinion so that nobody is found by it: numbers of people and homes are masked (S-69)."""

from app.checks import queries as checks
from app.checks.addresses import homes
from app.checks.parts import Part, replaced
from app.checks.personal import numbers
from app.core.clock import today
from app.tenancy.current import current_tenant


def without_people(text: str) -> str:
    """Return a text with identity, telephone and card numbers and home addresses masked."""
    own = checks.own_of(current_tenant)
    part = Part("意见", text)
    found = [*numbers(part, own, today()), *homes([part], own.addresses)]
    edits: list[tuple[int, int, str]] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not edits or one.start >= edits[-1][1]:
            edits.append((one.start, one.end, one.masked or one.replacement or "***"))
    return replaced(part, text, edits)
