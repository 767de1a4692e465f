"""What an inspector would find in a unit, from every feature that knows a rule, in one list."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from app.disclosure import findings as disclosure
from app.documents import findings as documents
from app.participation import findings as participation
from app.profile import findings as profile
from app.tenancy.current import entered
from app.tenancy.models import Tenant
from app.web.findings import Finding

SOURCES = (participation, documents, disclosure, profile)


def findings() -> list[Finding]:
    """Return what the bound unit has to mend, in the order in which it presses."""
    return [one for source in SOURCES for one in source.findings()]


def of_units(units: Iterable[Tenant]) -> Iterator[tuple[Tenant, list[Finding]]]:
    """Yield each unit with what it has to mend; some twenty queries a unit, so pages show few at a time."""
    for unit in units:
        with entered(unit):
            found = findings()
        yield unit, found


def by_rule(found: list[Finding]) -> list[tuple[str, list[Finding]]]:
    """Return findings under their rules, in the order of the first of each."""
    order = list(dict.fromkeys(one.rule for one in found))
    ordered = sorted(found, key=lambda one: order.index(one.rule))
    return [(rule, list(of_rule)) for rule, of_rule in groupby(ordered, key=lambda one: one.rule)]
